"""What was measured of a use case: how often each level is right, how sure that is, when and how it was found.

A figure of too few people is no figure: it would say something about them, and nothing about the level.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fiel.core.ids import UseCaseId, Version
from fiel.core.promise.usecase import Level

ENOUGH_PEOPLE: Final = 50
"""People of whom a figure may be told; of fewer it is "not enough to tell", never a number."""


STEP: Final = 0.005
"""Shares are kept in steps of half a per cent, people in tens: what is public should not tell one person from none."""


class Method(StrEnum):
    """How it was measured."""

    NEXT_VISIT = "next_visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A share (0 to 1) with its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How often one level is right: the share of suggestions that were bought at the next visit, of so many people.

    Of too few, the share is None and the number 0: what cannot be told is not kept.
    """

    level: Level
    people: int
    right: Likely | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured last of one use case, in the version that was then in force, of `k` suggestions each."""

    use_case: UseCaseId
    version: Version
    at: datetime
    method: Method
    k: int
    figures: tuple[Figure, ...]

    def of(self, level: Level) -> Figure | None:
        """The figure of a level, None if it was not measured."""
        return next((figure for figure in self.figures if figure.level == level), None)


def figure(level: Level, *, people: int, right: Likely) -> Figure:
    """The figure of a level, rounded; without its number if it is of too few people."""
    if people < ENOUGH_PEOPLE:
        return unknown(level)
    rounded = Likely(share=_rounded(right.share), low=_rounded(right.low), high=_rounded(right.high))
    return Figure(level=level, people=people - people % 10, right=rounded)


def unknown(level: Level) -> Figure:
    """The figure of a level of which there is not enough to tell."""
    return Figure(level=level, people=0, right=None)


def earns(lower: Figure, higher: Figure) -> bool | None:
    """Whether the higher level is right more often than the lower one; None if that cannot be told.

    By their intervals alone, which is cautious: the same people at both levels would tell a smaller difference apart.
    """
    if lower.right is None or higher.right is None:
        return None
    if higher.right.low > lower.right.high:
        return True
    return False if higher.right.share <= lower.right.share else None


def _rounded(share: float) -> float:
    return round(round(share / STEP) * STEP, 3)


def least_enough(found: Measured) -> Level | None:
    """The least invasive level over which no further one is surely more often right; None if nothing can be told."""
    known = sorted((figure for figure in found.figures if figure.right is not None), key=lambda each: each.level)
    for place, figure in enumerate(known):
        if not any(earns(figure, further) for further in known[place + 1 :]):
            return figure.level
    return None
