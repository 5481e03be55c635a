"""How easily somebody is singled out: the share of people found by whoever knows a few of their events.

An attacker knows `known` random things that somebody did before the cut, whether or not they are kept, and finds the
person if exactly one kept record holds them all, and it is theirs. Exact match: one who allows for errors finds more.
Method: de Montjoye et al., "Unique in the shopping mall", Science 2015.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from fiel.numeric.frontier import Log, Mask

MOST_ATTACKED: Final = 5_000
"""People of whom something is known; more make the share no more certain."""

MOST_KNOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attack:
    """What is known of whom: `known[row]` are things by number, in random order, of the person `people[row]`.

    Whoever did fewer than `MOST_KNOWN` different things is known by all of them, -1 in the empty places.
    """

    people: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]
    dated: bool


def prepare(log: Log, *, draw: Callable[[], float], dated: bool) -> Attack:
    """Draw people, and of each a few of the different things they did; `dated`: with the time as it is kept."""
    things = _things(log, dated=dated)
    acting = [person for person in range(log.people) if log.starts[person] < log.starts[person + 1]]
    people = sorted(islice(_shuffled(acting, draw), MOST_ATTACKED))
    known = np.full((len(people), MOST_KNOWN), -1, dtype=np.int64)
    for row, person in enumerate(people):
        drawn = list(islice(_shuffled(np.unique(things[log.of(person)]).tolist(), draw), MOST_KNOWN))
        known[row, : len(drawn)] = drawn
    return Attack(people=np.asarray(people, dtype=np.int64), known=known, dated=dated)


def singled_out(log: Log, mask: Mask, attack: Attack, *, knows: int) -> float:
    """The share of those attacked who are found by `knows` of their things in what `mask` keeps."""
    if not len(attack.people):
        return 0.0
    known = attack.known[:, :knows]
    asked = np.unique(known[known >= 0])
    holders = _holders(log, mask, things=_things(log, dated=attack.dated), asked=asked)
    everybody = np.full((1, holders.shape[1]), 255, dtype=np.uint8)
    rows = np.where(known >= 0, np.searchsorted(asked, known), len(asked))
    match = np.bitwise_and.reduce(np.concatenate([holders, everybody])[rows], axis=1)
    alone = np.bitwise_count(match).sum(axis=1, dtype=np.int64) == 1
    own = match[np.arange(len(match)), attack.people // 8] >> (attack.people % 8).astype(np.uint8) & 1
    return float((alone & (own == 1)).mean())


def alone(records: Sequence[Hashable]) -> float:
    """The share of people whose record nobody else has, for whoever knows all of it."""
    alike = Counter(records)
    return sum(count == 1 for count in alike.values()) / len(records) if len(records) > 1 else 0.0


def _things(log: Log, *, dated: bool) -> npt.NDArray[np.int64]:
    """Each event as a number: its item, or its item and its time."""
    items = log.item.astype(np.int64)
    return items + len(log.items) * log.age.astype(np.int64) if dated else items


def _holders(
    log: Log, mask: Mask, *, things: npt.NDArray[np.int64], asked: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    """A row of bits for each thing asked for: who is known to have done it by what is kept."""
    held, person = things[mask], log.person[mask].astype(np.int64)
    row = np.searchsorted(asked, held)
    found = (row < len(asked)) & (asked[np.minimum(row, len(asked) - 1)] == held)
    bits = np.zeros((len(asked), (log.people + 7) // 8), dtype=np.uint8)
    np.bitwise_or.at(bits, (row[found], person[found] // 8), np.left_shift(1, person[found] % 8).astype(np.uint8))
    return bits


def _shuffled(values: Sequence[int], draw: Callable[[], float]) -> Iterator[int]:
    """The values in random order (Fisher and Yates), as far as they are asked for."""
    left = list(values)
    while left:
        place = int(draw() * len(left))
        left[place], left[-1] = left[-1], left[place]
        yield left.pop()
