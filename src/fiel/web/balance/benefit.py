"""What was measured of a level, as a person says it: one suggestion in so many, and how that was found."""

from typing import Final

from fiel.core.promise.measured import Figure, Measured
from fiel.web.balance.speech import Speech

RARE: Final = 0.01
"""A share below which nothing is told of how many."""

OFTEN: Final = 0.4
"""A share from which on "1 in so many" says less than "so many of 10"."""


def told(speech: Speech, figure: Figure) -> str:
    """How often a level is right, as a person says it."""
    if figure.right is None:
        return speech.phrases["benefit.unknown"]
    share = figure.right.share
    if share < RARE:
        return speech.phrases["benefit.none"]
    key, count = ("benefit.one", round(1 / share)) if share < OFTEN else ("benefit.tenths", round(10 * share))
    return speech.phrases[key].format(count=count)


def source(speech: Speech, found: Measured, figure: Figure) -> str:
    """When, with whom and how surely that was found; nothing where there is no figure."""
    if figure.right is None:
        return ""
    low, high = speech.part(figure.right.low), speech.part(figure.right.high)
    slots = {"date": speech.day(found.at.date()), "people": figure.people, "low": low, "high": high}
    return speech.phrases["benefit.source"].format(**slots)
