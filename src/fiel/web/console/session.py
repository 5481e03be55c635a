"""The session of somebody of the staff: a sealed cookie of its own, bounded in time, over at once when the account is.

It names the account and nothing else of it: role and state are asked of the store for every page.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from fiel.core.ids import StaffId
from fiel.core.staff import Account
from fiel.operations.enter import is_spent
from fiel.operations.house import House
from fiel.operations.staff.accounts import account
from fiel.web.cookies import Cookie

IDLE: Final = timedelta(minutes=30)
"""After so long without a page, one signs in again."""

WHOLE: Final = timedelta(hours=8)
"""After so long one signs in again, however busy one was."""

RENEWED: Final = timedelta(minutes=1)
"""A session is sealed anew no more often than this."""

COOKIE: Final = Cookie("fiel-staff")

_SESSION: Final = "staff session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody of the staff who is in. `seen` is when they last asked for a page."""

    id: bytes
    staff: StaffId
    language: str
    begun: datetime
    seen: datetime


def begin(house: House, member: Account, *, language: str) -> Session:
    """A new session, under a name that nobody can guess."""
    now = house.clock.now()
    return Session(id=house.names.new_record(), staff=member.id, language=language, begun=now, seen=now)


def read(house: House, request: Request) -> tuple[Session, Account] | None:
    """The session of a request and whose it is; None if it has none, or one that is over, or whose account is shut."""
    session = _opened(COOKIE.read(house, request))
    if session is None or is_spent(house, session.id):
        return None
    now, member = house.clock.now(), account(house, session.staff)
    if member is None or member.disabled is not None or session.begun < member.renewed:
        return None
    live = timedelta() <= now - session.seen <= IDLE and now - session.begun <= WHOLE
    return (session, member) if live else None


def renewed(house: House, session: Session) -> Session:
    """The session as seen now, if it was not just before."""
    now = house.clock.now()
    return replace(session, seen=now) if now - session.seen >= RENEWED else session


def keep(house: House, session: Session, *, request: Request, response: Response) -> None:
    """Hand the session out with a response."""
    times = [session.begun.isoformat(), session.seen.isoformat()]
    fields = [_SESSION, session.id.hex(), session.staff.hex(), session.language, *times]
    COOKIE.give(house, fields, request=request, response=response, lasts=IDLE)


def _opened(fields: object) -> Session | None:
    match fields:
        case ["staff session", str() as name, str() as staff, str() as language, str() as begun, str() as seen]:
            return Session(
                id=bytes.fromhex(name),
                staff=StaffId(bytes.fromhex(staff)),
                language=language,
                begun=datetime.fromisoformat(begun).astimezone(UTC),
                seen=datetime.fromisoformat(seen).astimezone(UTC),
            )
        case _:
            return None
