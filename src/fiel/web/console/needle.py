"""The balance beam of a use case: how invasive what it keeps is, against what the person is measured to gain by it.

Both sides are counted in steps that are written under the beam. The exchange between them is a convention and is said
to be one: what it shows is which use cases ask for much and give little, not how much data are worth. Without a measure
there is nothing on the person's pan, the needle is not drawn as if it stood, and the page says so.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians, sin
from typing import Final

from fiel.core.promise.measured import earns
from fiel.core.promise.usecase import Level, UseCase
from fiel.operations.published import Published

STEPS: Final = 6
"""The most that lies on a pan."""

SEASON: Final = timedelta(days=90)
"""Up to this long what somebody did is one step; longer, it is another."""

HALF_OF_TEN: Final = 0.05
"""One step of what is gained: half a suggestion of ten that is right and would not be without data."""

PIVOT: Final = (160.0, 58.0)
ARM: Final = 92.0
NEEDLE: Final = 40.0
HANG: Final = 40.0
STEEPEST: Final = 14.0
"""Degrees."""

SLOPE: Final = 3.0
"""Degrees a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pan:
    """One pan: where it hangs from, where it is, and where each step lies on it. In pixels."""

    x: float
    y: float
    dots: tuple[tuple[float, float], ...]

    @property
    def floor(self) -> float:
        """How far down it hangs."""
        return round(self.y + HANG, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    """The beam. `gain`: steps of what the person gains; None where that was not measured or cannot be told."""

    kept: int
    gain: int | None
    tip: tuple[float, float]
    ours: Pan
    yours: Pan

    @property
    def tips(self) -> str:
        """Which way it leans: `person`, `data`, `even`, or `unknown`."""
        if self.gain is None:
            return "unknown"
        if self.gain == self.kept:
            return "even"
        return "person" if self.gain > self.kept else "data"


def kept_steps(case: UseCase) -> int:
    """How invasive what a use case keeps is, in human steps, from nothing (0) to what others told (6)."""
    highest = case.highest
    if highest is Level.OBSERVED:
        bounds = [need.bound for rung in case.rungs for need in rung.events]
        short = all(bound.within is not None and bound.within <= SEASON for bound in bounds)
        return 3 if short else 4
    return {Level.NONE: 0, Level.CONTEXT: 0, Level.DECLARED: 1, Level.DEVICE: 2, Level.INFERRED: 5, Level.ACQUIRED: 6}[
        highest
    ]


def gained_steps(published: Published, case: UseCase) -> int | None:
    """What the person is measured to gain beyond what everybody sees; None where nobody can tell."""
    found = published.figures(case)
    without, within = (found.of(level) if found else None for level in (Level.NONE, case.highest))
    if without is None or within is None or without.right is None or within.right is None:
        return None
    sure = earns(without, within)
    if not sure:
        return None if sure is None else 0
    return max(0, min(STEPS, round((within.right.share - without.right.share) / HALF_OF_TEN)))


def needle_of(published: Published, case: UseCase) -> Needle:
    """The beam of a use case as it is drawn."""
    kept, gain = kept_steps(case), gained_steps(published, case)
    lean = 0.0 if gain is None else max(-STEEPEST, min(STEEPEST, (gain - kept) * SLOPE))
    across, down = cos(radians(lean)), sin(radians(lean))
    x, y = PIVOT
    return Needle(
        kept=kept,
        gain=gain,
        tip=(round(x + NEEDLE * down, 1), round(y - NEEDLE * across, 1)),
        ours=_pan(x - ARM * across, y - ARM * down, steps=kept),
        yours=_pan(x + ARM * across, y + ARM * down, steps=gain or 0),
    )


def _pan(x: float, y: float, *, steps: int) -> Pan:
    """The steps stand in two rows of three, the lower row first."""
    dots = tuple((round(x + (step % 3 - 1) * 14, 1), round(y + HANG - 8 - step // 3 * 13, 1)) for step in range(steps))
    return Pan(x=round(x, 1), y=round(y, 1), dots=dots)
