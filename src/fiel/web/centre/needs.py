"""The label of a use case: each piece of data, how it arrives, when it goes. Made of what the gate enforces."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiel.core.promise.usecase import Bound, EventNeed, Level, Rung, Source, UseCase
from fiel.core.use.compartment import Compartment
from fiel.web.centre.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One row of the label. `kind` and `names` say exactly which fields: context, attributes, or those of an event.

    `level`: the one that adds it, by its word.
    """

    kind: str
    names: tuple[str, ...]
    what: str
    fields: str
    why: str
    arrives: str
    goes: str
    level: str
    now: str
    short: str = ""


def needs(telling: Telling, case: UseCase, held: Compartment | None) -> tuple[Need, ...]:
    """The whole label of a use case, least invasive first; `held` is what it has of this person."""
    return tuple(need for rung in case.rungs for need in _of(telling, rung, held))


def included(telling: Telling, case: UseCase, level: Level) -> tuple[str, ...]:
    """All that a level lets be used, in words, those before it included."""
    parts = []
    for rung in case.rungs:
        if rung.level <= level:
            parts += [_short(telling, need) for need in _of(telling, rung, None)]
    return tuple(dict.fromkeys(parts))


def _short(telling: Telling, need: Need) -> str:
    if need.kind == "context":
        return telling.say("centre.need.not_kept", what=need.what)
    return need.short or need.what


def _of(telling: Telling, rung: Rung, held: Compartment | None) -> Iterator[Need]:
    level = rung.level.word
    if rung.context:
        yield Need(
            kind="context",
            names=tuple(sorted(rung.context)),
            what=telling.say(
                "centre.need.context", names=", ".join(telling.field(name) for name in sorted(rung.context))
            ),
            fields="",
            why="",
            arrives=telling.say("centre.need.from_page"),
            goes=telling.say("centre.need.at_once"),
            level=level,
            now=telling.say("centre.need.nothing"),
        )
    for name in sorted(rung.attributes):
        yield _fact(telling, name, level=level, held=held)
    for event in rung.events:
        yield _event(telling, event, level=level, held=held)


def _fact(telling: Telling, name: str, *, level: str, held: Compartment | None) -> Need:
    attribute = telling.published.promise.attributes.get(name)
    source = attribute.source if attribute else Source.DECLARED
    fact = held.facts.get(name) if held else None
    return Need(
        kind="attribute",
        names=(name,),
        what=telling.own(attribute.title) if attribute else name,
        fields="",
        why="",
        arrives=telling.say(f"receipt.origin.{source.value}"),
        goes=telling.say("centre.need.until_changed"),
        level=level,
        now=told_value(telling, fact.value) if fact and fact.value != () else telling.say("centre.need.nothing"),
    )


def told_value(telling: Telling, value: object) -> str:
    """A value as a person reads it."""
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(telling.group(str(each)) for each in values)


def _event(telling: Telling, need: EventNeed, *, level: str, held: Compartment | None) -> Need:
    kind = telling.published.promise.events.get(need.event)
    what = telling.own(kind.title) if kind else need.event
    count = sum(1 for each in held.events if each.name == need.event) if held else 0
    return Need(
        kind=need.event,
        names=tuple(sorted(need.properties)),
        what=what,
        fields=telling.say(
            "centre.need.fields",
            fields=", ".join(telling.field(name) for name in sorted(need.properties)),
            grain=telling.say(f"receipt.grain.{need.bound.grain.value}"),
        ),
        why=telling.own(need.why),
        arrives=telling.say("receipt.origin.observed"),
        goes=bound(telling, need.bound),
        level=level,
        now=telling.say("centre.need.one" if count == 1 else "centre.need.count", count=count)
        if count
        else telling.say("centre.need.nothing"),
        short=_in_short(telling, what, need.bound),
    )


def _in_short(telling: Telling, what: str, bound: Bound) -> str:
    """An event as a button has room for it: of how long ago at most."""
    if bound.within is None:
        return what
    since = telling.say("centre.need.of", span=telling.span(bound.within))
    visits = _visits(telling, "of_visit", bound.or_visits)
    return f"{what} ({since}{visits})"


def _visits(telling: Telling, key: str, visits: int) -> str:
    """The visits that are kept however old they are; nothing where none is."""
    if not visits:
        return ""
    return telling.say(f"centre.need.{key}") if visits == 1 else telling.say(f"centre.need.{key}s", visits=visits)


def bound(telling: Telling, bound: Bound) -> str:
    """How long and how much, as one says it."""
    if bound.within is None:
        kept = telling.say("receipt.bound.all")
    else:
        kept = telling.say("receipt.bound.within", span=telling.span(bound.within))
        kept += _visits(telling, "or_visit", bound.or_visits)
    if bound.keep is None:
        return kept
    return f"{kept}{telling.say('receipt.bound.and')}{telling.say('centre.need.keep', keep=bound.keep)}"
