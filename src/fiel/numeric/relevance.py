"""How right a ranking was, person by person, and how sure one can be of the mean.

Not a ranking and not a verdict: what is wanted comes in as a set, and what is enough is for whoever asks to say.
Method: Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", TOIS 2002.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

NORMAL_95: Final = 1.959964
"""Standard errors to either side of a mean within which it lies 95 times out of 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over people with its 95 % interval."""

    mean: float
    low: float
    high: float
    people: int


def ndcg(ranked: Sequence[str], wanted: Collection[str], *, k: int) -> float:
    """Normalised discounted gain of the first `k`: 1 if they are all wanted (or all that is wanted), 0 if none is."""
    gain = sum(1 / math.log2(place + 2) for place, item in enumerate(ranked[:k]) if item in wanted)
    best = sum(1 / math.log2(place + 2) for place in range(min(k, len(wanted))))
    return gain / best if best else 0.0


def hit(ranked: Sequence[str], wanted: Collection[str], *, k: int) -> float:
    """1 if at least one of the first `k` is wanted, else 0."""
    return float(any(item in wanted for item in ranked[:k]))


def right(ranked: Sequence[str], wanted: Collection[str], *, k: int) -> float:
    """The share of the first `k` places that hold something wanted; a place left empty holds nothing."""
    return sum(item in wanted for item in ranked[:k]) / k


def interval(values: Sequence[float]) -> Interval:
    """The mean over people, with the normal 95 % interval; of nobody it is 0, and of one person it is not known."""
    people = len(values)
    if not people:
        return Interval(mean=0.0, low=0.0, high=0.0, people=0)
    column = np.asarray(values, dtype=np.float64)
    mean = float(column.mean())
    error = float(column.std(ddof=1)) / math.sqrt(people) if people > 1 else math.inf
    return Interval(mean=mean, low=mean - NORMAL_95 * error, high=mean + NORMAL_95 * error, people=people)


def gain(values: Sequence[float], than: Sequence[float]) -> Interval:
    """How much more on average than the same people had otherwise, person by person."""
    return interval([value - other for value, other in zip(values, than, strict=True)])


def ratio(values: Sequence[float], to: Sequence[float]) -> Interval:
    """The mean as a share of the same people's other mean, with its interval by the delta method.

    Paired: what is hard for a person is hard both ways, so the interval is narrower than of two separate means.
    """
    whole = interval(to)
    if not whole.mean:
        return Interval(mean=0.0, low=0.0, high=0.0, people=len(values))
    share = interval(values).mean / whole.mean
    rest = interval([value - share * other for value, other in zip(values, to, strict=True)])
    error = (rest.high - rest.mean) / whole.mean
    return Interval(mean=share, low=share - error, high=share + error, people=len(values))


def quarters(sizes: Sequence[int]) -> tuple[int, ...]:
    """In which quarter (0 to 3) each person is by size, smallest first; ties in the order given."""
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    quarter = [0] * len(sizes)
    for rank, place in enumerate(order):
        quarter[place] = rank * 4 // len(sizes)
    return tuple(quarter)
