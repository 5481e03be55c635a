"""Held-out time: what is held of everybody is cut in two on one day, and the later half is what is to be found.

One day for all, so that nothing of anybody's future teaches a model. About thirty days are held out, or a third of what
is kept where less is kept; where times are coarse the cut falls between two of them (docs/adr/0008).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.promise.usecase import Bound, Grain, UseCase
from fiel.core.use.compartment import Compartment, Held
from fiel.core.use.gate import coarse
from fiel.operations.balance.gather import Gathered, Member

HORIZON: Final = timedelta(days=30)
"""How much time is held out, where enough is kept."""

_PERIOD: Final = {Grain.DAY: timedelta(days=1), Grain.WEEK: timedelta(days=7), Grain.MONTH: timedelta(days=31)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One person before the cut, and what they did after it."""

    member: Member
    before: Compartment
    after: tuple[Held, ...]

    @property
    def is_tested(self) -> bool:
        """Whether there is something to go by and something to be found."""
        return bool(self.before.events) and any(isinstance(each.properties.get("item"), str) for each in self.after)

    def wanted(self) -> frozenset[ItemId]:
        """The different items after the cut."""
        return frozenset(_items(self.after))

    def next_visit(self) -> tuple[ItemId, ...]:
        """The different items of the first visit after the cut, in the order of their names."""
        first = min(event.visit for event in self.after)
        return tuple(sorted(set(_items(event for event in self.after if event.visit == first))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Halved:
    """Everybody, cut in two after the day `cut`; `last` is the last day that is known."""

    use_case: UseCase
    cut: date
    last: date
    halves: tuple[Half, ...]

    @property
    def tested(self) -> tuple[int, ...]:
        """Where those stand of whom something is to be found."""
        return tuple(place for place, half in enumerate(self.halves) if half.is_tested)


def halve(gathered: Gathered, *, bound: Bound, today: date) -> Halved:
    """Cut everybody in two on the same day."""
    members = gathered.members
    latest = max((event.on for member in members for event in member.held.events), default=today)
    last = min(today, latest + _PERIOD[bound.grain] - timedelta(days=1))
    cut = _cut(last, bound)
    halves = tuple(_half(member, cut=cut) for member in members)
    return Halved(use_case=gathered.use_case, cut=cut, last=last, halves=halves)


def _cut(last: date, bound: Bound) -> date:
    """The last day of the earlier half: of the two edges of the coarse time the one closest to the horizon."""
    kept = bound.within or HORIZON * 3
    horizon = max(min(HORIZON, kept / 3), timedelta(days=1))
    first = last - horizon + timedelta(days=1)
    start = coarse(first, bound.grain)
    following = coarse(start + _PERIOD[bound.grain], bound.grain)
    edge = following if abs(following - first) < abs(first - start) and following <= last else start
    return edge - timedelta(days=1)


def _half(member: Member, *, cut: date) -> Half:
    held = member.held
    before = tuple(event for event in held.events if event.on <= cut)
    facts = {name: fact for name, fact in held.facts.items() if fact.on <= cut}
    visits = max((event.visit for event in before), default=0)
    earlier = replace(held, events=before, facts=facts, visits=visits, last_visit=None)
    return Half(member=member, before=earlier, after=held.events[len(before) :])


def _items(events: Iterable[Held]) -> Iterator[ItemId]:
    return (ItemId(item) for event in events if isinstance(item := event.properties.get("item"), str))
