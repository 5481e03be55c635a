"""The gate: what comes in is cut down to what one permit allows, before anything is stored (GDPR art. 5(1)(c), 25(2)).

What is dropped is not carried any further: a `Dropped` holds the reason and nothing of the event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from fiel.core.permit import Permit
from fiel.core.promise.usecase import Attribute, Bound, EventKind, Grain, Source, ValueType
from fiel.core.text import Scalar, Value

SKEW: Final = timedelta(minutes=10)
"""How far ahead of the server's clock a sender's clock may run."""

LONGEST_VALUE: Final = 1_024
"""Characters of one text value; no need is served by more."""

MOST_VALUES: Final = 100
"""Strings in one list value."""


class DropReason(StrEnum):
    """Why something was not kept.

    The gate gives those that follow from content and permit. `operations/collect.py` gives those that are known before
    (nobody it is about, no use case that names it, a refusal) and after (what the compartment knows already).
    """

    UNDECLARED = "undeclared"
    """No use case names the event or any of the traits, or the permit that there is reaches none of the traits."""
    NO_PERMIT = "no_permit"
    """The use case names the event, and the person did not go so far: there is no permit, or none up to that level."""
    BEFORE_GRANT = "before_grant"
    """It happened before the choice, and the terms allow no history."""
    UNPROVEN_SUBJECT = "unproven_subject"
    """Nobody proved to be the one it is about."""
    DUPLICATE = "duplicate"
    """It came in before."""
    STALE = "stale"
    """It would age out at once, or lies in a month of which nobody can tell any more what came in (`compartment`)."""
    MALFORMED = "malformed"
    """It lacks a property that is needed, has one of another type, lies in the future, or cannot be read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something a person did with us, as it came in."""

    name: str
    at: datetime
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a person told us about themselves, as it came in."""

    at: datetime
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What is left of an event: its declared properties, its time no finer than declared (`on`).

    `day` is its exact day, on its way to the compartment, which tells one visit from the next by it, keeps it of the
    last visit alone (`last_visit`) and remembers the message under its month.
    """

    name: str
    on: date
    day: date
    properties: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One attribute of a person: its value, where it came from and on which day."""

    name: str
    value: Value
    source: Source
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the gate lets through."""

    happened: Happened | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """What the gate does not let through: only why."""

    why: DropReason


def cut_event(event: Event, permit: Permit, *, kind: EventKind, now: datetime) -> Kept | Dropped:
    """Cut one event down to what `permit` allows of it: the properties that its need names, each other field is gone.

    A permit below the level that names the event is none for it (`NO_PERMIT`). An event that lacks a needed property is
    not kept in part.
    """
    need = permit.terms.minimum.events.get(event.name)
    if need is None:
        return Dropped(DropReason.NO_PERMIT)
    untimely = _untimely(event.at, permit, now=now)
    if untimely is not None:
        return Dropped(untimely)
    day = event.at.astimezone(UTC).date()
    on = coarse(day, need.bound.grain)
    if _is_too_old(on, need.bound, now=now):
        return Dropped(DropReason.STALE)
    properties: dict[str, Scalar] = {}
    for name in sorted(need.properties):
        value = read_value(event.properties.get(name), kind.properties[name])
        if value is None or isinstance(value, tuple):
            return Dropped(DropReason.MALFORMED)
        properties[name] = value
    return Kept(happened=Happened(name=event.name, on=on, day=day, properties=properties))


def cut_traits(traits: Traits, permit: Permit, *, attributes: Mapping[str, Attribute], now: datetime) -> Kept | Dropped:
    """Cut what a person told us down to the attributes that `permit` allows.

    Traits come many at once, and a permit rarely allows them all: of those it does not reach nothing is said, and if it
    reaches none, they are `UNDECLARED` for this use case, as if it had named none.
    """
    wanted = sorted(permit.terms.minimum.attributes & traits.values.keys())
    if not wanted:
        return Dropped(DropReason.UNDECLARED)
    untimely = _untimely(traits.at, permit, now=now)
    if untimely is not None:
        return Dropped(untimely)
    facts = []
    for name in wanted:
        value = read_value(traits.values[name], attributes[name].type)
        if value is None:
            return Dropped(DropReason.MALFORMED)
        day = traits.at.astimezone(UTC).date()
        facts.append(Fact(name=name, value=value, source=attributes[name].source, on=day))
    return Kept(facts=tuple(facts))


def coarse(day: date, grain: Grain) -> date:
    """The first day of the week (from Monday) or month that `day` lies in: rounded down, so never kept longer."""
    if grain is Grain.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if grain is Grain.WEEK else day


def read_value(raw: object, kind: ValueType) -> Value | None:
    """The value as its declared type, or None if it is not of it. A number written as text is not a number."""
    if kind is ValueType.STRINGS:
        return _strings(raw)
    if kind is ValueType.BOOLEAN:
        return raw if isinstance(raw, bool) else None
    if isinstance(raw, bool):
        return None
    if kind is ValueType.INTEGER:
        return raw if isinstance(raw, int) and abs(raw) < 2**53 else None
    if kind is ValueType.NUMBER:
        return float(raw) if isinstance(raw, int | float) and abs(raw) < 2**53 else None
    if not isinstance(raw, str) or not raw or len(raw) > LONGEST_VALUE:
        return None
    return raw if kind is ValueType.STRING else _day(raw)


def _strings(raw: object) -> Value | None:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_VALUES:
        return None
    texts = tuple(text for text in raw if isinstance(text, str) and 0 < len(text) <= LONGEST_VALUE)
    return texts if len(texts) == len(raw) else None


def _day(raw: str) -> str | None:
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        return None


def _untimely(at: datetime, permit: Permit, *, now: datetime) -> DropReason | None:
    if at > now + SKEW:
        return DropReason.MALFORMED
    if permit.since is not None and at < permit.since and not permit.terms.minimum.history:
        return DropReason.BEFORE_GRANT
    return None


def _is_too_old(on: date, bound: Bound, *, now: datetime) -> bool:
    """Whether the compartment would let it go at once, by its age alone: then it is not called kept."""
    return bound.within is not None and not bound.or_visits and on <= (now - bound.within).date()
