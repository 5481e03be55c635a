"""The session of somebody who is in: a sealed cookie, bounded in time, which only Fiel can make or read.

Forms carry a proof that is bound to it, so that a page of somebody else's cannot press a button here.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from fiel.core.ids import Identifier
from fiel.operations.enter import is_spent
from fiel.operations.house import House
from fiel.web.cookies import Cookie, bound, unbound

IDLE: Final = timedelta(minutes=30)
"""After so long without a page, one comes in again."""

WHOLE: Final = timedelta(hours=8)
"""After so long one comes in again, however busy one was."""

RENEWED: Final = timedelta(minutes=1)
"""A session is sealed anew no more often than this."""

COOKIE: Final = Cookie("fiel")

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
    session = _opened(COOKIE.read(house, request))
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
    COOKIE.give(house, fields, request=request, response=response, lasts=IDLE)


def drop(request: Request, response: Response) -> None:
    """Take the cookie back."""
    COOKIE.drop(request=request, response=response)


def cookie_of(request: Request) -> str:
    """The cookie's name."""
    return COOKIE.of(request)


def proof(house: House, session: Session) -> str:
    """What a form of this session carries."""
    return bound(house, session.id, kind=_FORM, what=None)


def proves(house: House, session: Session, text: str) -> bool:
    """Whether a form carries what this session gave it."""
    return unbound(house, session.id, kind=_FORM, text=text) is not None


def told(house: House, session: Session, what: object) -> str:
    """What a page has to say after a form was sent, to go in an address: nobody else can make a page say it."""
    return bound(house, session.id, kind=_TOLD, what=what)


def retold(house: House, session: Session, text: str) -> object:
    """What was to be said, None if this session was not told anything of the kind."""
    found = unbound(house, session.id, kind=_TOLD, text=text)
    return found[0] if found else None


def _opened(fields: object) -> Session | None:
    match fields:
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
