"""A text in each language the controller serves; a missing language stops the start, so no page is ever blank."""

from collections.abc import Mapping
from datetime import date
from typing import Final

Text = Mapping[str, str]
"""Language code → sentence, e.g. ``{"es": "…", "en": "…"}``."""

Scalar = str | int | float | bool
"""What one property of an event may hold."""

Value = Scalar | tuple[str, ...]
"""What one attribute of a person, or one thing of the present context, may hold."""

NO_BREAK: Final = "\u00a0"
"""A space at which no line ends, before a per cent sign."""


def dated(phrases: Mapping[str, str], form: str, when: date) -> str:
    """A `day` or a `month` as the language of these phrases says it."""
    return phrases[f"date.{form}"].format(day=when.day, month=phrases[f"month.{when.month}"], year=when.year)


def percentage(share: float, *, language: str) -> str:
    """A share as it is declared, in per cent with no more digits than it has: in Spanish with a comma."""
    written = f"{round(share * 100, 4):g}"
    return f"{written.replace('.', ',') if language == 'es' else written}{NO_BREAK}%"
