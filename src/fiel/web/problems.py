"""What went wrong, as problem details (RFC 9457). Nothing of the request is echoed, and no id is named."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fiel.core.errors import FielError, KeyMissing, Tampered
from fiel.operations.faults import note

_log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"

MUCH_LATER: Final = "3600"
"""Seconds after which to ask again for what was asked for too often."""

RETRY_AFTER: Final = "1"
"""Seconds after which it is worth asking again when the store could not be had."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: the status it goes with, and what it means."""

    status: HTTPStatus
    title: str


KINDS: Final[Mapping[str, Kind]] = {
    "bad_request": Kind(HTTPStatus.BAD_REQUEST, "What was sent cannot be read at all"),
    "not_authenticated": Kind(HTTPStatus.UNAUTHORIZED, "There is no valid key or token"),
    "not_allowed": Kind(HTTPStatus.FORBIDDEN, "The key or token does not cover this"),
    "not_found": Kind(HTTPStatus.NOT_FOUND, "There is nothing at this path"),
    "unknown": Kind(HTTPStatus.NOT_FOUND, "What is named does not exist"),
    "method_not_allowed": Kind(HTTPStatus.METHOD_NOT_ALLOWED, "This path does not take that method"),
    "conflict": Kind(HTTPStatus.CONFLICT, "This contradicts what is recorded"),
    "too_many": Kind(HTTPStatus.TOO_MANY_REQUESTS, "This was asked for too often"),
    "too_large": Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "What was sent is too large"),
    "unsupported_media": Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "What was sent is of a form that is not read here"),
    "malformed": Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "What was sent is not what this takes"),
    "unexpected": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "Something unexpected happened; the log has where"),
    "key_missing": Kind(HTTPStatus.SERVICE_UNAVAILABLE, "A key is not there"),
    "tampered": Kind(HTTPStatus.SERVICE_UNAVAILABLE, "Stored bytes are not what was stored"),
    "unavailable": Kind(HTTPStatus.SERVICE_UNAVAILABLE, "The store cannot do this now; nothing acknowledged was lost"),
    "settings_invalid": Kind(HTTPStatus.SERVICE_UNAVAILABLE, "This server is not set up to do this"),
}
"""Every kind of problem by its code. Here and nowhere else does anybody know which error is which status."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a request, and where (a JSON pointer, RFC 6901)."""

    pointer: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Problem details: `type` is a path of this server, `hint` says what to do."""

    type: str
    title: str
    status: int
    detail: str = ""
    hint: str = ""
    errors: tuple[Fault, ...] = ()


class Refused(FielError):
    """A request that is refused for its form, before any operation sees it. `code` is one of `KINDS`."""

    def __init__(self, code: str, what: str, *, hint: str = "", errors: Sequence[Fault] = ()) -> None:
        """Refuse with a kind of its own."""
        super().__init__(what, hint=hint)
        self.code = code
        self.errors = tuple(errors)


class MethodRefused(Refused):
    """A method that a path does not take; `allowed` are those that it does."""

    def __init__(self, allowed: Sequence[str]) -> None:
        """Refuse the method, and say which ones there are."""
        super().__init__("method_not_allowed", "this path does not take that method")
        self.allowed = tuple(sorted(allowed))


def has_a_page(method: str, path: str) -> bool:
    """Whether a problem is told on a page to whoever accepts one. The API answers programs, and always as it says."""
    return method in {"GET", "HEAD"} and not path.startswith("/v1/")


def malformed(pointer: str, detail: str) -> Refused:
    """The refusal of a body in which one thing is wrong."""
    return Refused("malformed", "the body is not what this takes", errors=[Fault(pointer=pointer, detail=detail)])


def problem_of(error: FielError) -> Response:
    """The answer to an expected error."""
    errors = error.errors if isinstance(error, Refused) else ()
    response = _response(error.code, detail=error.what, hint=error.hint, errors=errors)
    if isinstance(error, MethodRefused):
        response.headers["Allow"] = ", ".join(error.allowed)
    return response


async def on_expected(_request: Request, error: Exception) -> Response:
    """The answer to an error that an operation raised."""
    if not isinstance(error, FielError):
        raise error
    if isinstance(error, KeyMissing | Tampered):
        _log.error("a request met a %s: %s", error.code, error.what)
    return problem_of(error)


async def on_http(_request: Request, error: Exception) -> Response:
    """The answer where the framework itself found no way: a path that leads nowhere, or does not take the method."""
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problem_of(MethodRefused((error.headers or {}).get("Allow", "").split(", ")))
    return problem_of(Refused("not_found", "there is nothing at this path"))


def on_unexpected(error: Exception) -> Response:
    """The answer to what nobody expected: nothing about it leaves the server, and the log has where it happened.

    Not what it said: the message of an unknown error may hold anything that came in.
    """
    note("a request met what nobody expected", error)
    return _response("unexpected", detail="something unexpected happened")


def _response(code: str, *, detail: str, hint: str = "", errors: Sequence[Fault] = ()) -> Response:
    kind = KINDS[code]
    problem = Problem(
        type=f"/problems/{code}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        hint=hint,
        errors=tuple(errors),
    )
    headers = {"Cache-Control": "no-store"}
    if kind.status is HTTPStatus.UNAUTHORIZED:
        # Basic is not offered: a browser would ask for a key, keep it, and send it along with anybody's form.
        headers["WWW-Authenticate"] = 'Bearer realm="fiel"'
    if kind.status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER
    if kind.status is HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = MUCH_LATER
    return Response(msgspec.json.encode(problem), status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)
