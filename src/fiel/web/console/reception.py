"""What stands before every page of the console: the session, the role, where a form comes from; and what fails."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fiel.core.errors import Conflict, FielError, Malformed, NotAllowed, NotAuthenticated, Unknown
from fiel.core.staff import Account, Role
from fiel.web.centre.visits import in_force
from fiel.web.console.session import Session, keep, read, renewed
from fiel.web.console.visits import Console, Room, Tab, Visit, page, proves
from fiel.web.forms import STATUSES, comes_from_here, form_of
from fiel.web.languages import spoken, wished_for

SAID: Final[Mapping[type[FielError], str]] = {
    NotAllowed: "form",
    Unknown: "unknown",
    Conflict: "conflict",
    Malformed: "form",
}
"""The sentence for an error; anything else is said to be over soon."""

HOME: Final = "/console"


def routes_of(console: Console, rooms: Sequence[Room]) -> list[BaseRoute]:
    """The rooms as routes of an application."""
    tabs = {role: tabs_of(rooms, role) for role in Role}
    return [Route(room.path, _Reception(console, room, tabs).meet, methods=[room.method]) for room in rooms]


def tabs_of(rooms: Sequence[Room], role: Role) -> tuple[Tab, ...]:
    """The row at the top for a role: the pages that it may enter, in the order of the table."""
    return tuple((room.tab, room.path) for room in rooms if room.tab and role in room.roles)


class _Reception:
    """Before one room."""

    def __init__(self, console: Console, room: Room, tabs: Mapping[Role, tuple[Tab, ...]]) -> None:
        self._console = console
        self._room = room
        self._tabs = tabs

    async def meet(self, request: Request) -> Response:
        """Answer, or say what went wrong."""
        try:
            form = await form_of(request, largest=self._room.largest) if self._room.method == "POST" else {}
        except FielError as error:
            return await run_in_threadpool(self._problem, request, error)
        return await run_in_threadpool(self._served, request, form)

    def _served(self, request: Request, form: Mapping[str, str]) -> Response:
        try:
            found = read(self._console.house, request)
            visit = self._visit(request, form, found)
            response = self._admitted(visit)
        except FielError as error:
            return self._problem(request, error)
        self._keep(visit, response)
        return response

    def _admitted(self, visit: Visit) -> Response:
        """Into the room, for whoever may enter it; a form must come from a page of this session, at this origin."""
        room = self._room
        if room.open:
            return room.act(visit)
        if visit.who.role not in room.roles:
            return page(visit, "not_yours.html", here="", status=403, roles=sorted(room.roles))
        if room.method == "POST" and not (comes_from_here(visit.request) and proves(visit)):
            raise NotAllowed("the form does not come from a page of this session")
        return room.act(visit)

    def _visit(self, request: Request, form: Mapping[str, str], found: tuple[Session, Account] | None) -> Visit:
        house = self._console.house
        session, member = found or (None, None)
        published = in_force(house)
        wish = form.get("lang") or request.query_params.get("lang") or (session.language if session else None)
        if wish not in spoken(house, published):
            wish = session.language if session else None
        return Visit(
            console=self._console,
            request=request,
            form=form,
            language=wished_for(house, published, wish, accepted=request.headers.get("accept-language", "")),
            session=session,
            member=member,
            tabs=self._tabs[member.role] if member else (),
        )

    def _keep(self, visit: Visit, response: Response) -> None:
        """Renew the cookie of somebody who is in, unless the page itself gave or took one."""
        before = visit.session
        if before is None or "set-cookie" in response.headers:
            return
        now = renewed(self._console.house, before)
        if now != before or visit.language != before.language:
            fresh = replace(now, language=visit.language)
            keep(self._console.house, fresh, request=visit.request, response=response)

    def _problem(self, request: Request, error: FielError) -> Response:
        """What went wrong, on a page; nothing of the request is repeated, and nobody is named."""
        found = None
        if not isinstance(error, NotAuthenticated):
            with suppress(FielError):
                found = read(self._console.house, request)
        visit = self._visit(request, {}, found)
        if isinstance(error, NotAuthenticated):
            return sign_in_first(visit)
        status = STATUSES.get(type(error), 503)
        return page(visit, "problem.html", here="", status=status, says=SAID.get(type(error), "later"))


def sign_in_first(visit: Visit) -> Response:
    """The page for whoever is not in, or no longer: it says so, and how to sign in."""
    nobody = replace(visit, session=None, member=None, tabs=())
    response = page(
        nobody, "sign_in.html", here="", status=401, says="first", sign_on=visit.console.sign_on is not None
    )
    response.headers["WWW-Authenticate"] = 'Form realm="fiel console"'
    return response
