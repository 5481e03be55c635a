"""A path leads where it says, whatever an id is made of."""

from collections.abc import Mapping
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from fiel.core.ids import LONGEST_IDENTIFIER
from fiel.web.api import ROUTES
from fiel.web.route import Route
from fiel.web.security import OPEN
from fiel.web.switchboard import Switchboard
from tests.laws.world import PICKS
from tests.web.asking import NOBODY, SERVER, Asking, path_of

ODD = (
    "ana/choices",
    "a%b",
    "a%2Fb",
    "100%",
    "ana bea",
    "ana+bea@example.com",
    "ñandú",
    "🛒",
    "a?b#c",
    "a:b:c",
    "../../v1/items",
    "..",
    "%00",
    "<script>",
    "x" * LONGEST_IDENTIFIER,
)


@pytest.fixture(scope="module")
def ask() -> Asking:
    """One house for all of it; every id is somebody else."""
    return Asking()


@pytest.mark.parametrize("name", ODD)
def test_an_id_may_be_anything_that_can_be_printed(ask: Asking, name: str) -> None:
    """What one path says of an id is there under that id, and under no other."""
    encoded = quote(f"user:{name}", safe="")
    assert ask.give(SERVER, who=encoded).status == 200
    assert ask.decide(subject={"user_id": name}).json["reason"] == "permitted"
    stand = ask("GET", f"/v1/subjects/{encoded}/choices").json["choices"][0]
    assert (stand["use_case"], stand["status"]) == (PICKS, "given")
    assert ask.decide(subject={"user_id": f"{name[1:]}~"}).json["reason"] == "never_asked"


def test_a_slash_in_an_id_is_not_a_step(ask: Asking) -> None:
    """To erase `ana/choices/picks` is not to withdraw for `ana`: the two paths differ only once they are decoded."""
    ask.give(SERVER, who="user:ana")
    erased = ask("DELETE", f"/v1/subjects/{quote(f'user:ana/choices/{PICKS}', safe='')}")
    assert erased.json["was_known"] is False
    assert ask.decide().json["reason"] == "permitted"


def test_a_percent_sign_is_decoded_once(ask: Asking) -> None:
    """`%2541` is the id `%41`, and not `A`."""
    assert ask.give(SERVER, who="user:%2541").status == 200
    assert ask.decide(subject={"user_id": "%41"}).json["reason"] == "permitted"
    assert ask.decide(subject={"user_id": "A"}).json["reason"] == "never_asked"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ana", 422),
        ("user", 422),
        ("user:", 422),
        ("group:ana", 422),
        ("User:ana", 422),
        ("user:a%0D%0ASet-Cookie:%20x=1", 422),
        ("user:a%00b", 422),
        ("user:a%E2%80%AEb", 422),
        ("user:" + "x" * 257, 422),
        ("user:%FF", 400),
        ("user:%C3%28", 400),
    ],
)
def test_what_is_no_id_is_told_so(ask: Asking, who: str, status: int) -> None:
    """Nobody is named by a word without a kind, nor by what cannot be printed; nothing of it comes back."""
    answer = ask("GET", f"/v1/subjects/{who}/choices")
    assert answer.status == status
    assert b"Set-Cookie" not in answer.content
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/v1", "/v1/", "/v1/decide/", "//v1/decide", "/V1/decide", "/v1/subjects//choices", "/v1/subjects/", "/nope"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_path_that_leads_nowhere_says_so(ask: Asking, path: str, method: str) -> None:
    """There is one path to each thing; a neighbour of it is not found, and is not led elsewhere either."""
    answer = ask(method, path)
    assert (answer.status, answer.problem) == (404, "not_found")


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE", "TRACE", "OPTIONS", "BREW"])
def test_a_method_that_is_not_taken_is_told_which_are(ask: Asking, method: str) -> None:
    """A path answers 405 with the methods that it takes."""
    answer = ask(method, "/v1/decide")
    assert (answer.status, answer.headers["allow"], answer.problem) == (405, "POST", "method_not_allowed")
    of_two = path_of(_route("PUT", "/v1/subjects/{id}/choices/{use_case}"))
    assert ask("PATCH", of_two).headers["allow"] == "DELETE, PUT"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "GET"], ids=lambda route: route.path)
def test_head_is_get_without_a_body(ask: Asking, route: Route) -> None:
    """What can be fetched can be asked about."""
    headers = NOBODY if route.leave == OPEN else SERVER
    path = path_of(route)
    assert ask("HEAD", path, headers).status == ask("GET", path, headers).status


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_route_hides_another(route: Route) -> None:
    """Every route of the table can be reached by its own path."""
    match, found = Switchboard(ROUTES, _never).matches({"type": "http", "path": path_of(route), "method": "GET"})
    assert match.value == 2
    assert found["fiel.end"].ends[route.method] is route


def test_two_routes_cannot_share_a_path() -> None:
    """A method and path that is laid out twice stops the start."""
    with pytest.raises(ValueError, match="two routes are"):
        Switchboard([ROUTES[0], ROUTES[0]], _never)


@given(raw=st.binary(max_size=40).filter(lambda raw: b"?" not in raw))
def test_no_path_is_too_strange(raw: bytes) -> None:
    """Any bytes either lead to a route or nowhere."""
    scope = {"type": "http", "path": "/", "raw_path": b"/v1/subjects/" + raw, "method": "GET"}
    assert Switchboard(ROUTES, _never).matches(scope)[0].value in {0, 2}


def _route(method: str, path: str) -> Route:
    return next(route for route in ROUTES if (route.method, route.path) == (method, path))


async def _never(route: Route, _request: Request, _parts: Mapping[str, str]) -> Response:
    raise AssertionError(route.path)
