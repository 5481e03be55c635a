"""The session of somebody who is in: a sealed cookie, bounded in time, which only Fiel can make or read.

Forms carry a proof that is bound to it, so that a page of somebody else's cannot press a button here.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from fiel.core.errors import Malformed
from fiel.core.ids import Identifier
from fiel.operations.enter import is_spent
from fiel.operations.house import House
from fiel.web.centre.framing import is_framed

IDLE: Final = timedelta(minutes=30)
"""After so long without a page, one comes in again."""

WHOLE: Final = timedelta(hours=8)
"""After so long one comes in again, however busy one was."""

RENEWED: Final = timedelta(minutes=1)
"""A session is sealed anew no more often than this."""

_SESSION, _FORM, _TOLD = "session", "form", "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is in. `seen` is when they last asked for a page."""

    id: bytes
    identifier: Identifier
    language: str
    begun: datetime
    seen: datetime


def begin(house: House, identifier: Identifier, *, language: str) -> Session:
    """A new session, under a name that nobody can guess."""
    now = house.clock.now()
    return Session(id=house.names.new_record(), identifier=identifier, language=language, begun=now, seen=now)


def read(house: House, request: Request) -> Session | None:
    """The session of a request, None if it has none, or one that is over."""
    session = _opened(house, request.cookies.get(cookie_of(request), ""))
    if session is None or is_spent(house, session.id):
        return None
    now = house.clock.now()
    live = timedelta() <= now - session.seen <= IDLE and now - session.begun <= WHOLE
    return session if live else None


def renewed(house: House, session: Session) -> Session:
    """The session as seen now, if it was not just before."""
    now = house.clock.now()
    return replace(session, seen=now) if now - session.seen >= RENEWED else session


def keep(house: House, session: Session, *, request: Request, response: Response) -> None:
    """Hand the session out with a response."""
    identifier = f"{session.identifier.kind.value}:{session.identifier.value}"
    times = [session.begun.timestamp(), session.seen.timestamp()]
    fields = [_SESSION, session.id.hex(), identifier, session.language, *times]
    sealed = house.tokens.seal(json.dumps(fields).encode())
    _hand_out(request, response, sealed, seconds=int(IDLE.total_seconds()))


def drop(request: Request, response: Response) -> None:
    """Take the cookie back."""
    _hand_out(request, response, "", seconds=0)


def cookie_of(request: Request) -> str:
    """The cookie's name: over https one that no neighbouring host can set (RFC 6265bis §4.1.3.2).

    A frame has a cookie of its own: who is in there is not in elsewhere, nor the other way round.
    """
    name = "fiel-framed" if is_framed(request) else "fiel"
    return f"__Host-{name}" if _is_secure(request) else name


def _hand_out(request: Request, response: Response, value: str, *, seconds: int) -> None:
    """Set the cookie. In a frame it is kept apart for each host, and never goes over a line that can be read."""
    if is_framed(request):
        kind = "SameSite=None; Secure; Partitioned"
    else:
        kind = "SameSite=lax; Secure" if _is_secure(request) else "SameSite=lax"
    cookie = f"{cookie_of(request)}={value}; HttpOnly; Max-Age={seconds}; Path=/; {kind}"
    response.headers.append("Set-Cookie", cookie)


def proof(house: House, session: Session) -> str:
    """What a form of this session carries."""
    return _bound(house, session, kind=_FORM, what=None)


def proves(house: House, session: Session, text: str) -> bool:
    """Whether a form carries what this session gave it."""
    return _unbound(house, session, kind=_FORM, text=text) is not None


def told(house: House, session: Session, what: object) -> str:
    """What a page has to say after a form was sent, to go in an address: nobody else can make a page say it."""
    return _bound(house, session, kind=_TOLD, what=what)


def retold(house: House, session: Session, text: str) -> object:
    """What was to be said, None if this session was not told anything of the kind."""
    found = _unbound(house, session, kind=_TOLD, text=text)
    return found[0] if found else None


def _bound(house: House, session: Session, *, kind: str, what: object) -> str:
    return house.tokens.seal(json.dumps([kind, session.id.hex(), what]).encode())


def _unbound(house: House, session: Session, *, kind: str, text: str) -> tuple[object] | None:
    match _plain(house, text):
        case [str() as found, str() as name, what] if (found, name) == (kind, session.id.hex()):
            return (what,)
        case _:
            return None


def _opened(house: House, text: str) -> Session | None:
    match _plain(house, text):
        case ["session", str() as name, str() as identifier, str() as language, float() as begun, float() as seen]:
            return Session(
                id=bytes.fromhex(name),
                identifier=Identifier.parse(identifier),
                language=language,
                begun=datetime.fromtimestamp(begun, UTC),
                seen=datetime.fromtimestamp(seen, UTC),
            )
        case _:
            return None


def _plain(house: House, text: str) -> object:
    try:
        return json.loads(house.tokens.open(text)) if text else None
    except (Malformed, ValueError):
        return None


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
