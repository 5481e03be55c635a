"""What describes the other routes: the OpenAPI document, the kinds of problems, and the style sheet of the pages."""

from collections.abc import Mapping, Sequence
from functools import cache
from gzip import compress
from importlib.resources import files
from typing import Final

import msgspec
from starlette.responses import PlainTextResponse, Response

from fiel.web.openapi import document
from fiel.web.problems import KINDS, Refused
from fiel.web.route import Call, Route
from fiel.web.security import OPEN
from fiel.web.squeezing import takes_gzip
from fiel.web.theme import name_of, sheet_of

STATIC: Final = {
    "paper.css": "text/css",
    "fiel.css": "text/css",
    "centre.css": "text/css",
    "workshop.css": "text/css",
    "console.css": "text/css",
    "framed.js": "text/javascript",
    "fiel-preferences.js": "text/javascript",
    "mark.svg": "image/svg+xml",
    "source-sans-3.woff2": "font/woff2",
}
"""The files that are served, by name: no path is ever joined."""

FOR_OTHER_ORIGINS: Final[Mapping[str, Mapping[str, str]]] = {
    "fiel-preferences.js": {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
}
"""The one file that pages of a host load, and what lets them."""

INCOMPRESSIBLE: Final = frozenset({"source-sans-3.woff2"})


def describing(routes: Sequence[Route]) -> Route:
    """The route of the OpenAPI document, which describes all the others."""
    written = cache(lambda: msgspec.json.encode(document(routes)))

    async def get(_call: Call) -> Response:
        return Response(written(), media_type="application/json")

    return Route(method="GET", path="/openapi.json", act=get, about="What can be asked here", leave=OPEN, gives=dict)


async def get_problem(call: Call) -> Response:
    """What a kind of problem means, in one sentence."""
    kind = KINDS.get(call.parts["code"])
    if kind is None:
        raise Refused("not_found", "there is nothing at this path")
    return PlainTextResponse(f"{kind.status.value} {kind.status.phrase}\n\n{kind.title}.\n")


async def get_static(call: Call) -> Response:
    """A file of the pages."""
    name = call.parts["name"]
    if name not in STATIC:
        raise Refused("not_found", "there is nothing at this path")
    headers = {"Cache-Control": "max-age=3600", **FOR_OTHER_ORIGINS.get(name, {})}
    if name not in INCOMPRESSIBLE:
        headers["Vary"] = "Accept-Encoding"
        if takes_gzip(call.request):
            headers["Content-Encoding"] = "gzip"
            return Response(_smaller(name), media_type=STATIC[name], headers=headers)
    return Response(_file(name), media_type=STATIC[name], headers=headers)


async def get_theme(call: Call) -> Response:
    """The company's colours."""
    theme = call.published().promise.theme
    if theme is None or call.parts["name"] != name_of(theme):
        raise Refused("not_found", "there is nothing at this path")
    headers = {"Cache-Control": "max-age=31536000, immutable"}
    return Response(sheet_of(theme), media_type="text/css", headers=headers)


@cache
def _file(name: str) -> bytes:
    return (files("fiel.web") / "static" / name).read_bytes()


@cache
def _smaller(name: str) -> bytes:
    """A file as gzip; it is the same for everybody, so its size tells nothing."""
    return compress(_file(name), mtime=0)


_MISSING: Final = frozenset({"not_found"})

ROUTES = (
    Route(
        method="GET",
        path="/problems/{code}",
        act=get_problem,
        about="What a kind of problem means",
        leave=OPEN,
        media="text/plain",
        problems=_MISSING,
    ),
    Route(
        method="GET",
        path="/static/{name}",
        act=get_static,
        about="A file of the pages",
        leave=OPEN,
        media="text/css",
        problems=_MISSING,
    ),
    Route(
        method="GET",
        path="/theme/{name}",
        act=get_theme,
        about="The company's colours, as a style sheet",
        leave=OPEN,
        media="text/css",
        problems=_MISSING,
    ),
)
