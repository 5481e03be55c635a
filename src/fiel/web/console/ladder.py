"""The balance of a use case by level: how often each is right, what each keeps, how far people let it go.

Made of what is kept of the last measurement (`fiel balance`): its finer part, bound by bound, stays in the report that
the command writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from fiel.core.crowd import Told
from fiel.core.promise.measured import Measured, earns, least_enough
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.web.balance.speech import Speech
from fiel.web.centre.needs import included
from fiel.web.centre.telling import Telling
from fiel.web.console.words import crowd

TOP: Final = 18
BOTTOM: Final = 208
"""Edges of the plot in pixels downwards."""

LEFT: Final = 12.0
RIGHT: Final = 98.0
"""Edges of the plot in per cent across."""

STEP: Final = 0.1
"""Between two lines of the grid: one of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One level on the chart; `x` in per cent, the rest in pixels; None where its figure is not known."""

    x: float
    y: float | None
    low: float
    high: float
    label: tuple[str, ...]
    told: str
    ringed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that is drawn: points, and the lines of the grid with how many of ten they stand for."""

    points: tuple[Point, ...]
    lines: tuple[tuple[float, str], ...]

    @property
    def pairs(self) -> list[tuple[Point, Point]]:
        """Each point that is known with the next one."""
        known = [point for point in self.points if point.y is not None]
        return list(pairwise(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the table under the chart."""

    label: str
    keeps: str
    right: str
    people: str
    reached: str
    enough: bool


def chart_of(telling: Telling, case: UseCase) -> Chart | None:
    """The chart; None if there is nothing to draw."""
    found = telling.published.figures(case)
    known = [figure.right for figure in found.figures if figure.right is not None] if found else []
    if found is None or not known:
        return None
    most = max(STEP * 2, ceil(max(each.high for each in known) / STEP) * STEP)
    enough = least_enough(found)

    def down(share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * share / most, 1)

    points = []
    for place, figure in enumerate(found.figures):
        name = telling.say(f"level.{figure.level.word}")
        right = figure.right
        points.append(
            Point(
                x=round(LEFT + (RIGHT - LEFT) * (place + 0.5) / len(found.figures), 2),
                y=down(right.share) if right else None,
                low=down(right.low) if right else 0.0,
                high=down(right.high) if right else 0.0,
                label=tuple(_lines(name)),
                told=f"{name}: {_of_ten(telling, found, figure.level)}",
                ringed=figure.level == enough,
            )
        )
    count = round(most / STEP)
    lines = tuple((down(line * STEP), str(line)) for line in range(count + 1) if line % (1 + count // 6) == 0)
    return Chart(points=tuple(points), lines=lines)


def sentence(telling: Telling, case: UseCase) -> str:
    """What the balance says, in one sentence; why it says nothing, where it does not."""
    found = telling.published.figures(case)
    if case.measure is None:
        return telling.say("console.use_cases.balance.not_declared")
    if found is None:
        return telling.say("console.use_cases.balance.not_yet")
    enough = least_enough(found)
    if enough is None:
        return telling.say("console.use_cases.balance.too_few")
    name = telling.say(f"level.{enough.word}")
    right = _of_ten(telling, found, enough)
    if enough is Level.NONE:
        return telling.say("console.use_cases.balance.nothing_earned", right=right)
    if enough == case.highest:
        return telling.say("console.use_cases.balance.all_earned", level=name, right=right)
    return telling.say("console.use_cases.balance.enough", level=name, right=right)


def steps_of(telling: Telling, case: UseCase, told: Told | None) -> tuple[Step, ...]:
    """The table: nobody's data first, then each level."""
    return tuple(_steps(telling, case, told))


def asking_less(telling: Telling, case: UseCase, told: Told | None) -> tuple[str, ...]:
    """What would be gained by asking for less, as far as it is known; nothing is foretold of who has not decided."""
    return tuple(_less(telling, case, told)) if told is not None else ()


def _steps(telling: Telling, case: UseCase, told: Told | None) -> Iterator[Step]:
    found = telling.published.figures(case)
    enough = least_enough(found) if found else None
    for level in (Level.NONE, *case.levels):
        figure = found.of(level) if found else None
        reached = told.reach.get(level) if told else None
        yield Step(
            label=telling.say(f"level.{level.word}"),
            keeps=" · ".join(included(telling, case, level)) or telling.say("console.use_cases.balance.nothing"),
            right=_of_ten(telling, found, level) if found else telling.say("console.use_cases.balance.not_measured"),
            people=str(figure.people) if figure and figure.right else "–",
            reached=crowd(telling, reached) if reached else "–",
            enough=level == enough,
        )


def _less(telling: Telling, case: UseCase, told: Told) -> Iterator[str]:
    found = telling.published.figures(case)
    enough = least_enough(found) if found else None
    if enough is not None and enough < case.highest:
        yield telling.say(
            "console.use_cases.less.enough",
            level=telling.say(f"level.{enough.word}"),
            highest=telling.say(f"level.{case.highest.word}"),
        )
    if not told.asleep.is_few:
        yield telling.say("console.use_cases.less.asleep", count=crowd(telling, told.asleep))
    short = [level for level in case.levels[:-1] if told.reach[level].least > told.reach[case.highest].least]
    if short and case.basis is LegalBasis.CONSENT:
        nearest = short[0]
        yield telling.say(
            "console.use_cases.less.short",
            nearer=crowd(telling, told.reach[nearest]),
            level=telling.say(f"level.{nearest.word}"),
            further=crowd(telling, told.reach[case.highest]),
            highest=telling.say(f"level.{case.highest.word}"),
        )
    if not told.undecided.is_few and case.basis is LegalBasis.CONSENT:
        yield telling.say("console.use_cases.less.undecided", count=crowd(telling, told.undecided))


def verdicts(telling: Telling, case: UseCase) -> tuple[str, ...]:
    """Whether each level earns its data over the one before it, as far as it can be told."""
    found = telling.published.figures(case)
    return tuple(_verdicts(telling, found)) if found else ()


def _verdicts(telling: Telling, found: Measured) -> Iterator[str]:
    known = [figure for figure in found.figures if figure.right is not None]
    for lower, higher in pairwise(known):
        sure = earns(lower, higher)
        kind = "open" if sure is None else "earns" if sure else "loses"
        level, rival = (telling.say(f"level.{each.level.word}") for each in (higher, lower))
        yield telling.say(f"balance.level.{kind}", level=level, rival=rival)


def _of_ten(telling: Telling, found: Measured, level: Level) -> str:
    figure = found.of(level)
    if figure is None or figure.right is None:
        return telling.say("console.use_cases.balance.unmeasured")
    speech = Speech(language=telling.language, phrases=telling.phrases)
    right = figure.right
    mean, low, high = (speech.number(each * 10, digits=1) for each in (right.share, right.low, right.high))
    return telling.say("console.use_cases.balance.of_ten", mean=mean, low=low, high=high)


def _lines(name: str) -> Iterator[str]:
    """A name in lines short enough to stand beside others on a small screen."""
    line = ""
    for word in name.split():
        if line and len(line) + len(word) > 10:  # noqa: PLR2004 - letters a line
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
