"""What was measured of a use case, as everybody may read it: figures of enough people, or that there are too few."""

from datetime import datetime
from typing import Literal

from fiel.core.promise.measured import Figure
from fiel.core.promise.usecase import UseCase
from fiel.operations.published import Published
from fiel.web.api.wire import LevelWord, Told


class LevelFigureWire(Told, frozen=True, kw_only=True):
    """How often one level was right: which share of its suggestions was bought at the next visit.

    All null where too few people let it be measured: then there is not enough to tell.
    """

    level: LevelWord
    people: int | None
    right: float | None
    low: float | None
    high: float | None


class MeasuredWire(Told, frozen=True, kw_only=True):
    """What was measured last of this very version: when, how, of how many suggestions, and a figure for each level.

    `low` and `high` of a figure are its 95 % interval.
    """

    at: datetime
    method: Literal["next_visit"]
    suggestions: int
    levels: list[LevelFigureWire]


def measured_of(published: Published, case: UseCase) -> MeasuredWire | None:
    """What was measured, if it was this version: of another one it would say nothing of what is in force."""
    found = published.figures(case)
    if found is None:
        return None
    return MeasuredWire(
        at=found.at,
        method=found.method.value,
        suggestions=found.k,
        levels=[_figure(figure) for figure in found.figures],
    )


def _figure(figure: Figure) -> LevelFigureWire:
    level, right = LevelWord(figure.level.word), figure.right
    if right is None:
        return LevelFigureWire(level=level, people=None, right=None, low=None, high=None)
    return LevelFigureWire(level=level, people=figure.people, right=right.share, low=right.low, high=right.high)
