"""What stands before everything: headers that protect a reader, the log of requests, the last word on a fault."""

import logging
import time
from collections.abc import Mapping
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiel.web.problems import on_unexpected
from fiel.web.switchboard import TEMPLATE

_log = logging.getLogger("fiel.access")

HEADERS: Final[Mapping[bytes, bytes]] = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cache-control": b"no-store",
}
"""On every answer, unless it has its own."""


GONE: Final = 499
"""What the log says of a request whose sender went away before it was whole, as other servers do. It is never sent."""


class Guard:
    """Adds the headers, logs the template of a request's route and never its path, and answers what nobody expected."""

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
                added = ((name, value) for name, value in HEADERS.items() if name not in present)
                message["headers"] = [*message["headers"], *added]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except ClientDisconnect:
            status = GONE  # nobody is there to be answered, and nothing went wrong here
        except Exception as error:  # noqa: BLE001 - this is the last place where a fault can be kept from a reader
            response = on_unexpected(error)
            if status == 0:
                await response(scope, receive, guarded)
        finally:
            template = scope.get(TEMPLATE) or getattr(scope.get("route"), "path", "-")
            _log.info("%s %s %d %.1f ms", _method(scope), template, status, (time.perf_counter() - begun) * 1000)


def _method(scope: Scope) -> str:
    """The method, if it is one: it comes from outside, and goes into a log."""
    method: str = scope["method"]
    return method if method.isascii() and method.isalpha() and len(method) <= len("PROPPATCH") else "?"
