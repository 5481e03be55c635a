"""Sealed cookies of sessions, and what is sealed for one session alone: nobody else can make a page say or do it."""

import json
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from fiel.core.errors import Malformed
from fiel.operations.house import House
from fiel.web.framing import is_framed


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie by its bare name."""

    name: str

    def of(self, request: Request) -> str:
        """The whole name: over https one that no neighbouring host can set (RFC 6265bis §4.1.3.2).

        A frame has a cookie of its own: who is in there is not in elsewhere, nor the other way round.
        """
        name = f"{self.name}-framed" if is_framed(request) else self.name
        return f"__Host-{name}" if is_secure(request) else name

    def read(self, house: House, request: Request) -> object:
        """What was sealed into it here, None if nothing was."""
        return opened(house, request.cookies.get(self.of(request), ""))

    def give(self, house: House, what: object, *, request: Request, response: Response, lasts: timedelta) -> None:
        """Hand it out with a response."""
        sealed = house.tokens.seal(json.dumps(what).encode())
        self._hand_out(sealed, seconds=int(lasts.total_seconds()), request=request, response=response)

    def drop(self, *, request: Request, response: Response) -> None:
        """Take it back."""
        self._hand_out("", seconds=0, request=request, response=response)

    def _hand_out(self, value: str, *, seconds: int, request: Request, response: Response) -> None:
        """Set it. In a frame it is kept apart for each host, and never goes over a line that can be read."""
        if is_framed(request):
            kind = "SameSite=None; Secure; Partitioned"
        else:
            kind = "SameSite=lax; Secure" if is_secure(request) else "SameSite=lax"
        cookie = f"{self.of(request)}={value}; HttpOnly; Max-Age={seconds}; Path=/; {kind}"
        response.headers.append("Set-Cookie", cookie)


def bound(house: House, session: bytes, *, kind: str, what: object) -> str:
    """What is sealed for the session of that id, to go into a form or an address."""
    return house.tokens.seal(json.dumps([kind, session.hex(), what]).encode())


def unbound(house: House, session: bytes, *, kind: str, text: str) -> tuple[object] | None:
    """What was sealed for this session, None if it was not sealed for this one, or is of another kind."""
    match opened(house, text):
        case [str() as found, str() as name, what] if (found, name) == (kind, session.hex()):
            return (what,)
        case _:
            return None


def opened(house: House, text: str) -> object:
    """What was sealed here as JSON, None for anything else."""
    try:
        return json.loads(house.tokens.open(text)) if text else None
    except (Malformed, ValueError):
        return None


def is_secure(request: Request) -> bool:
    """Whether the browser speaks https."""
    return request.url.scheme == "https"
