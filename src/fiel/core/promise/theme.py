"""How a company's pages look, in six properties; and whether what stands on them can still be read (WCAG 2.2).

Not a style sheet: `fiel.web.theme` writes that. The contrast is that of WCAG 2.2: relative luminance as it defines it,
and success criteria 1.4.3 (text, 4.5 to 1) and 1.4.11 (borders of what is pressed or filled in, 3 to 1).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
"""A colour as it may be written: three or six hexadecimal digits, nothing that could end a rule of a style sheet."""

ROUNDEST: Final = 24
"""Pixels of a corner, at most."""

TEXT: Final = 4.5
BORDER: Final = 3.0

CHOSEN: Final = ("paper", "ink", "accent", "line", "soft")
"""The colours that a company sets; the others follow from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scheme, each `#rrggbb`.

    `paper` is what all stands on, `ink` what is written and the border of what is pressed, `accent` links and marks,
    `line` what only divides, `soft` what is told apart from the paper. `sheet`, `quiet`, `edge` and `focus` follow.
    """

    paper: str
    ink: str
    accent: str
    line: str
    soft: str
    sheet: str
    quiet: str
    edge: str
    focus: str


LIGHT: Final = Palette(
    paper="#faf8f4",
    ink="#1b2a33",
    accent="#0b5c6b",
    line="#ddd6c9",
    soft="#e4eeee",
    sheet="#fffdf9",
    quiet="#55636b",
    edge="#7b8388",
    focus="#9a6b15",
)
"""Fiel's own by day, as in `static/paper.css`."""

DARK: Final = Palette(
    paper="#12191d",
    ink="#ece7dc",
    accent="#7cc3cf",
    line="#324047",
    soft="#1c3036",
    sheet="#182126",
    quiet="#a9b3b6",
    edge="#7f8b90",
    focus="#e0b663",
)
"""Fiel's own by night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a company set: the colours by day and by night, by name; and the radius of corners, in pixels."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    radius: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Faint:
    """One pair of colours that cannot be told apart well enough: `scheme` is `light` or `dark`."""

    scheme: str
    above: str
    below: str
    ratio: float
    least: float


def palettes(theme: Theme) -> tuple[Palette, Palette]:
    """The whole colours by day and by night; what was not set is Fiel's own."""
    return _whole(LIGHT, theme.light, sheet_to="#ffffff", by=0.5), _whole(DARK, theme.dark, sheet_to="#ffffff", by=0.04)


def faint(theme: Theme) -> tuple[Faint, ...]:
    """Every pair that does not reach the contrast it needs, by day and by night."""
    light, dark = palettes(theme)
    return (*_faint("light", light), *_faint("dark", dark))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def spelt_out(colour: str) -> str:
    """A colour with six digits in small letters."""
    digits = colour.removeprefix("#").lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == len("rgb") else digits)


def _whole(own: Palette, chosen: Mapping[str, str], *, sheet_to: str, by: float) -> Palette:
    if not chosen:
        return own
    base = replace(own, **{name: spelt_out(chosen[name]) for name in CHOSEN if name in chosen})
    if not {"paper", "ink"} & chosen.keys():
        return base
    derived = replace(
        base,
        sheet=_mixed(base.paper, sheet_to, by),
        quiet=_mixed(base.ink, base.paper, 0.27),
        edge=_mixed(base.ink, base.paper, 0.42),
    )
    grounds = (derived.paper, derived.sheet, derived.soft)
    seen = all(contrast(own.focus, ground) >= BORDER for ground in grounds)
    return derived if seen else replace(derived, focus=derived.ink)


def _faint(scheme: str, palette: Palette) -> Iterator[Faint]:
    grounds = ("paper", "sheet", "soft")
    pairs = [(above, below, TEXT) for above in ("ink", "quiet", "accent") for below in grounds]
    pairs += [(above, below, BORDER) for above in ("edge", "focus") for below in ("paper", "sheet")]
    for above, below, least in pairs:
        ratio = contrast(getattr(palette, above), getattr(palette, below))
        if ratio < least:
            yield Faint(scheme=scheme, above=above, below=below, ratio=ratio, least=least)


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's figures


def _mixed(one: str, other: str, share: float) -> str:
    """One colour with a share of another in it, channel by channel."""
    parts = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _channels(colour: str) -> tuple[int, int, int]:
    digits = spelt_out(colour).removeprefix("#")
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue
