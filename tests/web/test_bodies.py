"""What may be sent, how much of it, and what is said of the rest."""

import gzip
import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.web.api import ROUTES
from fiel.web.api.segment import LARGEST_BATCH, MOST_EVENTS
from fiel.web.bodies import decoded, fault_of
from fiel.web.problems import Refused
from fiel.web.route import LARGEST_BODY, Route
from tests.laws.world import PICKS
from tests.web.asking import NOBODY, SERVER, Asking, path_of

TAKING = [route for route in ROUTES if route.takes is not None]
CHOICE = f"/v1/subjects/user:ana/choices/{PICKS}"
PACKED = gzip.compress(b"{}", mtime=0)
CANARY = "ana.canary@example.com"


@pytest.fixture(scope="module")
def ask() -> Asking:
    """One house: whatever is refused here changes nothing."""
    return Asking()


@pytest.mark.parametrize("route", TAKING, ids=lambda route: route.path)
@pytest.mark.parametrize(
    "raw", [b"{", b"nonsense", b"{'a': 1}", b'{"a": 1,}', b"\xff\xfe", b'"\\ud800"', b"[" * 50_000]
)
def test_what_is_not_json_is_told_so(ask: Asking, route: Route, raw: bytes) -> None:
    """Broken JSON is a 400, wherever it is sent, and however deep it is nested."""
    answer = ask(route.method, path_of(route), raw=raw[: route.largest])
    assert (answer.status, answer.problem) == (400, "bad_request")


@pytest.mark.parametrize("route", TAKING, ids=lambda route: route.path)
def test_a_body_that_is_missing_is_told_so(ask: Asking, route: Route) -> None:
    """An empty body is none, except for an objection, which needs no words."""
    answer = ask(route.method, path_of(route), raw=b"")
    assert (answer.status == 400) != route.empty_allowed


@pytest.mark.parametrize("route", TAKING, ids=lambda route: route.path)
@pytest.mark.parametrize("packed", [False, True])
def test_a_body_that_is_too_large_is_not_taken(ask: Asking, route: Route, *, packed: bool) -> None:
    """More than a route takes is a 413, packed or not, and a bomb is never unpacked whole."""
    raw = b" " * (route.largest + 1)
    headers = SERVER | ({"Content-Encoding": "gzip"} if packed else {})
    answer = ask(route.method, path_of(route), headers, raw=gzip.compress(raw) if packed else raw)
    assert (answer.status, answer.problem) == (413, "too_large")


def test_a_bomb_is_defused(ask: Asking) -> None:
    """Two hundred megabytes in two hundred kilobytes are refused like anything that is too large."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    assert len(bomb) < LARGEST_BATCH
    assert ask("POST", "/v1/batch", SERVER | {"Content-Encoding": "gzip"}, raw=bomb).status == 413


@pytest.mark.parametrize(
    ("encoding", "raw", "status"),
    [
        ("gzip", PACKED, 200),
        ("GZIP", PACKED, 200),
        ("identity", b"{}", 200),
        ("gzip", b"{}", 400),
        ("gzip", PACKED[:-9], 400),
        ("gzip", zlib.compress(b"{}"), 400),
        ("br", b"{}", 415),
        ("gzip, gzip", b"{}", 415),
        ("deflate", zlib.compress(b"{}"), 415),
    ],
    ids=range(9),
)
def test_a_body_is_packed_with_gzip_or_not_at_all(ask: Asking, *, encoding: str, raw: bytes, status: int) -> None:
    """What is packed must be whole, and packed as it says."""
    assert ask("POST", "/v1/track", SERVER | {"Content-Encoding": encoding}, raw=raw).status == status


@pytest.mark.parametrize("route", TAKING, ids=lambda route: route.path)
@pytest.mark.parametrize("media", ["text/plain", "text/plain;charset=UTF-8", "application/xml", "multipart/form-data"])
def test_a_form_of_another_page_is_not_taken(ask: Asking, route: Route, media: str) -> None:
    """What a browser sends without asking first (RFC 6454) reaches collecting alone, which proves nobody."""
    plain = media.startswith("text/plain") and "/v1/" in route.path and route.key_inside
    answer = ask(route.method, path_of(route), SERVER | {"Content-Type": media}, raw=msgspec.json.encode(route.example))
    assert (answer.status == 415) != plain


def test_nobodys_body_is_read_before_they_are_let_in(ask: Asking) -> None:
    """Who may not ask is told so, however much they send."""
    assert ask("PUT", CHOICE, NOBODY, raw=b" " * (LARGEST_BODY + 1)).status == 401
    assert ask("POST", "/v1/track", {"Authorization": "Bearer fiel_sk_x"}, raw=b" " * (LARGEST_BATCH + 1)).status == 401


def test_a_batch_holds_so_many_events(ask: Asking) -> None:
    """One event more than that is too many."""
    assert ask("POST", "/v1/batch", json={"batch": [{}] * MOST_EVENTS}).status == 200
    assert ask("POST", "/v1/batch", json={"batch": [{}] * (MOST_EVENTS + 1)}).status == 413


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({}, "", "object missing required field `status`"),
        ({"status": 3}, "/status", "expected `str`, got `int`"),
        ({"status": CANARY}, "/status", "not one of the words that may stand here"),
        ({"status": "given", "level": CANARY}, "/level", "not one of the words that may stand here"),
        ({"status": "given", CANARY: True}, "", "there is a field that is not read here"),
        ({"status": "refused", "interface": ""}, "/interface", "expected `str` of length >= 1"),
        ({"status": "refused", "interface": CANARY * 9}, "/interface", "expected `str` of length <= 64"),
        ([], "", "expected `object`, got `array`"),
    ],
)
def test_a_pointer_shows_what_is_wrong(ask: Asking, *, body: object, pointer: str, detail: str) -> None:
    """What is wrong with a body is told by where it is, in words of ours, and nothing of it is repeated."""
    answer = ask("PUT", CHOICE, json=body)
    assert (answer.status, answer.problem) == (422, "malformed")
    assert answer.json["errors"] == [{"pointer": pointer, "detail": detail}]
    assert CANARY.encode() not in answer.content


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"use_case": PICKS, "subject": {"user_id": "ana", CANARY: 1}}, "/subject"),
        ({"use_case": PICKS, "subject": {"user_id": ""}}, "/subject/user_id"),
        ({"use_case": PICKS, "subject": {}}, "/subject"),
        ({"use_case": PICKS}, "/subject"),
        ({"use_case": PICKS, "subject": {"user_id": "ana", "anonymous_id": "x"}}, "/subject"),
        ({"use_case": PICKS, "subject": {"user_id": "ana"}, "context": {CANARY: {CANARY: 1}}}, "/context"),
        ({"use_case": PICKS, "subject": {"user_id": "ana"}, "candidates": ["cup", 3]}, "/candidates/1"),
        ({"use_case": PICKS, "subject": {"user_id": "ana"}, "limit": 0}, "/limit"),
        ({"use_case": PICKS, "subject": {"user_id": "ana"}, "limit": 101}, "/limit"),
        ({"use_case": PICKS, "subject": {"user_id": "ana"}, "signals": {"dnt": True}}, "/signals"),
    ],
)
def test_a_pointer_ends_where_the_senders_own_words_begin(ask: Asking, body: object, pointer: str) -> None:
    """A place is named by the wire's own fields and by numbers, never by a key that was sent."""
    answer = ask("POST", "/v1/decide", json=body)
    assert answer.status == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]
    assert CANARY.encode() not in answer.content


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", ""),
        ("?entry=-1", "/entry"),
        ("?entry=x", "/entry"),
        (f"?entry=0&size={CANARY}", "/size"),
        ("?entry=", "/entry"),
    ],
)
def test_a_query_is_read_like_a_body(ask: Asking, query: str, pointer: str) -> None:
    """A parameter that is missing or no number is told by its name."""
    answer = ask("GET", f"/v1/ledger/inclusion{query}")
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert CANARY.encode() not in answer.content


class Nested(msgspec.Struct):
    """Something with places of every kind."""

    numbers: list[int]
    named: dict[str, int]
    inner: "Nested | None" = None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5) | st.just(CANARY),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["numbers", "named", "inner", CANARY]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(value=JSON)
def test_no_fault_repeats_what_was_sent(value: object) -> None:
    """Whatever is sent, the refusal holds none of it."""
    try:
        decoded(msgspec.json.encode(value), Nested)
    except Refused as refused:
        said = repr((refused.what, refused.hint, refused.errors))
        assert CANARY not in said
        assert "canary" not in said


@pytest.mark.parametrize("said", ["Something `new` - at `$.a`", "", "Invalid enum value `x`", "at `$`"])
def test_what_the_decoder_has_never_said_is_not_passed_on(said: str) -> None:
    """A message of the decoder that is not known to be safe is put into other words."""
    assert fault_of(msgspec.ValidationError(said)).detail in {
        "not what may stand here",
        "not one of the words that may stand here",
    }
