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


def proportion(values: Sequence[float]) -> Interval:
    """The mean of shares (0 to 1), one a person, with Wilson's 95 % interval as if each person were one trial.

    Cautious, for shares vary no more than noughts and ones do; and honest where hardly anybody did anything, where the
    normal interval of a mean shrinks to nothing. (Wilson, "Probable Inference", JASA 1927.)
    """
    people = len(values)
    if not people:
        return Interval(mean=0.0, low=0.0, high=1.0, people=0)
    mean, square = sum(values) / people, NORMAL_95**2
    middle = (mean + square / (2 * people)) / (1 + square / people)
    reach = NORMAL_95 * math.sqrt(mean * (1 - mean) / people + square / (4 * people**2)) / (1 + square / people)
    return Interval(mean=mean, low=max(middle - reach, 0.0), high=min(middle + reach, 1.0), people=people)


def difference(one: Interval, other: Interval) -> Interval:
    """How much larger one proportion is than another, of other people, with its 95 % interval.

    From their two intervals (Newcombe, "Interval estimation for the difference between independent proportions",
    Statistics in Medicine 1998, method 10). Whoever is in both only makes it too wide.
    """
    more = one.mean - other.mean
    below = math.hypot(one.mean - one.low, other.high - other.mean)
    above = math.hypot(one.high - one.mean, other.mean - other.low)
    return Interval(mean=more, low=more - below, high=more + above, people=min(one.people, other.people))


def quarters(sizes: Sequence[int]) -> tuple[int, ...]:
    """In which quarter (0 to 3) each person is by size, smallest first; ties in the order given."""
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    quarter = [0] * len(sizes)
    for rank, place in enumerate(order):
        quarter[place] = rank * 4 // len(sizes)
    return tuple(quarter)
