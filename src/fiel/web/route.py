"""A route as data: what it takes, what it gives, what a caller must be allowed. The OpenAPI document is made of it."""

import asyncio
import re
import zlib
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.core.scope import Verb
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.web.problems import Fault, Refused
from fiel.web.security import Caller

T = TypeVar("T")

LARGEST_BODY: Final = 512 * 1024
"""Bytes of a request's body, also after it was unpacked."""

_WHERE: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<where>[^`]*)`)?$", re.DOTALL)
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[([^\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request on its way through a route."""

    house: House
    request: Request
    caller: Caller

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str | None:
        """A parameter of the query."""
        return self.request.query_params.get(name)

    def number(self, name: str) -> int | None:
        """A parameter of the query that is a whole number; raises `Refused` for anything else."""
        text = self.asked(name)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,15}", text):
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"`{name}` is a whole number from 0")
        return int(text)

    async def read(self, kind: type[T]) -> T:
        """The body as a wire type; raises `Refused` with a pointer to what is wrong."""
        return decoded(await body_of(self.request), kind)

    def published(self) -> Published:
        """What is in force."""
        with self.house.store.read() as tx:
            return self.house.shelf.now(tx)

    def use_case(self, verb: Verb, name: str) -> UseCase:
        """The use case of that name, if the caller may do this there."""
        case = self.published().use_case(UseCaseId(name))
        self.caller.ask(verb, area=case.area, use_case=case.id)
        return case


Act = Callable[[Call], Awaitable[object]]
"""Answers a response, or a value that becomes one in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One verb and path. `verb` None: open to everybody. `gives` None: not JSON, `media` says what."""

    method: str
    path: str
    act: Act
    about: str
    verb: Verb | None
    takes: type | None = None
    gives: type | None = None
    media: str = "application/json"
    status: HTTPStatus = HTTPStatus.OK
    query: Mapping[str, str] = field(default_factory=dict)


async def done(future: Future[T]) -> T:
    """What a writer's future comes to, without holding up the event loop."""
    return await asyncio.wrap_future(future)


async def settled(future: Future[T]) -> None:
    """Wait until a future is done, whatever it came to: who holds it looks for itself."""
    await asyncio.gather(asyncio.wrap_future(future), return_exceptions=True)


async def body_of(request: Request) -> bytes:
    """The body, unpacked; raises `Refused` before more than `LARGEST_BODY` bytes were taken."""
    if request.headers.get("content-type", "application/json").partition(";")[0].strip() not in {
        "application/json",
        "text/plain",  # what browsers send without asking first
        "",
    }:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON", hint="Content-Type: application/json")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise _too_large()
    return _unpacked(bytes(raw), request.headers.get("content-encoding", "identity"))


def decoded(raw: bytes, kind: type[T]) -> T:
    """Bytes as a wire type. The value that is wrong is never repeated."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "the body is not what this takes", errors=[_fault(str(error))]
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is not JSON") from None


def _fault(said: str) -> Fault:
    found = _WHERE.match(said)
    what, where = (found["what"], found["where"] or "$") if found else (said, "$")
    steps = ("/" + (step[1] or step[2].strip("'\"").replace("...", "*")) for step in _STEP.finditer(where[1:]))
    return Fault(pointer="".join(steps), detail="not one of the words that may stand here" if "enum" in what else what)


def _unpacked(raw: bytes, encoding: str) -> bytes:
    if encoding in {"", "identity"}:
        return raw
    if encoding != "gzip":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body may be packed with gzip, and with nothing else")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(raw, LARGEST_BODY + 1)
    except zlib.error:
        raise Refused(HTTPStatus.BAD_REQUEST, "the body is not packed with gzip") from None
    if len(unpacked) > LARGEST_BODY:
        raise _too_large()
    return unpacked


def _too_large() -> Refused:
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {LARGEST_BODY} bytes")


def json_response(value: object, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A value as JSON, kept by nobody on the way."""
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json", headers=headers)
