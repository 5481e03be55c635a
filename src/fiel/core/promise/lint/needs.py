"""Needs against what strategies read: nothing is kept that no ranking looks at, none looks for what is not kept.

Data minimisation (GDPR art. 5(1)(c)).
"""

from collections.abc import Iterator
from dataclasses import replace

from fiel.core.promise.finding import Code, Remark, Where
from fiel.core.promise.lint.grounds import ANY, Appetite, Grounds
from fiel.core.promise.spelling import did_you_mean
from fiel.core.promise.usecase import EventKind, EventNeed, Minimum, Rung


def unread_need(grounds: Grounds) -> Iterator[Remark]:
    """Each thing a level adds is read by its own strategy or by that of a further level."""
    for where, use_case, rung in grounds.rungs():
        readers = [grounds.appetite(other) for other in use_case.rungs if other.level >= rung.level]
        known = [reader for reader in readers if reader is not None]
        if len(known) == len(readers):
            yield from _unread(where, _declared(rung, grounds), known)


def undeclared_read(grounds: Grounds) -> Iterator[Remark]:
    """A level gives its strategy what it reads: something at all, and each kind of thing whole."""
    for where, use_case, rung in grounds.rungs():
        reader = grounds.appetite(rung)
        if reader is None:
            continue
        given = use_case.minimum(rung.level)
        lacking = _lacking(reader, given)
        if lacking:
            named = ", ".join(f"`{name}`" for name in lacking)
            yield Remark(
                code=Code.UNDECLARED_READ,
                where=(*where, "strategy"),
                message=f"strategy `{rung.strategy}` reads {named}, which level `{rung.level.word}` does not declare",
                hint="declare what it reads, or choose a strategy that needs less",
            )


def nothing_to_learn(grounds: Grounds) -> Iterator[Remark]:
    """A shared model is learnt from events, so a use case without any asks for a yes that teaches nothing."""
    for where, use_case in grounds.use_cases():
        if use_case.learn and not any(rung.events for rung in use_case.rungs):
            yield Remark(
                code=Code.NOTHING_TO_LEARN,
                where=(*where, "learn"),
                message="`learn` asks people to teach a model, but no level keeps an event to learn from",
                hint="leave `learn` out",
            )


def taught_beyond_need(grounds: Grounds) -> Iterator[Remark]:
    """What people told us teaches only where the use case itself uses it, and where a strategy learns from it."""
    for where, use_case in grounds.use_cases():
        taught = use_case.learn.attributes if use_case.learn else frozenset[str]()
        needed = use_case.minimum(use_case.highest).attributes
        for name in sorted(taught - needed):
            yield Remark(
                code=Code.TAUGHT_BEYOND_NEED,
                where=(*where, "learn", "attributes", name),
                message=f"`{name}` would teach, and no level of this use case uses it",
                hint=did_you_mean(name, needed) or "leave it out",
            )
        readers = [grounds.appetite(rung) for rung in use_case.rungs]
        if taught & needed and not any(reader is None or reader.lessons for reader in readers):
            yield Remark(
                code=Code.TAUGHT_BEYOND_NEED,
                where=(*where, "learn", "attributes"),
                message="no strategy of this use case learns from what people told us",
                hint="leave `learn.attributes` out",
            )


def untaught_read(grounds: Grounds) -> Iterator[Remark]:
    """A strategy that learns from what people told us is given some of it to learn from."""
    for where, use_case, rung in grounds.rungs():
        reader = grounds.appetite(rung)
        if reader and reader.lessons and not (use_case.learn and use_case.learn.attributes):
            yield Remark(
                code=Code.UNTAUGHT_READ,
                where=(*where, "strategy"),
                message=f"strategy `{rung.strategy}` learns from what people told us, and `learn` names none of it",
                hint="say which of it teaches: `learn: {attributes: […]}`, or choose another strategy",
            )


def need_named_twice(grounds: Grounds) -> Iterator[Remark]:
    """An event or attribute is named at one level: levels are cumulative, so a second need would hide the first."""
    for where, use_case in grounds.use_cases():
        seen: dict[tuple[str, str], str] = {}
        for rung in use_case.rungs:
            level = rung.level.word
            named = [("events", need.event) for need in rung.events]
            named += [("attributes", name) for name in sorted(rung.attributes)]
            for kind, name in named:
                first = seen.setdefault((kind, name), level)
                if first != level:
                    yield Remark(
                        code=Code.NEED_NAMED_TWICE,
                        where=(*where, "levels", level, kind, name),
                        message=f"`{name}` is already part of level `{first}`, which `{level}` includes",
                        hint="name it once, at the first level that needs it",
                    )


def _declared(rung: Rung, grounds: Grounds) -> Rung:
    """The level without what the dictionary does not know: that has a rule of its own."""
    known = grounds.promise
    return replace(
        rung,
        attributes=rung.attributes & known.attributes.keys(),
        events=tuple(
            replace(need, properties=need.properties & known.events[need.event].properties.keys())
            for need in rung.events
            if need.event in known.events and _any_declared(need, known.events[need.event])
        ),
    )


def _any_declared(need: EventNeed, kind: EventKind) -> bool:
    return not need.properties or not need.properties.isdisjoint(kind.properties)


def _unread(where: Where, rung: Rung, readers: list[Appetite]) -> Iterator[Remark]:
    context = frozenset[str]().union(*(reader.context for reader in readers))
    properties = frozenset[str]().union(*(reader.properties for reader in readers))
    for name in sorted(rung.context - context):
        yield _useless((*where, "context", name), f"context `{name}`")
    if not any(reader.attributes for reader in readers):
        for name in sorted(rung.attributes):
            yield _useless((*where, "attributes", name), f"attribute `{name}`")
    if ANY in properties:
        return
    for need in rung.events:
        place = (*where, "events", need.event)
        if need.properties.isdisjoint(properties):
            yield _useless(place, f"event `{need.event}`")
            continue
        for name in sorted(need.properties - properties):
            yield _useless((*place, "properties", name), f"property `{name}` of event `{need.event}`")


def _useless(where: Where, what: str) -> Remark:
    return Remark(
        code=Code.UNREAD_NEED,
        where=where,
        message=f"no strategy of this use case reads {what}",
        hint="leave it out: what nothing reads is not needed",
    )


def _lacking(reader: Appetite, given: Minimum) -> list[str]:
    """What the strategy reads and is not given, judged for each kind of thing of which something is given."""
    properties = frozenset[str]().union(*(need.properties for need in given.events.values()))
    wanted = reader.properties - {ANY}
    if not _fed(reader, given):
        return sorted(reader.context | wanted) + _whole(reader)
    keys = sorted(reader.context - given.context) if given.context else []
    return keys + (sorted(wanted - properties) if given.events else [])


def _fed(reader: Appetite, given: Minimum) -> bool:
    """Whether the strategy is given anything that it reads."""
    facts = reader.attributes and bool(given.attributes)
    return facts or bool(reader.context & given.context) or bool(reader.properties and given.events)


def _whole(reader: Appetite) -> list[str]:
    """The names of the kinds that a strategy reads without caring which: any attribute, any property."""
    kinds = ["attributes"] if reader.attributes else []
    return kinds + (["events"] if ANY in reader.properties else [])


RULES = (unread_need, undeclared_read, nothing_to_learn, taught_beyond_need, untaught_read, need_named_twice)
