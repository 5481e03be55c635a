"""What went wrong, as problem details (RFC 9457). Nothing of the request is echoed, and no id is named."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fiel.core.errors import (
    Conflict,
    FielError,
    KeyMissing,
    Malformed,
    NotAllowed,
    NotAuthenticated,
    SettingsInvalid,
    Tampered,
    Unavailable,
    Unknown,
)

_log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"

STATUSES: Final[Mapping[type[FielError], HTTPStatus]] = {
    Malformed: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unknown: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    KeyMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    Tampered: HTTPStatus.SERVICE_UNAVAILABLE,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    SettingsInvalid: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Which error is which status. Here and nowhere else does anybody know both."""

RETRY_AFTER: Final = "1"
"""Seconds after which it is worth asking again when the store could not be had."""


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
    """A request that is refused for its form, before any operation sees it."""

    code = "refused"

    def __init__(self, status: HTTPStatus, what: str, *, hint: str = "", errors: Sequence[Fault] = ()) -> None:
        """Refuse with a status of its own."""
        super().__init__(what, hint=hint)
        self.status = status
        self.errors = tuple(errors)


def problem_of(error: FielError) -> Response:
    """The answer to an expected error."""
    status = error.status if isinstance(error, Refused) else STATUSES.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    errors = error.errors if isinstance(error, Refused) else ()
    return _response(status, code=error.code, detail=error.what, hint=error.hint, errors=errors)


async def on_expected(_request: Request, error: Exception) -> Response:
    """The answer to an error that an operation raised."""
    if not isinstance(error, FielError):
        raise error
    if isinstance(error, KeyMissing | Tampered):
        _log.error("a request met a %s: %s", error.code, error.what)
    return problem_of(error)


async def on_unexpected(_request: Request, _error: Exception) -> Response:
    """The answer to what nobody expected: nothing about it leaves the server."""
    return _response(HTTPStatus.INTERNAL_SERVER_ERROR, code="unexpected", detail="something unexpected happened")


def not_found() -> Response:
    """The answer to a path that leads nowhere."""
    return _response(HTTPStatus.NOT_FOUND, code="unknown", detail="there is nothing at this path")


def not_allowed(allowed: Sequence[str]) -> Response:
    """The answer to a method that a path does not take."""
    response = _response(HTTPStatus.METHOD_NOT_ALLOWED, code="refused", detail="this path does not take that method")
    response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _response(status: HTTPStatus, *, code: str, detail: str, hint: str = "", errors: Sequence[Fault] = ()) -> Response:
    problem = Problem(
        type=f"/problems/{code}",
        title=status.phrase,
        status=status,
        detail=detail,
        hint=hint,
        errors=tuple(errors),
    )
    headers = {"Cache-Control": "no-store"}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="fiel", Basic realm="fiel"'
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER
    return Response(msgspec.json.encode(problem), status_code=status, media_type=MEDIA_TYPE, headers=headers)
