"""`theme` of `fiel.yaml`: colours and the radius of corners, in the one form that may go into a style sheet."""

import re
from typing import Final

from fiel.core.promise.finding import Code
from fiel.core.promise.theme import COLOUR, ROUNDEST, Theme, spelt_out
from fiel.registry import keys
from fiel.registry.clause import Clause, Fields

PIXELS: Final = re.compile(r"(\d{1,2})px")


def theme(clause: Clause) -> Theme:
    """The company's look; what it leaves out is Fiel's own."""
    fields = clause.fields(keys.THEME)
    dark = fields.part("dark")
    return Theme(
        light=_colours(fields),
        dark=_colours(dark.fields(keys.COLOURS)) if dark else {},
        radius=fields.read("radius", _pixels, Theme(light={}, dark={}).radius),
    )


def _colours(fields: Fields) -> dict[str, str]:
    return {name: found for name in keys.COLOURS.known if (found := fields.read(name, _colour, ""))}


def _colour(clause: Clause) -> str | None:
    value = clause.node.value
    if isinstance(value, str) and COLOUR.fullmatch(value.strip()):
        return spelt_out(value.strip())
    hint = 'write it in quotes, with three or six digits: `"#0b5c6b"`'
    clause.fault(Code.BAD_COLOUR, f"{clause.name} cannot be {clause.kind}", hint=hint)
    return None


def _pixels(clause: Clause) -> int | None:
    value = clause.node.value
    found = PIXELS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and int(found[1]) <= ROUNDEST:
        return int(found[1])
    clause.fault(Code.BAD_COLOUR, f"{clause.name} cannot be {clause.kind}", hint=f"from `0px` to `{ROUNDEST}px`")
    return None
