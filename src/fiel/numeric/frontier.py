"""How much less could be kept: a family of bounds, what each keeps of everybody's events, and how little is enough.

Not a person and not a ranking: events are columns of numbers, and how relevant a bound is comes in from outside. What a
bound keeps is what `fiel.core.use.compartment.expire` would keep (a test holds the two together).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from fiel.core.promise.usecase import Bound, Grain
from fiel.core.use.gate import coarse

Column = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

DAYS: Final = (7, 14, 30, 60, 90, 120, 180, 270, 365)
VISITS: Final = (1, 2, 3, 5)
COUNTS: Final = (1, 5, 10, 20, 50, 100, 200)
"""The family: days, visits and counts, alone and together."""

_WITH_COUNT: Final = tuple((days, visits) for days in (30, 90, 180, 365) for visits in (0, 1))
_COUNTS_WITH: Final = (20, 50, 100, 200)


class Step(NamedTuple):
    """One event before the cut: about which item, on which day, how many visits before the last, of which kind."""

    item: str
    on: date
    back: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Log:
    """Everybody's events before the cut as columns, person by person, each person's oldest first.

    `age`: days before the cut, of the day as it is kept. `place`: where the event stood in what came in.
    """

    people: int
    items: tuple[str, ...]
    person: Column
    item: Column
    age: Column
    back: Column
    kind: Column
    place: Column
    starts: Column

    def of(self, person: int) -> slice:
        """Where this person's events are."""
        return slice(int(self.starts[person]), int(self.starts[person + 1]))


def log_of(histories: Sequence[Sequence[Step]], *, cut: date, grain: Grain = Grain.DAY) -> Log:
    """The columns of these people's events, their times no finer than `grain`."""
    items: dict[str, int] = {}
    kinds: dict[str, int] = {}
    rows = [
        (
            person,
            items.setdefault(step.item, len(items)),
            (cut - coarse(step.on, grain)).days,
            step.back,
            kinds.setdefault(step.kind, len(kinds)),
            place,
        )
        for person, steps in enumerate(histories)
        for place, step in enumerate(steps)
    ]
    table = np.asarray(rows, dtype=np.int32).reshape(len(rows), 6).T
    table = table[:, np.lexsort((table[5], -table[3], -table[2], table[0]))]
    starts = np.searchsorted(table[0], np.arange(len(histories) + 1)).astype(np.int32)
    columns = dict(zip(("person", "item", "age", "back", "kind", "place"), table, strict=True))
    return Log(people=len(histories), items=tuple(items), starts=starts, **columns)


def kept(log: Log, bound: Bound) -> Mask:
    """Which events a bound keeps on the day of the cut."""
    young = np.ones(len(log.age), dtype=np.bool_) if bound.within is None else log.age < bound.within.days
    stays: Mask = young | (log.back < bound.or_visits)
    if bound.keep is None:
        return stays
    group = log.person.astype(np.int64) * (int(log.kind.max(initial=0)) + 1) + log.kind
    left = np.zeros_like(stays)
    where = np.flatnonzero(stays)[::-1]
    order = where[np.argsort(group[where], kind="stable")]  # the latest of each group first
    first = np.searchsorted(group[order], group[order], side="left")
    left[order[np.arange(len(order)) - first < bound.keep]] = True
    return left


def share(mask: Mask) -> float:
    """The share of events that are kept; all of none."""
    return float(mask.mean()) if len(mask) else 1.0


def family(declared: Bound) -> Iterator[Bound]:
    """Every bound to be tried inside of a declared one: none keeps more events than it, nor finer times."""
    seen: set[Bound] = set()
    for days, visits, count in _shapes():
        if days is None and declared.keep is not None and count is not None and count >= declared.keep:
            continue
        counts = [number for number in (count, declared.keep) if number is not None]
        bound = Bound(
            within=None if days is None else timedelta(days=days),
            or_visits=visits,
            keep=min(counts, default=None),
            grain=declared.grain,
        )
        if bound != declared and bound not in seen:
            seen.add(bound)
            yield bound


def _shapes() -> Iterator[tuple[int | None, int, int | None]]:
    """Days, visits and counts, alone and together."""
    for days, visits in product((0, *DAYS), (0, *VISITS)):
        if days or visits:
            yield days, visits, None
    for count in COUNTS:
        yield None, 0, count
    for (days, visits), count in product(_WITH_COUNT, _COUNTS_WITH):
        yield days, visits, count


def places(log: Log, mask: Mask, person: int) -> tuple[int, ...]:
    """Which of one person's events are kept: their places in what came in, oldest first."""
    own = log.of(person)
    return tuple(log.place[own][mask[own]].tolist())
