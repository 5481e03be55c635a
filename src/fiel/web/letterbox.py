"""`/dev/mail`: the letters of a machine on which one develops, in place of everybody's own mailbox.

Only `fiel demo`, and `fiel serve --letterbox` on this machine's own address, have it: whoever reads a letter is let in
as its reader.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fiel.ports import Letterbox, Posted
from fiel.web.templating import templates

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_AS_IT_IS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation allow-popups",
    "Cache-Control": "no-store",
}
"""A letter has its style in itself, as in a mail program, and may load and run nothing."""


def letterbox_routes(letterbox: Letterbox) -> Sequence[BaseRoute]:
    """The pages over one folder of letters."""

    def all_(_request: Request) -> Response:
        return _page("letterbox.html", letters=letterbox.all())

    def one(request: Request) -> Response:
        letter = _found(letterbox, request)
        return _missing() if letter is None else _page("letter.html", letter=letter)

    def html(request: Request) -> Response:
        letter = _found(letterbox, request)
        return _missing() if letter is None else HTMLResponse(letter.html, headers=dict(_AS_IT_IS))

    return [
        Route("/dev/mail", all_),
        Route("/dev/mail/{name}", one),
        Route("/dev/mail/{name}/html", html),
    ]


def _found(letterbox: Letterbox, request: Request) -> Posted | None:
    return letterbox.find(request.path_params["name"])


def _page(template: str, **values: object) -> Response:
    return HTMLResponse(templates().get_template(template).render(**values), headers=dict(HEADERS))


def _missing() -> Response:
    return PlainTextResponse("there is no such letter any more", status_code=404, headers=dict(HEADERS))
