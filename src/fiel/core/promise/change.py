"""The agreed version against the current one, compared directly, and what both allow: their meet.

Narrowing asks nobody. A version that is wider anywhere, up to the level a person agreed to, leaves their grant dormant.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from fiel.core.promise.usecase import Bound, EventNeed, Grain, Level, Minimum, Recipient, UseCase
from fiel.core.promise.version import version_of

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH)
"""Finest first."""


class Width(StrEnum):
    """Which way one edit goes. `UNDETERMINED` is settled only by `compatible_with`; until then it counts as wider."""

    WIDER = "wider"
    NARROWER = "narrower"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Difference:
    """One edit: which part of the use case it touches, and which way it goes."""

    width: Width
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one person's agreement and the current version both allow.

    `cap`: at most so many items teach, None for none; `lessons_within`: none of them older, None for any age;
    `lesson_attributes`: the facts that teach beside them.
    `control`: the share of months in which the answer is the one for nobody in particular, to compare with.
    """

    level: Level
    minimum: Minimum
    retention: timedelta
    consent_lasts: timedelta
    cap: int | None
    measured: bool
    infers_from: frozenset[str]
    lessons_within: timedelta | None = None
    lesson_attributes: frozenset[str] = frozenset()
    control: float = 0.0


def compare(agreed: UseCase, current: UseCase, *, level: Level) -> tuple[Difference, ...]:
    """Every edit from `agreed` to `current` that concerns somebody who agreed up to `level`."""
    return tuple(_differences(agreed, current, level))


def covers(agreed: UseCase, current: UseCase, *, level: Level) -> bool:
    """Whether a grant of `agreed` up to `level` is still a grant: nowhere wider, and nothing undetermined left open.

    One that is not is dormant: the needle answers `CHANGED` from then on, and after a while it ends (`DORMANT` in
    `operations/expire.py`). Nothing else makes a grant dormant.
    """
    settled = version_of(agreed) in current.compatible_with
    allowed = {Width.NARROWER, Width.UNDETERMINED} if settled else {Width.NARROWER}
    return all(edit.width in allowed for edit in _differences(agreed, current, level))


def meet(agreed: UseCase, current: UseCase, *, level: Level) -> Terms:
    """What both versions allow up to `level`; for one version alone, `meet(it, it, level=…)`."""
    ours, theirs = agreed.minimum(level), current.minimum(level)
    shared = [name for name in theirs.events if name in ours.events]
    ages = [case.learn.within for case in (agreed, current) if case.learn and case.learn.within is not None]
    return Terms(
        level=min(level, max((rung.level for rung in current.rungs if rung.level <= level), default=Level.NONE)),
        minimum=Minimum(
            context=ours.context & theirs.context,
            attributes=ours.attributes & theirs.attributes,
            events={name: _need_of_both(ours.events[name], theirs.events[name]) for name in shared},
            history=ours.history and theirs.history,
        ),
        retention=min(agreed.retention, current.retention),
        consent_lasts=min(agreed.consent_lasts, current.consent_lasts),
        cap=min(agreed.learn.cap, current.learn.cap) if agreed.learn and current.learn else None,
        lessons_within=min(ages, default=None),
        lesson_attributes=_taught(agreed, level) & _taught(current, level),
        measured=agreed.measure is not None and current.measure is not None,
        infers_from=agreed.infers_from & current.infers_from,
        control=min(agreed.measure.control, current.measure.control) if agreed.measure and current.measure else 0.0,
    )


def _differences(agreed: UseCase, current: UseCase, level: Level) -> Iterator[Difference]:
    """All that can be wider. What is only ever used as far as both versions allow is left to their meet.

    So it is with how much teaches, with `measure` and with `consent_lasts`. That what somebody told us teaches others
    is another use of it, and they are asked. `without_choice` is about those who agreed to nothing; texts, strategies
    and attention use no more of anybody's data.
    """
    if agreed.basis != current.basis:
        yield Difference(Width.WIDER, "basis")
    if agreed.area != current.area:
        yield Difference(Width.WIDER, "area")
    if agreed.purpose != current.purpose:
        yield Difference(Width.UNDETERMINED, "purpose")
    if agreed.heeds_gpc != current.heeds_gpc:
        yield Difference(Width.NARROWER if current.heeds_gpc else Width.WIDER, "signals.gpc")
    ours, theirs = agreed.minimum(level), current.minimum(level)
    yield from _sets(ours.context, theirs.context, "context")
    yield from _sets(ours.attributes, theirs.attributes, "attributes")
    yield from _sets(set(ours.events), set(theirs.events), "events")
    if agreed.learn and current.learn:
        yield from _sets(_taught(agreed, level), _taught(current, level), "learn.attributes")
    yield from _sets(agreed.infers_from, current.infers_from, "infers_from")
    yield from _sets(_recipients(agreed), _recipients(current), "recipients")
    for name in sorted(set(ours.events) & set(theirs.events)):
        yield from _sets(ours.events[name].properties, theirs.events[name].properties, f"events.{name}.properties")
        yield from _bounds(ours.events[name].bound, theirs.events[name].bound, f"events.{name}")
    yield from _ordered(agreed.retention, current.retention, "retention")
    yield from _ordered(ours.history, theirs.history, "history")


def _sets(before: Set[str], after: Set[str], part: str) -> Iterator[Difference]:
    yield from (Difference(Width.WIDER, f"{part}.{name}") for name in sorted(after - before))
    yield from (Difference(Width.NARROWER, f"{part}.{name}") for name in sorted(before - after))


def _bounds(before: Bound, after: Bound, part: str) -> Iterator[Difference]:
    yield from _ordered(_endless(before.within), _endless(after.within), f"{part}.within")
    yield from _ordered(before.or_visits, after.or_visits, f"{part}.or_visits")
    yield from _ordered(_countless(before.keep), _countless(after.keep), f"{part}.keep")
    yield from _ordered(-GRAINS.index(before.grain), -GRAINS.index(after.grain), f"{part}.time")


def _ordered(before: float | timedelta, after: float | timedelta, part: str) -> Iterator[Difference]:
    first, second = _number(before), _number(after)
    if first != second:
        yield Difference(Width.WIDER if second > first else Width.NARROWER, part)


def _number(value: float | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def _endless(within: timedelta | None) -> timedelta:
    return timedelta.max if within is None else within


def _countless(keep: int | None) -> float:
    return float("inf") if keep is None else keep


def _taught(use_case: UseCase, level: Level) -> frozenset[str]:
    """The attributes that teach, of those that somebody at this level lets be used."""
    return use_case.learn.attributes & use_case.minimum(level).attributes if use_case.learn else frozenset()


def _recipients(use_case: UseCase) -> frozenset[str]:
    """One name for each field that goes to each recipient, so that a new field counts like a new recipient."""
    return frozenset(name for recipient in use_case.recipients for name in _flows(recipient))


def _flows(recipient: Recipient) -> Iterator[str]:
    for field in recipient.fields:
        yield f"{recipient.name}.{recipient.via}.{recipient.country}.{field}"


def _need_of_both(ours: EventNeed, theirs: EventNeed) -> EventNeed:
    first, second = ours.bound, theirs.bound
    keeps = [bound.keep for bound in (first, second) if bound.keep is not None]
    shortest = min(_endless(first.within), _endless(second.within))
    return EventNeed(
        event=theirs.event,
        properties=ours.properties & theirs.properties,
        bound=Bound(
            within=None if shortest == timedelta.max else shortest,
            or_visits=min(first.or_visits, second.or_visits),
            keep=min(keeps) if keeps else None,
            grain=max(first.grain, second.grain, key=GRAINS.index),
        ),
        why=theirs.why,
    )
