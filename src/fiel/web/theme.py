"""A company's look as a style sheet of its own, at an address that changes with it.

Only colours of the one form that `fiel.core.promise.theme` reads, and a number of pixels, ever get into it.
"""

from dataclasses import fields
from functools import cache
from hashlib import sha256
from typing import Final

from fiel.core.promise.theme import Palette, Theme, palettes
from fiel.core.promise.usecase import Promise

FOLDER: Final = "/theme/"


def address_of(promise: Promise) -> str:
    """Where the style sheet of the promise's look is; empty where it has none of its own."""
    return f"{FOLDER}{name_of(promise.theme)}" if promise.theme is not None else ""


def name_of(theme: Theme) -> str:
    """The file's name: a digest of what is in it, so that it may be kept for ever."""
    return f"{sha256(sheet_of(theme).encode()).hexdigest()[:16]}.css"


def sheet_of(theme: Theme) -> str:
    """The properties by day and by night; outside all layers, so that they count before Fiel's own."""
    light, dark = palettes(theme)
    by_day = f":root {{ {_properties(light)} --radius: {theme.radius}px; }}"
    by_night = f"@media (prefers-color-scheme: dark) {{ :root {{ {_properties(dark)} }} }}"
    return f"{by_day}\n{by_night}\n"


@cache
def _properties(palette: Palette) -> str:
    return " ".join(f"--{each.name}: {getattr(palette, each.name)};" for each in fields(palette))
