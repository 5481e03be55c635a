"""Which route a path leads to: found by the path as it was sent, so that an id may hold a slash or a percent sign.

A framework that decodes before it routes takes `user:ana%2Fchoices` for another person's page.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import unquote

from starlette.datastructures import URLPath
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from fiel.web.problems import MethodRefused, Refused
from fiel.web.route import Route

TEMPLATE: Final = "fiel.template"
"""Under which the scope of a request holds the path of its route, for the log."""

Serve: TypeAlias = Callable[[Route, Request, Mapping[str, str]], Awaitable[Response]]
"""Answers a request to a route, with the parts of its path."""


@dataclass(slots=True)
class _Crossing:
    """Where paths part: the next step by its word, or any step; and the routes that end here, by method."""

    words: dict[str, "_Crossing"] = field(default_factory=dict)
    any: "_Crossing | None" = None
    ends: dict[str, Route] = field(default_factory=dict)


class Switchboard(BaseRoute):
    """All routes of the table as one route of the application."""

    def __init__(self, routes: Sequence[Route], serve: Serve) -> None:
        """Lay out the routes; no two may have the same method and path."""
        self._serve = serve
        self._start = _Crossing()
        for route in routes:
            end = self._laid(route.steps)
            if route.method in end.ends:
                raise ValueError(f"two routes are {route.method} {route.path}")
            end.ends[route.method] = route

    def _laid(self, steps: Sequence[str]) -> _Crossing:
        crossing = self._start
        for step in steps:
            if step.startswith("{"):
                crossing.any = crossing.any or _Crossing()
                crossing = crossing.any
            else:
                crossing = crossing.words.setdefault(step, _Crossing())
        return crossing

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a path is laid out here."""
        if scope["type"] != "http":
            return Match.NONE, {}
        steps = _steps(scope)
        crossing = _follow(self._start, steps)
        return (Match.FULL, {"fiel.end": crossing, "fiel.steps": steps}) if crossing else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the route; raises `MethodRefused` for a method that it does not take."""
        ends: dict[str, Route] = scope["fiel.end"].ends
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        scope[TEMPLATE] = next(iter(ends.values())).path
        route = ends.get(method)
        if route is None:
            raise MethodRefused(sorted({*ends, *(["HEAD"] if "GET" in ends else [])}))
        response = await self._serve(route, Request(scope, receive, send), _parts(route, scope["fiel.steps"]))
        await response(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Routes have no names here."""
        raise NoMatchFound(name, path_params)


def _steps(scope: Scope) -> list[str]:
    """The path between its slashes, not decoded."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1").removeprefix(scope.get("root_path", ""))
    return path.removeprefix("/").split("/")


def _follow(crossing: _Crossing, steps: Sequence[str]) -> _Crossing | None:
    """Where the steps lead, if a route ends there: by its word, or else, if it is not empty, as any step."""
    if not steps:
        return crossing if crossing.ends else None
    step, *rest = steps
    word = crossing.words.get(step)
    found = _follow(word, rest) if word else None
    return found or (_follow(crossing.any, rest) if crossing.any and step else None)


def _parts(route: Route, steps: Sequence[str]) -> dict[str, str]:
    """The named parts of a path, each decoded once (RFC 3986 §2.4)."""
    try:
        return {
            name[1:-1]: unquote(step, errors="strict")
            for name, step in zip(route.steps, steps, strict=True)
            if name.startswith("{")
        }
    except UnicodeDecodeError:
        raise Refused("bad_request", "the path is not written in UTF-8") from None
