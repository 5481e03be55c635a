"""The application: every request is timed out of nothing, met at the door, led through its route, and answered."""

import logging
import time
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiel.core.errors import FielError
from fiel.operations.house import House
from fiel.web.api import ROUTES
from fiel.web.openapi import document
from fiel.web.problems import not_allowed, not_found, on_expected, on_unexpected
from fiel.web.route import Call, Route, json_response
from fiel.web.security import Believe, Door

_log = logging.getLogger("fiel.access")

HEADERS: Final[Mapping[bytes, bytes]] = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"()",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
"""On every answer, unless it has its own."""

STATIC: Final = {"fiel.css": "text/css"}
"""The files that are served, by name: no path is ever joined."""

PROBLEMS: Final = tuple(sorted({kind.code for kind in FielError.__subclasses__()} | {"unexpected"}))


def make_app(house: House, *, verify_subject: Believe, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The application over a house. `verify_subject` says whom a subject token proves; `more` are routes of a demo."""
    door = Door(house, believe=verify_subject)
    app = Starlette(
        routes=[
            *(_mounted(route, house, door) for route in ROUTES),
            StarletteRoute("/openapi.json", _openapi),
            StarletteRoute("/static/{name}", _static),
            StarletteRoute("/problems/{code}", _problem),
            *more,
        ],
        exception_handlers={FielError: on_expected, HTTPException: _on_http, Exception: on_unexpected},
    )
    app.add_middleware(Guard)
    return app


def _mounted(route: Route, house: House, door: Door) -> StarletteRoute:
    async def serve(request: Request) -> Response:
        answer = await route.act(Call(house=house, request=request, caller=door.meet(request)))
        return answer if isinstance(answer, Response) else json_response(answer, status=route.status)

    return StarletteRoute(route.path, serve, methods=[route.method], name=f"{route.method} {route.path}")


class Guard:
    """Adds the headers that protect a reader, and logs the route of a request: its template, never its path."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in HEADERS.items() if name not in present),
                ]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        finally:
            template = getattr(scope.get("route"), "path", "-")
            _log.info("%s %s %d %.1f ms", scope["method"], template, status, (time.perf_counter() - begun) * 1000)


async def _openapi(_request: Request) -> Response:
    return json_response(document(ROUTES))


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return not_found()
    content = (files("fiel.web") / "static" / name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={"Cache-Control": "max-age=3600"})


async def _problem(request: Request) -> Response:
    """What a kind of problem means, in one sentence."""
    kinds = {kind.code: kind for kind in FielError.__subclasses__()}
    code = request.path_params["code"]
    if code not in PROBLEMS:
        return not_found()
    about = (kinds[code].__doc__ if code in kinds else "Something unexpected happened; the log has it.") or ""
    return PlainTextResponse(about.strip() + "\n")


async def _on_http(_request: Request, error: Exception) -> Response:
    """A path that leads nowhere, or does not take the method."""
    if isinstance(error, HTTPException) and error.status_code == 405:  # noqa: PLR2004 - the status itself
        return not_allowed((error.headers or {}).get("Allow", "").split(", "))
    return not_found()
