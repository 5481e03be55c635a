"""`Idempotency-Key`: done once, answered the same, each caller for themselves; and what is kept tells nobody an id."""

from dataclasses import replace

import pytest
from starlette.requests import Request

from fiel.core.scope import Verb
from fiel.ports import Once
from fiel.testing.seals import MemoryNames
from fiel.web.api import ROUTES
from fiel.web.idempotency import once
from fiel.web.route import Call
from fiel.web.security import Admitted
from tests.laws.world import CARD, PICKS
from tests.web.asking import AS_ANA, AS_BEA, SERVER, Asking, Headers, only

CHOICE = f"/v1/subjects/user:ana/choices/{PICKS}"
KEY = "3f6c6e1e-9a0b-4c55-8f0e-5a4c1f4bb0a7"


@pytest.fixture
def ask() -> Asking:
    """A house in which nobody has chosen yet."""
    return Asking()


def keyed(headers: Headers, key: str = KEY) -> Headers:
    """The same caller with an Idempotency-Key."""
    return headers | {"Idempotency-Key": key}


def test_the_same_request_is_done_once(ask: Asking) -> None:
    """A yes that is sent again leaves one entry, and its answer is the same, marked as given before."""
    first, again = ask.give(keyed(AS_ANA)), ask.give(keyed(AS_ANA))
    assert again.content == first.content
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
    assert len(ask("GET", "/v1/subjects/me/receipts", AS_ANA).json["receipts"]) == 1


def test_without_a_key_every_request_counts(ask: Asking) -> None:
    """The control: the same request without a key leaves an entry each time."""
    ask.give()
    ask.give()
    assert len(ask("GET", "/v1/subjects/me/receipts", AS_ANA).json["receipts"]) == 2


def test_a_key_is_for_one_request(ask: Asking) -> None:
    """The same key with another body, path or query is a conflict, and changes nothing."""
    ask.give(keyed(AS_ANA))
    for answer in (
        ask.give(keyed(AS_ANA), level="context"),
        ask("DELETE", CHOICE, keyed(AS_ANA)),
        ask("POST", f"/v1/subjects/user:ana/objections/{CARD}", keyed(AS_ANA)),
    ):
        assert (answer.status, answer.problem) == (409, "conflict")
    assert ask.decide().json["allowed"] == "observed"


def test_a_key_is_its_callers_own(ask: Asking) -> None:
    """Two callers may use the same key without meeting."""
    ask.give(keyed(AS_ANA))
    assert ask("DELETE", f"/v1/subjects/me/choices/{PICKS}", keyed(AS_BEA)).status == 200
    assert ask("DELETE", CHOICE, keyed(SERVER)).status == 200
    assert ask.give(keyed(only(Verb.CHOICES))).status == 200


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "a\tb", 'a"b', '"'])
def test_a_key_that_is_none_is_told_so(ask: Asking, key: str) -> None:
    """A key is one to 255 printable characters, in quotes or not."""
    assert ask("DELETE", CHOICE, keyed(AS_ANA, key)).status == 400
    assert ask("DELETE", CHOICE, keyed(AS_ANA, f'"{KEY}"')).status == 200


def test_what_is_kept_of_a_request_tells_nobody_an_id(ask: Asking) -> None:
    """Both digests that are kept hang on a key of the house, so that nobody who guesses an id can make them again."""
    ours, again, theirs = (_digests(ask, root=root) for root in (b"ours", b"ours", b"theirs"))
    assert ours == again
    assert (ours.key != theirs.key, ours.request != theirs.request) == (True, True)


def _digests(ask: Asking, *, root: bytes) -> Once:
    """What would be kept of one request in a house with that root."""
    route = next(route for route in ROUTES if (route.method, route.path) == ("DELETE", "/v1/subjects/{id}"))
    scope = {
        "type": "http",
        "method": "DELETE",
        "path": "/",
        "query_string": b"",
        "server": ("x", 80),
        "scheme": "http",
    }
    call = Call(
        house=replace(ask.house, names=MemoryNames(root)),
        request=Request(scope | {"headers": [(b"idempotency-key", b"1")]}),
        route=route,
        admitted=Admitted(verb=Verb.RIGHTS, whose=b"user:ana"),
        parts={"id": "user:ana"},
    )
    made = once(call)
    assert made is not None
    return made
