"""A route as data: whom it lets in, what it takes, what it gives. The OpenAPI document is made of nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Set
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fiel.core.ids import Identifier, UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.web.bodies import JSON, decoded, fault_of, take
from fiel.web.problems import Refused
from fiel.web.security import Admitted, Leave

T = TypeVar("T")

LARGEST_BODY: Final = 64 * 1024
"""Bytes of a request's body, also after it was unpacked, where a route does not say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that was let in, on its way through a route. `parts` are those of the path, each decoded once."""

    house: House
    request: Request
    route: "Route"
    admitted: Admitted
    parts: Mapping[str, str]
    raw: bytes = b""

    def read(self, kind: type[T]) -> T:
        """The body as the wire type that the route declares; raises `Refused` with a pointer to what is wrong."""
        if kind is not self.route.takes:
            raise TypeError(f"{self.route.method} {self.route.path} does not declare that it takes {kind}")
        return decoded(self.raw, kind)

    def asked(self, kind: type[T]) -> T:
        """The query as the wire type that the route declares."""
        if kind is not self.route.query:
            raise TypeError(f"{self.route.method} {self.route.path} does not declare that it asks for {kind}")
        try:
            return msgspec.convert(dict(self.request.query_params), kind, strict=False)
        except msgspec.ValidationError as error:
            raise Refused("malformed", "the query is not what this takes", errors=[fault_of(error)]) from None

    def published(self) -> Published:
        """What is in force."""
        with self.house.store.read() as tx:
            return self.house.shelf.now(tx)

    def use_case(self) -> UseCase:
        """The use case that the path names, if the caller may do this there; raises `Unknown` or `NotAllowed`."""
        case = self.published().use_case(UseCaseId(self.parts["use_case"]))
        self.admitted.ask(case)
        return case

    def subject(self) -> Identifier:
        """The person whom the path names, if the caller may speak of them."""
        return self.admitted.subject(self.parts["id"])


Act = Callable[[Call], Awaitable[object]]
"""Answers a response, or a value that becomes one in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One verb and path, and all that is true of it.

    `gives` None: not JSON, `media` says what. `empty_allowed`: the body may be left out. `headers`: those it heeds,
    with what they are for. `example` is a body it takes, `shows` one it gives.
    """

    method: str
    path: str
    act: Act
    about: str
    leave: Leave
    takes: type | None = None
    reads: Set[str] = JSON
    largest: int = LARGEST_BODY
    empty_allowed: bool = False
    key_inside: bool = False
    query: type | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    gives: type | None = None
    media: str = "application/json"
    other_media: str = ""
    status: HTTPStatus = HTTPStatus.OK
    problems: Set[str] = frozenset()
    example: object = None
    shows: object = None

    @property
    def steps(self) -> tuple[str, ...]:
        """The parts between the slashes, those in braces to be filled."""
        return tuple(self.path.removeprefix("/").split("/"))


async def body_of(route: Route, request: Request) -> bytes:
    """The body that a route takes."""
    return b"" if route.takes is None else await take(request, largest=route.largest, media=route.reads)


async def done(future: Future[T]) -> T:
    """What a writer's future comes to, without holding up the event loop.

    A caller who goes away does not take back what was handed to the writer.
    """
    return await asyncio.shield(asyncio.wrap_future(future))


async def settled(future: Future[T]) -> None:
    """Wait until a future is done, whatever it came to: who holds it looks for itself."""
    with suppress(Exception):
        await done(future)


def json_response(value: object, *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A value as JSON, kept by nobody on the way."""
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json", headers=headers)
