"""What an answer keeps to itself: errors repeat nothing, the log names routes, the guard stands before all."""

import logging
from collections.abc import Iterator

import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.testclient import TestClient

from fiel.web.api import ROUTES
from fiel.web.app import make_app
from fiel.web.guard import HEADERS
from fiel.web.route import Route
from tests.web.serving import Doors, believe, open_doors, say_yes

CANARY = "canary.of.ana@example.com"

SENT = [route for route in ROUTES if isinstance(route.example, dict | list)]


@pytest.fixture(scope="module")
def doors() -> Doors:
    """One house, in which Ana said yes."""
    doors = open_doors()
    say_yes(doors.house)
    return doors


def spoilt(value: object) -> Iterator[object]:
    """Copies of a body, each with the canary in the place of one value, or as the name of one field."""
    if isinstance(value, dict):
        yield {**value, CANARY: CANARY}
        for name, inner in value.items():
            yield {CANARY if key == name else key: each for key, each in value.items()}
            yield from ({**value, name: each} for each in spoilt(inner))
    elif isinstance(value, list):
        yield from ([each, *value[1:]] for inner in value[:1] for each in spoilt(inner))
    yield CANARY
    yield [CANARY]
    yield {CANARY: {CANARY: [CANARY]}}


def filled(route: Route, part: str) -> str:
    """The path of a route with one thing in all its open places."""
    return "/" + "/".join(part if step.startswith("{") else step for step in route.steps)


def is_silent(content: bytes, status: int, log: str) -> bool:
    """Whether nothing of a request stands in an error or in the log."""
    return CANARY not in log and (status < 400 or CANARY.encode() not in content)


@pytest.mark.parametrize("route", SENT, ids=lambda route: f"{route.method} {route.path}")
def test_no_error_repeats_what_was_sent(doors: Doors, route: Route, caplog: pytest.LogCaptureFixture) -> None:
    """Wherever in a body a canary stands, as a value or as a name, no error and no line of the log has it."""
    caplog.set_level(logging.DEBUG, logger="fiel")
    path = (
        filled(route, "user:ana")
        .replace("choices/user:ana", "choices/picks")
        .replace("objections/user:ana", "objections/card")
    )
    refused = 0
    with TestClient(doors.app, raise_server_exceptions=False) as client:
        for body in spoilt(route.example):
            sent = msgspec.json.encode(body)
            headers = {"Content-Type": "application/json", **doors.as_server}
            answer = client.request(route.method, path, content=sent, headers=headers)
            assert answer.status_code < 500
            assert is_silent(answer.content, answer.status_code, caplog.text)
            refused += answer.status_code >= 400
    assert refused >= 1


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_answer_or_line_names_what_a_path_or_header_says(
    doors: Doors, route: Route, caplog: pytest.LogCaptureFixture
) -> None:
    """A canary in path, query and headers is in no error; the log has the template; the guard's headers are there."""
    caplog.set_level(logging.DEBUG, logger="fiel")
    shown: tuple[dict[str, str], ...] = (
        {},
        doors.as_server,
        {"Authorization": f"Bearer {CANARY}"},
        {"Authorization": f"Basic {CANARY}"},
    )
    said = {"Idempotency-Key": CANARY, "Prefer": CANARY, "Accept-Language": CANARY, "Content-Encoding": CANARY}
    with TestClient(doors.app, raise_server_exceptions=False) as client:
        for headers in (*shown, {"X-Fiel-Subject": CANARY}, doors.as_server | said):
            for part in (CANARY, f"user:{CANARY}"):
                path = f"{filled(route, part)}?lang={CANARY}&entry={CANARY}&interface={CANARY}"
                answer = client.request(route.method, path, headers=headers, content=None)
                assert answer.status_code < 500
                assert is_silent(answer.content, answer.status_code, caplog.text)
                assert {name.decode() for name in HEADERS} <= set(answer.headers)
    assert f"{route.method} {route.path} " in caplog.text


@pytest.mark.parametrize(
    "shown", [b"Basic \xe9", b"Basic \xff\xfe=", b"Basic /w==", b"Bearer \xe9", b"Bearer fiel_sk_\xff"]
)
@pytest.mark.parametrize("path", ["/v1/track", "/v1/decide"])
def test_credentials_of_strange_bytes_are_not_good(doors: Doors, path: str, shown: bytes) -> None:
    """A header that is not ASCII, not base64 or not UTF-8 is a 401 like any other that is not good."""
    with TestClient(doors.app, raise_server_exceptions=False) as client:
        answer = client.post(path, content=b"{}", headers={b"authorization": shown})
    assert answer.status_code == 401


def test_what_leads_nowhere_is_guarded_too(doors: Doors, caplog: pytest.LogCaptureFixture) -> None:
    """A path without a route is in no answer and no log, and its answer has the headers of all others."""
    caplog.set_level(logging.DEBUG, logger="fiel")
    with TestClient(doors.app) as client:
        answer = client.get(f"/{CANARY}/{CANARY}")
    assert answer.status_code == 404
    assert is_silent(answer.content, answer.status_code, caplog.text)
    assert {name.decode() for name in HEADERS} <= set(answer.headers)


def test_a_route_that_repeats_is_found(doors: Doors, caplog: pytest.LogCaptureFixture) -> None:
    """The control: a planted route that echoes a path in its error, and one that logs it, are not silent."""
    caplog.set_level(logging.DEBUG, logger="fiel")

    async def echoing(request: Request) -> Response:
        return Response(request.url.path, status_code=404)

    async def logging_it(request: Request) -> Response:
        logging.getLogger("fiel.planted").info("%s", request.url.path)
        return Response(status_code=404)

    more = [StarletteRoute("/echo/{part}", echoing), StarletteRoute("/log/{part}", logging_it)]
    app = make_app(doors.house, verify_subject=believe, more=more)
    with TestClient(app) as client:
        echoed = client.get(f"/echo/{CANARY}")
        assert not is_silent(echoed.content, echoed.status_code, caplog.text)
        logged = client.get(f"/log/{CANARY}")
    assert CANARY.encode() not in logged.content
    assert not is_silent(logged.content, logged.status_code, caplog.text)
