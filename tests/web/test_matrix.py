"""Who is let in where: every route of the table, asked by every kind of caller.

What is expected is not read from the routes: it stands here, so that a route cannot widen its own leave unseen.
"""

from collections.abc import Mapping
from typing import Final

import pytest

from fiel.core.scope import Verb
from fiel.web.api import ROUTES
from fiel.web.route import Route
from fiel.web.security import OPEN
from tests.web.asking import (
    ANA_IN_A_PAGE,
    AS_ANA,
    AS_BEA,
    BEA_IN_A_PAGE,
    FULL,
    GREEDY_PAGE,
    IN_A_PAGE,
    NOBODY,
    OF_SALES,
    SERVER,
    Asking,
    Headers,
    bearer,
    only,
    path_of,
    without,
)

COLLECTING: Final = (
    "track", "t", "identify", "i", "page", "p", "screen", "s", "group", "g", "alias", "a", "batch", "b",
)  # fmt: skip

VERBS: Final[Mapping[str, Verb]] = {
    **{f"POST /v1/{word}": Verb.COLLECT for word in COLLECTING},
    "GET /v1/projects/{key}/settings": Verb.COLLECT,
    "POST /v1/decide": Verb.DECIDE,
    "POST /v1/outcomes": Verb.DECIDE,
    "GET /v1/subjects/{id}/choices": Verb.CHOICES,
    "PUT /v1/subjects/{id}/choices/{use_case}": Verb.CHOICES,
    "DELETE /v1/subjects/{id}/choices/{use_case}": Verb.CHOICES,
    "POST /v1/subjects/{id}/objections/{use_case}": Verb.CHOICES,
    "GET /v1/subjects/{id}/topics/{use_case}": Verb.CHOICES,
    "PUT /v1/subjects/{id}/topics/{use_case}": Verb.CHOICES,
    "POST /v1/subjects/link": Verb.CHOICES,
    "GET /v1/subjects/{id}/card": Verb.RIGHTS,
    "PUT /v1/subjects/{id}/card": Verb.RIGHTS,
    "GET /v1/subjects/{id}/data": Verb.RIGHTS,
    "GET /v1/subjects/{id}/uses": Verb.RIGHTS,
    "GET /v1/subjects/{id}/receipts": Verb.RIGHTS,
    "DELETE /v1/subjects/{id}": Verb.RIGHTS,
    "POST /v1/subjects/{id}/requests": Verb.RIGHTS,
    "GET /v1/subjects/{id}/requests": Verb.RIGHTS,
    "POST /v1/subjects/{id}/requests/{request}/revoke": Verb.RIGHTS,
    "GET /v1/requests": Verb.RIGHTS,
    "GET /v1/requests/{request}": Verb.RIGHTS,
    **{
        f"POST /v1/requests/{{request}}/{move}": Verb.RIGHTS
        for move in ("verify", "approve", "extend", "fulfil", "deny")
    },
    "PUT /v1/items": Verb.ITEMS,
    "GET /v1/items/{id}": Verb.READ,
}
"""The verb that a server key must have. All other routes are open."""

PUBLIC: Final = frozenset(
    {
        "GET /why/{decision}",
        "GET /v1/use-cases",
        "GET /v1/use-cases/{use_case}",
        "GET /v1/manifest",
        "GET /v1/ledger/checkpoint",
        "GET /v1/ledger/inclusion",
        "GET /v1/ledger/consistency",
        "GET /livez",
        "GET /readyz",
        "GET /.well-known/security.txt",
        "GET /.well-known/jwks.json",
        "GET /problems/{code}",
        "GET /static/{name}",
    }
)

NOT_FOR_PEOPLE: Final = frozenset(
    {
        "PUT /v1/items",
        "POST /v1/subjects/link",
        "GET /v1/projects/{key}/settings",
        *(name for name in VERBS if " /v1/requests" in name),
    }
)
FOR_PAGES: Final = frozenset({Verb.COLLECT, Verb.READ})
WHOLE: Final = frozenset(
    {"PUT /v1/items", "POST /v1/subjects/link"} | {name for name, verb in VERBS.items() if verb is Verb.RIGHTS}
)
"""What belongs to no use case: a key that is limited to some areas may not do it."""

BY_NAME: Final = {f"{route.method} {route.path}": route for route in ROUTES}
KEYED: Final = sorted(VERBS.keys() - {"GET /v1/projects/{key}/settings"})
OF_SOMEBODY: Final = sorted(name for name in VERBS if "{id}" in name and "items" not in name)
REFUSED: Final = {401, 403}


@pytest.fixture(scope="module")
def ask() -> Asking:
    """One house for the whole matrix: who is refused changes nothing, and who is let in is only let in."""
    return Asking()


def status(ask: Asking, name: str, headers: Headers, **parts: str) -> int:
    """How a caller fares at a route, with a body that it can read."""
    route = BY_NAME[name]
    return ask(route.method, _with_query(route, path_of(route, **parts)), headers, json=route.example).status


def _with_query(route: Route, path: str) -> str:
    return path + {"/v1/ledger/inclusion": "?entry=0", "/v1/ledger/consistency": "?from=0"}.get(route.path, "")


def test_the_table_is_whole() -> None:
    """Every route is either in the matrix with its verb or known to be open, so a new one has to be weighed here."""
    assert BY_NAME.keys() == VERBS.keys() | PUBLIC
    assert {name for name, route in BY_NAME.items() if route.leave == OPEN} == PUBLIC
    assert {name: route.leave.verb for name, route in BY_NAME.items() if route.leave != OPEN} == VERBS


@pytest.mark.parametrize("name", sorted(PUBLIC))
@pytest.mark.parametrize("headers", [NOBODY, bearer("fiel_sk_of_nobody"), {"Authorization": "nonsense"}])
def test_what_is_open_asks_nobody(ask: Asking, name: str, headers: Headers) -> None:
    """An open route answers whoever asks, and does not even look at what they show."""
    assert status(ask, name, headers) not in REFUSED


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize(
    "headers",
    [
        NOBODY,
        bearer("fiel_sk_of_nobody"),
        bearer("fiel_pk_of_nobody"),
        bearer("token.of.nobody"),
        {"Authorization": "Digest x"},
        {"Authorization": "Bearer"},
        {"X-Fiel-Subject": "token.of.nobody"},
        IN_A_PAGE | {"X-Fiel-Subject": "token.of.nobody"},
    ],
    ids=range(8),
)
def test_nobody_is_let_in_unknown(ask: Asking, name: str, headers: Headers) -> None:
    """Without anything to show, or with something that is not good, the answer is 401 and says how to do better."""
    route = BY_NAME[name]
    answer = ask(route.method, path_of(route), headers, json=route.example)
    assert (answer.status, answer.problem) == (401, "not_authenticated")
    assert answer.headers["www-authenticate"] == 'Bearer realm="fiel"'


@pytest.mark.parametrize("name", KEYED)
def test_a_key_of_another_scope_is_refused(ask: Asking, name: str) -> None:
    """A key for everything but the route's verb is refused, and one for that verb alone is let in."""
    assert status(ask, name, without(VERBS[name])) == 403
    assert status(ask, name, only(VERBS[name])) not in REFUSED
    assert status(ask, name, SERVER) not in REFUSED


@pytest.mark.parametrize("name", KEYED)
def test_a_key_of_some_areas_does_nothing_beyond_them(ask: Asking, name: str) -> None:
    """A key limited to an area may not do what belongs to no use case."""
    assert (status(ask, name, OF_SALES) == 403) == (name in WHOLE or "objections" in name)


@pytest.mark.parametrize("name", KEYED)
def test_a_publishable_key_proves_nobody(ask: Asking, name: str) -> None:
    """A key that stands in a page collects and reads what is public, whatever else its scope says."""
    refused = VERBS[name] not in FOR_PAGES
    assert (status(ask, name, IN_A_PAGE) == 403) == refused
    assert (status(ask, name, bearer(GREEDY_PAGE)) == 403) == refused


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize("headers", [AS_ANA, ANA_IN_A_PAGE])
def test_a_person_does_what_is_theirs(ask: Asking, name: str, headers: Headers) -> None:
    """A subject token, alone or beside a publishable key, lets a person do whatever concerns themselves."""
    assert (status(ask, name, headers) in REFUSED) == (name in NOT_FOR_PEOPLE)


@pytest.mark.parametrize("name", OF_SOMEBODY)
@pytest.mark.parametrize("headers", [AS_BEA, BEA_IN_A_PAGE])
def test_a_person_does_nothing_to_another(ask: Asking, name: str, headers: Headers) -> None:
    """Whoever proved to be somebody else is refused, also as a person of the other kind with the same name."""
    assert status(ask, name, headers) == 403
    assert status(ask, name, headers, id="anonymous:bea") == 403
    assert status(ask, name, headers, id="user%3Abea") not in REFUSED


@pytest.mark.parametrize("name", OF_SOMEBODY)
def test_me_is_whom_a_token_names(ask: Asking, name: str) -> None:
    """`me` is for people; a server is told to name somebody."""
    assert status(ask, name, AS_BEA, id="me") not in REFUSED
    assert status(ask, name, SERVER, id="me") == 401


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize("headers", [SERVER, only(Verb.READ)])
def test_a_token_makes_no_server_key_larger(ask: Asking, name: str, headers: Headers) -> None:
    """A server key beside a subject token is refused, so that neither lends the other what it lacks."""
    assert status(ask, name, headers | {"X-Fiel-Subject": "token.of.ana"}) == 403


@pytest.mark.parametrize(
    ("key", "expected"),
    [("fiel_pk_in_a_page", 200), ("fiel_pk_reads", 403), ("fiel_pk_of_nobody", 401), ("x", 401)],
)
def test_settings_are_for_a_key_in_the_path(ask: Asking, key: str, expected: int) -> None:
    """A browser's client is told where to send for a publishable key that may collect, and for no other."""
    for headers in (NOBODY, {"X-Fiel-Subject": "token.of.ana"}):
        assert ask("GET", f"/v1/projects/{key}/settings", headers).status == expected


@pytest.mark.parametrize("key", [FULL, "fiel_sk_collect", "fiel_sk_of_nobody", "fiel%5fsk_collect"])
@pytest.mark.parametrize("headers", [NOBODY, SERVER, IN_A_PAGE, AS_ANA])
def test_a_server_key_has_no_place_in_a_path(ask: Asking, key: str, headers: Headers) -> None:
    """A server key in a path is refused, good or not and whatever else is shown, and is not repeated."""
    answer = ask("GET", f"/v1/projects/{key}/settings", headers)
    assert (answer.status, answer.problem) == (403, "not_allowed")
    assert "a server key has no place in a path" in answer.json["detail"]
    assert b"fiel_sk_" not in answer.content
