"""What every answer carries, what a fault says, and what the log holds: nothing of anybody, ever."""

import asyncio
import logging
from collections.abc import Mapping

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from fiel.core.errors import Conflict, FielError, KeyMissing, Malformed, Tampered, Unavailable, Unknown
from fiel.web.api import ROUTES
from fiel.web.app import make_app
from fiel.web.openapi import problems_of
from fiel.web.problems import KINDS
from fiel.web.route import Route
from tests.laws.world import PICKS
from tests.web.asking import AS_ANA, NOBODY, SERVER, Asking, Headers, bearer, path_of
from tests.web.serving import believe, open_doors

CANARY = "ana.canary@example.com"

PROTECTING = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def ask() -> Asking:
    """One house."""
    return Asking()


def faulty(error: Exception) -> TestClient:
    """A client before an application with a route of a demo that fails."""

    async def fail(_request: Request) -> Response:
        raise error

    app = make_app(open_doors().house, verify_subject=believe, more=[StarletteRoute("/demo/{who}", fail)])
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize("headers", [NOBODY, SERVER])
def test_every_answer_protects_its_reader(ask: Asking, route: Route, headers: Headers) -> None:
    """Whatever is answered is read as what it is, framed by nobody, and kept by nobody, unless it is a style sheet."""
    answer = ask(route.method, path_of(route), headers, json=route.example)
    assert {name: answer.headers[name] for name in PROTECTING} == PROTECTING
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == (
        "max-age=3600" if answer.headers["content-type"][:8] == "text/css" else "no-store"
    )


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/v1/track", SERVER), ("/v1/batch", SERVER), ("/v1/decide", SERVER), ("/v1/track", NOBODY)],
)
def test_who_hangs_up_is_no_fault_of_the_server(
    ask: Asking, caplog: pytest.LogCaptureFixture, *, path: str, headers: Headers
) -> None:
    """A client that goes away in the midst of its body is one line in the log, and no error; nothing is answered."""
    caplog.set_level(logging.INFO)
    sent = hung_up(ask.app, path, headers=headers)
    assert sent == []
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    assert [record.getMessage().rpartition(" ")[0].rpartition(" ")[0] for record in caplog.records] == [
        f"POST {path} 499"
    ]


def hung_up(app: ASGIApp, path: str, *, headers: Headers) -> list[Message]:
    """What is sent to a client that goes away behind the first half of its body."""
    sent: list[Message] = []
    coming: list[Message] = [
        {"type": "http.request", "body": b'{"userId": ', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    shown = {"content-type": "application/json", **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in shown.items()],
    }

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return sent


def test_a_fault_too_protects_its_reader() -> None:
    """What nobody expected is a problem like any other: the headers are there, and what happened is not."""
    answer = faulty(RuntimeError(CANARY)).get(f"/demo/{CANARY}")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/unexpected",
        "title": "Something unexpected happened; the log has where",
        "status": 500,
        "detail": "something unexpected happened",
    }
    assert {name: answer.headers[name] for name in PROTECTING} == PROTECTING


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Malformed("x"), 422, "malformed"),
        (Unknown("x"), 404, "unknown"),
        (Conflict("x"), 409, "conflict"),
        (KeyMissing("x"), 503, "key_missing"),
        (Tampered("x"), 503, "tampered"),
        (Unavailable("x"), 503, "unavailable"),
        (HTTPException(404), 404, "not_found"),
        (HTTPException(405, headers={"Allow": "GET"}), 405, "method_not_allowed"),
    ],
)
def test_every_error_has_its_answer(error: Exception, status: int, code: str) -> None:
    """Each kind of error is a problem of its own, and what may pass says when to ask again."""
    answer = faulty(error).get("/demo/x")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert (answer.headers.get("retry-after") == "1") == (status == 503)


def test_every_error_of_the_core_is_a_kind_of_problem() -> None:
    """No error can be raised that has no status here, and each problem's type is a page that says what it means."""
    errors = {kind.code for kind in FielError.__subclasses__() if kind.__module__ == "fiel.core.errors"}
    assert errors <= KINDS.keys()
    ask = Asking()
    for code, kind in KINDS.items():
        page = ask("GET", f"/problems/{code}", NOBODY)
        assert (page.status, page.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert kind.title in page.content.decode()
    assert ask("GET", "/problems/nothing", NOBODY).status == 404


SENT: tuple[tuple[str, str, object], ...] = (
    ("GET", f"/v1/subjects/user:{CANARY}/nothing", None),
    ("GET", f"/v1/subjects/{CANARY}/choices", None),
    ("PUT", f"/v1/subjects/user:{CANARY}/choices/{PICKS}", {"status": CANARY}),
    ("PUT", f"/v1/subjects/user:{CANARY}/choices/{PICKS}", {"status": "given", CANARY: CANARY}),
    ("PUT", f"/v1/subjects/user:{CANARY}/choices/{PICKS}", {"status": "given", "level": "context", "notice": CANARY}),
    ("PUT", f"/v1/subjects/user:{CANARY}/choices/{CANARY}", {"status": "refused"}),
    ("DELETE", f"/v1/subjects/user:{CANARY}/choices/{PICKS}?language={CANARY[:16]}", None),
    ("PATCH", f"/v1/subjects/user:{CANARY}", None),
    ("POST", "/v1/decide", {"use_case": CANARY, "subject": {"user_id": CANARY}}),
    ("POST", "/v1/decide", {"use_case": PICKS, "subject": {"user_id": CANARY + "\n"}}),
    ("POST", "/v1/decide", {"use_case": PICKS, "subject": {"user_id": CANARY}, "language": CANARY[:16]}),
    ("POST", "/v1/decide", {"use_case": PICKS, "subject": {"user_id": CANARY}, "context": {CANARY: [CANARY, 1]}}),
    ("POST", "/v1/outcomes", {"decision_id": CANARY, "reward": 1}),
    ("PUT", "/v1/items", [{"id": CANARY, "title": {"es": CANARY}}]),
    ("GET", f"/v1/items/{CANARY}", None),
    ("GET", f"/why/{CANARY}", None),
    ("GET", f"/problems/{CANARY}", None),
    ("GET", f"/v1/ledger/inclusion?entry={CANARY}", None),
    ("GET", f"/{CANARY}", None),
)


@pytest.mark.parametrize("sent", SENT, ids=range(len(SENT)))
@pytest.mark.parametrize("headers", [SERVER, AS_ANA, bearer(CANARY), {"Authorization": CANARY}], ids=range(4))
def test_no_error_repeats_what_was_sent(
    ask: Asking, caplog: pytest.LogCaptureFixture, *, sent: tuple[str, str, object], headers: Mapping[str, str]
) -> None:
    """Neither an error's body and headers nor any line of the log holds an id, a value or a key that came in."""
    caplog.set_level(logging.DEBUG, "fiel")
    method, path, body = sent
    answer = ask(method, path, dict(headers), json=body)
    assert answer.status >= 400
    assert CANARY.encode() not in answer.content
    assert CANARY not in repr(dict(answer.headers))
    assert CANARY[:16] not in answer.content.decode()
    assert caplog.records
    assert CANARY not in caplog.text


def test_the_log_holds_templates(ask: Asking, caplog: pytest.LogCaptureFixture) -> None:
    """A request is logged by its method, the template of its route, its status and its time, and by nothing else."""
    caplog.set_level(logging.INFO, "fiel.access")
    ask("GET", f"/v1/subjects/user:{CANARY}/choices")
    ask("GET", "/nowhere")
    ask("BREWCANARY", "/livez")
    lines = [record.getMessage().rpartition(" ")[0].rpartition(" ")[0] for record in caplog.records]
    assert lines == ["GET /v1/subjects/{id}/choices 200", "GET - 404", "? /livez 405"]


def test_what_nobody_expected_is_logged_by_its_place(caplog: pytest.LogCaptureFixture) -> None:
    """The log has where a fault happened and of which type it was, and not what it said."""
    faulty(KeyError(CANARY)).get(f"/demo/{CANARY}")
    assert "KeyError" in caplog.text
    assert "test_guard.py" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_problem_of_a_route_is_known(route: Route) -> None:
    """A route names only kinds of problems that there are."""
    assert problems_of(route) <= KINDS.keys()
