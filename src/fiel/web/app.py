"""The application: every request is guarded, led to its route, let in or not, and answered."""

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from fiel.core.errors import FielError
from fiel.operations.audit import Audits
from fiel.operations.house import House
from fiel.operations.sample import Showcase
from fiel.operations.tally import Tallies
from fiel.ports import SingleSignOn
from fiel.web.api import ROUTES
from fiel.web.api.documents import describing
from fiel.web.api.segment import key_inside
from fiel.web.centre.rooms import centre_routes
from fiel.web.centre.visits import Centre
from fiel.web.console.rooms import console_routes
from fiel.web.console.visits import Console
from fiel.web.guard import Guard
from fiel.web.pages import told_to_readers
from fiel.web.problems import on_expected, on_http
from fiel.web.route import Call, Route, body_of, json_response
from fiel.web.security import Believe, Caller, Door, Stranger, admit, refuse_server_key
from fiel.web.switchboard import Switchboard


def make_app(
    house: House,
    *,
    verify_subject: Believe,
    more: Sequence[BaseRoute] = (),
    sign_on: SingleSignOn | None = None,
    frames: tuple[str, ...] = (),
) -> Starlette:
    """The application over a house.

    `verify_subject` says whom a subject token proves; `more` are routes of a demo. `sign_on`: where the staff may sign
    in elsewhere. `frames`: the origins whose pages may hold the preference centre in a frame.
    """
    centre = Centre(house=house, believe=verify_subject, showcase=Showcase(house), frames=frames)
    console = Console(house=house, tallies=Tallies(house), audits=Audits(house), sign_on=sign_on)
    app = Starlette(
        routes=[
            *centre_routes(centre),
            *console_routes(console),
            Switchboard((*ROUTES, describing(ROUTES)), _Reception(house, Door(house, believe=verify_subject))),
            *more,
        ],
        exception_handlers={
            FielError: told_to_readers(house, on_expected),
            HTTPException: told_to_readers(house, on_http),
        },
        middleware=[Middleware(Guard)],
    )
    app.router.redirect_slashes = False
    return app


class _Reception:
    """Lets each request in, or not, before its route is entered."""

    def __init__(self, house: House, door: Door) -> None:
        self._house = house
        self._door = door

    async def __call__(self, route: Route, request: Request, parts: Mapping[str, str]) -> Response:
        """Answer a request through its route."""
        # A key that comes inside the body is found there first; otherwise nobody's body is read before they are let in.
        inside = route.key_inside and "authorization" not in request.headers
        early = await body_of(route, request) if inside else None
        admitted = admit(self._met(route, request, parts=parts, early=early), route.leave)
        raw = await body_of(route, request) if early is None else early
        call = Call(house=self._house, request=request, route=route, admitted=admitted, parts=parts, raw=raw)
        answer = await route.act(call)
        return answer if isinstance(answer, Response) else json_response(answer, status=route.status)

    def _met(self, route: Route, request: Request, *, parts: Mapping[str, str], early: bytes | None) -> Caller:
        if route.leave.verb is None:
            return Stranger()
        if "key" in parts:
            refuse_server_key(parts["key"])
        key = parts.get("key") or (key_inside(early) if early is not None else None)
        return self._door.meet(request.headers, key=key, basic=route.key_inside)
