"""The balance chart, to be drawn inline: how much is kept across, relevance upwards, the least that is enough ringed.

Places across are percentages and letters keep their size, so that it reads the same at 320 pixels and at 1280. Colours
come from the page's style; beside them the ring and the table under it tell the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from fiel.numeric.relevance import Interval
from fiel.operations.balance.values import Balance, BoundScore
from fiel.web.balance.table import telling
from fiel.web.balance.wording import Wording

MOST_POINTS: Final = 7
"""More do not fit beside each other on a small screen."""

TOP: Final = 16
BOTTOM: Final = 216
"""Edges of the plot in pixels downwards."""

LEFT: Final = 15.0
RIGHT: Final = 97.0
"""Edges of the plot in per cent across."""

STEP: Final = 0.1
"""Between two lines of the grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One bound on the chart; `x` in per cent, the rest in pixels."""

    x: float
    y: float
    low: float
    high: float
    label: tuple[str, ...]
    told: str
    ringed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the grid."""

    y: float
    label: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that is drawn."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]

    @property
    def pairs(self) -> list[tuple[Point, Point]]:
        """Each point with the next one."""
        return list(zip(self.points, self.points[1:], strict=False))


def chart_of(found: Balance, wording: Wording) -> Chart | None:
    """The chart; None if there is nothing to draw."""
    scores = _thinned(found)
    if not scores:
        return None
    shares = [_share(score) for score in scores]
    least = floor(min(1 - STEP, *(share.low for share in shares)) / STEP) * STEP
    most = ceil(max(1.0, *(share.high for share in shares)) / STEP) * STEP
    axis = _Axis(least=least, most=most)
    points = tuple(
        Point(
            x=LEFT + (RIGHT - LEFT) * (place + 0.5) / len(scores),
            y=axis.of(share.mean),
            low=axis.of(share.low),
            high=axis.of(share.high),
            label=tuple(wording.short(score.bound).split(" + ")),
            told=f"{wording.bound(score.bound)}: {wording.share(share)}",
            ringed=score == found.smallest,
        )
        for place, (score, share) in enumerate(zip(scores, shares, strict=True))
    )
    return Chart(points=points, lines=tuple(axis.lines(wording)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Relevance upwards."""

    least: float
    most: float

    def of(self, value: float) -> float:
        """How far down a value is."""
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.least) / (self.most - self.least), 1)

    def lines(self, wording: Wording) -> Iterator[Line]:
        """The lines of the grid, each second one where they would stand too close."""
        count = round((self.most - self.least) / STEP)
        for place in range(count + 1):
            value = self.least + place * STEP
            whole = abs(value - 1) < STEP / 2
            if whole or (count - place) % (1 + count // 7) == 0:
                yield Line(y=self.of(value), label=wording.part(value), whole=whole)


def _share(score: BoundScore) -> Interval:
    return score.in_store or score.share


def _thinned(found: Balance) -> Sequence[BoundScore]:
    scores = list(telling(found, counted=found.smallest is not None and found.smallest.bound.keep != _most(found)))
    marked = [found.smallest, found.whole]
    spare = [score for score in scores if score not in marked]
    while len(scores) > MOST_POINTS and spare:
        scores.remove(spare.pop(len(spare) // 2))
    return scores


def _most(found: Balance) -> int | None:
    return found.declared.keep if found.declared else None
