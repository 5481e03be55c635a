"""`/changes`: what somebody agreed to beside what is in force, in plain words. Silence agrees to nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fiel.core.promise.change import Difference, Width
from fiel.core.promise.purpose import IRI
from fiel.core.promise.usecase import Bound, UseCase
from fiel.operations.show import Changed, show_changes
from fiel.web.centre.needs import bound
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, page

DPV: Final = ("dpv:", "https://w3id.org/dpv#")
"""How a purpose begins whose meaning is known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit in words: what it touches, before and now; `wider` asks for more than was agreed to."""

    what: str
    before: str
    now: str
    wider: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One use case that changed."""

    use_case: str
    title: str
    agreed: str
    current: str
    covered: bool
    edits: tuple[Edit, ...]


def show(visit: Visit) -> Response:
    """Every use case that changed since this person agreed to it."""
    telling = visit.telling
    changes = [_change(telling, changed) for changed in show_changes(visit.house, visit.who)]
    return page(visit, "changes.html", here="preferences", changes=changes)


def _change(telling: Telling, changed: Changed) -> Change:
    said = [(each.ordinal, telling.day(each.at.date())) for each in (changed.agreed, changed.current)]
    agreed, current = (telling.say("centre.card.version", ordinal=ordinal, date=day) for ordinal, day in said)
    return Change(
        use_case=changed.current.use_case.id,
        title=telling.own(changed.current.use_case.title),
        agreed=agreed,
        current=current,
        covered=changed.covered,
        edits=edits_of(telling, changed),
    )


def edits_of(telling: Telling, changed: Changed) -> tuple[Edit, ...]:
    """All edits in words, those first that ask for more."""
    edits = {_key(each): edit_of(telling, changed, each) for each in changed.edits}
    return tuple(sorted(edits.values(), key=lambda edit: not edit.wider))


def edit_of(telling: Telling, changed: Changed, difference: Difference) -> Edit:
    """One edit in words."""
    before, now = changed.agreed.use_case, changed.current.use_case
    head, _, rest = difference.part.partition(".")
    wider = difference.width is not Width.NARROWER
    if head in _WHOLE:
        told = _WHOLE[head]
        return Edit(
            what=telling.say(f"centre.changes.{head}"),
            before=told(telling, before),
            now=told(telling, now),
            wider=wider,
        )
    if head == "events" and "." in rest:
        return _of_event(telling, changed, rest, wider=wider)
    added = telling.say("centre.changes.no"), telling.say("centre.changes.yes")
    first, second = added if difference.width is Width.WIDER else added[::-1]
    return Edit(what=_named(telling, head, rest), before=first, now=second, wider=wider)


def _of_event(telling: Telling, changed: Changed, rest: str, *, wider: bool) -> Edit:
    """An edit of one event that both versions name: its fields, or how much of it is kept."""
    name, _, part = rest.partition(".")
    kinds = telling.published.promise.events
    title = telling.own(kinds[name].title) if name in kinds else name
    ours, theirs = (
        each.use_case.minimum(each.use_case.highest).events[name] for each in (changed.agreed, changed.current)
    )
    if part.startswith("properties."):
        fields = [", ".join(telling.field(each) for each in sorted(need.properties)) for need in (ours, theirs)]
        return Edit(
            what=telling.say("centre.changes.fields", title=title), before=fields[0], now=fields[1], wider=wider
        )
    first, second = (_kept(telling, need.bound) for need in (ours, theirs))
    return Edit(what=telling.say("centre.changes.kept", title=title), before=first, now=second, wider=wider)


def _kept(telling: Telling, kept: Bound) -> str:
    return f"{bound(telling, kept)}; {telling.say(f'receipt.grain.{kept.grain.value}')}"


def _key(difference: Difference) -> str:
    """Edits that are told in one line: all bounds of an event, all its fields."""
    parts = difference.part.split(".")
    if parts[0] != "events" or len(parts) <= 2:  # noqa: PLR2004 - events.NAME
        return difference.part
    return f"{parts[1]} fields" if parts[2] == "properties" else f"{parts[1]} kept"


def _named(telling: Telling, head: str, rest: str) -> str:
    """A thing that is asked for, or no longer."""
    promise = telling.published.promise
    if head == "attributes" and rest in promise.attributes:
        return telling.own(promise.attributes[rest].title)
    if head == "events" and rest in promise.events:
        return telling.own(promise.events[rest].title)
    if head == "recipients":
        recipient, _, more = rest.partition(".")
        return telling.say("centre.changes.recipients", name=recipient, field=telling.field(more.rpartition(".")[2]))
    if head == "learn":
        name = rest.removeprefix("attributes.")
        title = telling.own(promise.attributes[name].title) if name in promise.attributes else name
        return telling.say("centre.changes.learn", title=title)
    if head == "infers_from":
        return telling.say("centre.changes.infers_from", group=telling.group(rest))
    return telling.field(rest) if rest else head


def purpose(telling: Telling, term: str) -> str:
    """What a purpose of the Data Privacy Vocabulary means; a term of somebody else's as it is written."""
    key = f"purpose.{term.replace(IRI, 'dpv:').removeprefix('dpv:')}"
    return telling.phrases.get(key) or telling.say("purpose.other", term=term)


def _yes_or_no(of: Callable[[UseCase], bool]) -> Callable[[Telling, UseCase], str]:
    return lambda telling, case: telling.say("centre.changes.yes" if of(case) else "centre.changes.no")


def _area(telling: Telling, case: UseCase) -> str:
    areas = telling.published.promise.areas
    return telling.own(areas[case.area].title) if case.area in areas else case.area


_WHOLE: Final[dict[str, Callable[[Telling, UseCase], str]]] = {
    "basis": lambda telling, case: telling.say(f"basis.{case.basis.value}"),
    "area": _area,
    "purpose": lambda telling, case: purpose(telling, case.purpose),
    "retention": lambda telling, case: telling.span(case.retention),
    "signals": _yes_or_no(lambda case: case.heeds_gpc),
    "history": _yes_or_no(lambda case: case.minimum(case.highest).history),
}
"""Edits of the use case as a whole, each with how its two sides are said."""


ROOMS = (Room(method="GET", path="/changes", act=show),)
