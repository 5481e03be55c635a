"""A text in each language the controller serves; a missing language stops the start, so no page is ever blank."""

from collections.abc import Mapping
from typing import Final

Text = Mapping[str, str]
"""Language code → sentence, e.g. ``{"es": "…", "en": "…"}``."""

Scalar = str | int | float | bool
"""What one property of an event may hold."""

Value = Scalar | tuple[str, ...]
"""What one attribute of a person, or one thing of the present context, may hold."""

NO_BREAK: Final = "\u00a0"
"""A space at which no line ends, before a per cent sign."""


def percentage(share: float, *, language: str) -> str:
    """A share as it is declared, in per cent with no more digits than it has: in Spanish with a comma."""
    written = f"{round(share * 100, 4):g}"
    return f"{written.replace('.', ',') if language == 'es' else written}{NO_BREAK}%"
