"""What a browser states for its owner with every request."""

from typing import Final

from starlette.requests import Request

from fiel.core.law import Signal

HEADER: Final = "Sec-GPC"
"""Global Privacy Control: `1` where the person asks that their data be neither sold nor shared."""


def signals_of(request: Request, *, gpc: bool = False) -> frozenset[Signal]:
    """The signals that are sent; `gpc`: whether somebody passes that one on in the body."""
    return frozenset({Signal.GPC}) if gpc or request.headers.get(HEADER) == "1" else frozenset()
