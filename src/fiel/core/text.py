"""A text in each language the controller serves; a missing language stops the start, so no page is ever blank."""

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code → sentence, e.g. ``{"es": "…", "en": "…"}``."""

Scalar = str | int | float | bool
"""What one property of an event may hold."""

Value = Scalar | tuple[str, ...]
"""What one attribute of a person, or one thing of the present context, may hold."""
