"""How good a list is: nDCG and recall, one figure a person, so that an interval can be given by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bench.quality.purchases import Numbers
from bench.quality.splits import Split

Ranked: TypeAlias = npt.NDArray[np.int64]
"""A row a person: the numbers of the items offered, best first, -1 where nothing is left to offer."""

Figures: TypeAlias = npt.NDArray[np.float64]

LONG: Final = 100
"""How many items are asked for."""

_LIST: Final = 20
_NORMAL: Final = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over people with its standard error."""

    mean: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval by person."""
        return self.mean - _NORMAL * self.error, self.mean + _NORMAL * self.error


def ndcg(ranked: Ranked, wanted: Sequence[Numbers], *, at: int) -> Figures:
    """Of each person the discounted gain of the first `at`, as a share of the best that a list so long could have."""
    discount = 1 / np.log2(np.arange(2, at + 2))
    best = np.cumsum(discount)
    gains = np.where(_hits(ranked, wanted, at=at), discount, 0.0).sum(axis=1)
    most = best[np.minimum([len(each) for each in wanted], at) - 1]
    return np.asarray(gains / most, dtype=np.float64)


def recall(ranked: Ranked, wanted: Sequence[Numbers]) -> Figures:
    """Of each person the share of what they wanted that is among the first twenty, or of twenty if they wanted more."""
    hits = _hits(ranked, wanted, at=_LIST).sum(axis=1)
    return np.asarray(hits / np.minimum([len(each) for each in wanted], _LIST), dtype=np.float64)


def mean(figures: Figures) -> Mean:
    """The mean over people."""
    return Mean(mean=float(figures.mean()), error=float(figures.std(ddof=1) / sqrt(len(figures))))


def by_chance(split: Split, *, at: int) -> float:
    """The nDCG that a list drawn blindly from what may be offered has on average."""
    discount = 1 / np.log2(np.arange(2, at + 2))
    best = np.cumsum(discount)
    gains = []
    for had, wanted in zip(split.had, split.wanted, strict=True):
        offered = len(split.items) - (len(had) if split.new else 0)
        gains.append(len(wanted) / offered * best[-1] / best[min(len(wanted), at) - 1])
    return float(np.mean(gains))


def blindly(split: Split, chance: np.random.Generator) -> tuple[Numbers, ...]:
    """A truth that has nothing to do with anybody: of each person as many items, drawn from what may be offered."""
    every = np.arange(len(split.items))
    truths = []
    for had, wanted in zip(split.had, split.wanted, strict=True):
        offered = np.setdiff1d(every, had) if split.new else every
        truths.append(np.sort(chance.choice(offered, len(wanted), replace=False)))
    return tuple(truths)


def _hits(ranked: Ranked, wanted: Sequence[Numbers], *, at: int) -> npt.NDArray[np.bool_]:
    return np.array([np.isin(row[:at], each) for row, each in zip(ranked, wanted, strict=True)])
