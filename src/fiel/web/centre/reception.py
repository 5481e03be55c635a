"""What stands before every page of the centre: the session, where a form comes from, and what is said when it fails."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from fiel.core.errors import Conflict, FielError, Malformed, NotAllowed, NotAuthenticated, Unknown
from fiel.web.centre.session import Session, cookie_of, keep, proves, read, renewed
from fiel.web.centre.visits import Centre, Room, Visit, in_force, page
from fiel.web.forms import STATUSES, comes_from_here, form_of
from fiel.web.framing import framed_headers, is_framed
from fiel.web.languages import spoken, wished_for
from fiel.web.squeezing import squeezed

SAID: Final[Mapping[type[FielError], str]] = {
    NotAllowed: "form",
    Unknown: "unknown",
    Conflict: "form",
    Malformed: "form",
}
"""The sentence for an error; anything else is said to be over soon."""


def routes_of(centre: Centre, rooms: Sequence[Room]) -> list[BaseRoute]:
    """The rooms as routes of an application."""
    kinds = {True: _InsideOnly, False: Route}
    return [kinds[room.inside_only](room.path, _Reception(centre, room).meet, methods=[room.method]) for room in rooms]


class _InsideOnly(Route):
    """A page for browsers with a session, at a path that others share."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        request = Request(scope)
        led = "text/html" in request.headers.get("accept", "") and cookie_of(request) in request.cookies
        return super().matches(scope) if led and scope["method"] in {"GET", "HEAD"} else (Match.NONE, {})


class _Reception:
    """Before one room."""

    def __init__(self, centre: Centre, room: Room) -> None:
        self._centre = centre
        self._room = room

    async def meet(self, request: Request) -> Response:
        """Answer, or say what went wrong."""
        try:
            form = await form_of(request, lenient=self._room.any_body) if self._room.method == "POST" else {}
        except FielError as error:
            return self._dressed(request, await run_in_threadpool(self._problem, request, error))
        return self._dressed(request, await run_in_threadpool(self._served, request, form))

    def _dressed(self, request: Request, response: Response) -> Response:
        """The response with what the browser is told of frames, and made smaller where that tells nobody anything."""
        if is_framed(request):
            response.headers.update(framed_headers(self._centre.frames, request))
        return squeezed(request, response)

    def _served(self, request: Request, form: Mapping[str, str]) -> Response:
        try:
            session = read(self._centre.house, request)
            if session is None and not self._room.open:
                raise NotAuthenticated("nobody is in")
            visit = self._visit(request, form, session)
            if self._room.method == "POST" and not self._room.open:
                _refuse_from_elsewhere(visit)
            response = self._room.act(visit)
        except FielError as error:
            return self._problem(request, error)
        self._keep(visit, session, response)
        return response

    def _visit(self, request: Request, form: Mapping[str, str], session: Session | None) -> Visit:
        house = self._centre.house
        published = in_force(house)
        wish = form.get("lang") or request.query_params.get("lang") or (session.language if session else None)
        if wish not in spoken(house, published):
            wish = session.language if session else None
        language = wished_for(house, published, wish, accepted=request.headers.get("accept-language", ""))
        return Visit(centre=self._centre, request=request, form=form, language=language, session=session)

    def _keep(self, visit: Visit, before: Session | None, response: Response) -> None:
        """Renew the cookie of somebody who is in, unless the page itself gave or took one."""
        if before is None or "set-cookie" in response.headers:
            return
        now = renewed(self._centre.house, before)
        if now != before or visit.language != before.language:
            fresh = replace(now, language=visit.language)
            keep(self._centre.house, fresh, request=visit.request, response=response)

    def _problem(self, request: Request, error: FielError) -> Response:
        """What went wrong, on a page; nothing of the request is repeated, and nobody is named."""
        session = None
        if not isinstance(error, NotAuthenticated):
            with suppress(FielError):
                session = read(self._centre.house, request)
        visit = self._visit(request, {}, session)
        status = STATUSES.get(type(error), 503)
        if isinstance(error, NotAuthenticated):
            return no_entry(visit)
        return page(visit, "problem.html", here="", status=status, says=SAID.get(type(error), "later"))


def no_entry(visit: Visit) -> Response:
    """The one page for every link that opens nothing, whatever the reason, and for whoever is not in."""
    response = page(replace(visit, session=None), "no_entry.html", here="", status=401, by_mail=visit.house.post.mail)
    response.headers["WWW-Authenticate"] = 'Bearer realm="fiel"'
    return response


def _refuse_from_elsewhere(visit: Visit) -> None:
    """Raise unless a form comes from a page that was made for this session, at this origin."""
    if not comes_from_here(visit.request) or not proves(visit.house, visit.inside, visit.form.get("proof", "")):
        raise NotAllowed("the form does not come from a page of this session")
