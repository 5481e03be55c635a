"""The centre inside a frame of a host that is listed: who may frame it, what the browser is told, which cookie is used.

A page knows that it is framed by what the browser says of itself (Fetch Metadata, `Sec-Fetch-Dest`). Then, and only
then, it may run one script of its own, which hands a token over and says how high the page is. Its cookie is another
one, kept apart for each host (CHIPS). Who is not listed gets no frame. Against what a listed host could lay over it
there is no defence here but the list: it names the company's own pages, and the ledger says that a choice was made
in a frame.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What every page may load, framed or not: its own, and nothing else from anywhere."""

INTERFACE: Final = "frame"
"""Where choices in a frame are made, as the receipt names it."""


def is_framed(request: Request) -> bool:
    """Whether the browser says that this page goes into a frame."""
    return request.headers.get("sec-fetch-dest") == "iframe"


def hosts_of(listed: tuple[str, ...], request: Request) -> tuple[str, ...]:
    """The listed hosts, but for this very origin: a page of it could press the buttons."""
    return tuple(host for host in listed if urlsplit(host).netloc != request.headers.get("host"))


def framed_headers(listed: tuple[str, ...], request: Request) -> Mapping[str, str]:
    """What a framed page tells the browser."""
    hosts = hosts_of(listed, request)
    if not hosts:
        return {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"}
    scripts = "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    return {
        "Content-Security-Policy": f"{POLICY}; {scripts}; frame-ancestors {' '.join(hosts)}",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
