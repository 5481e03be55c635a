"""Callers of every kind at the doors of one house, and how they ask."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.testclient import TestClient

from fiel.core.errors import NotAuthenticated
from fiel.core.ids import AreaId, Identifier
from fiel.core.scope import RESERVED, Scope, Verb
from fiel.web.app import make_app
from fiel.web.route import Route
from tests.laws.world import CARD, PICKS
from tests.web.serving import ANA, Doors, admit, open_doors

BEA = Identifier.parse("user:bea")
SHY = Identifier.parse("anonymous:browser-7")
TOKENS = {"token.of.ana": ANA, "token.of.bea": BEA, "token.of.shy": SHY}

FULL = "fiel_sk_everything"
SALES = "fiel_sk_sales_only"
PAGE = "fiel_pk_in_a_page"
GREEDY_PAGE = "fiel_pk_with_every_verb"

Headers = dict[str, str]


def bearer(shown: str) -> Headers:
    """The headers of somebody who shows this."""
    return {"Authorization": f"Bearer {shown}"}


NOBODY: Headers = {}
SERVER, OF_SALES, IN_A_PAGE = bearer(FULL), bearer(SALES), bearer(PAGE)
AS_ANA, AS_BEA = bearer("token.of.ana"), bearer("token.of.bea")
ANA_IN_A_PAGE = IN_A_PAGE | {"X-Fiel-Subject": "token.of.ana"}
BEA_IN_A_PAGE = IN_A_PAGE | {"X-Fiel-Subject": "token.of.bea"}


def only(verb: Verb) -> Headers:
    """A server key for one verb."""
    return bearer(f"fiel_sk_{verb.value}")


def without(verb: Verb) -> Headers:
    """A server key for every verb but one."""
    return bearer(f"fiel_sk_not_{verb.value}")


class Asking:
    """A house with its doors open and every kind of key admitted, and a client before them."""

    def __init__(self, doors: Doors | None = None) -> None:
        """Open the doors."""
        self.doors = doors or open_doors()
        house = self.house = self.doors.house
        verbs = frozenset(Verb) - RESERVED
        admit(house, FULL, Scope(verbs=verbs))
        admit(house, SALES, Scope(verbs=verbs, areas=frozenset({AreaId("sales")})))
        admit(house, PAGE, Scope(verbs=frozenset({Verb.COLLECT, Verb.READ}), publishable=True))
        admit(house, "fiel_pk_reads", Scope(verbs=frozenset({Verb.READ}), publishable=True))
        admit(house, GREEDY_PAGE, Scope(verbs=verbs, publishable=True))
        for verb in verbs:
            admit(house, f"fiel_sk_{verb.value}", Scope(verbs=frozenset({verb})))
            admit(house, f"fiel_sk_not_{verb.value}", Scope(verbs=verbs - {verb}))
        self.app = make_app(house, verify_subject=_believe)
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def __call__(
        self, method: str, path: str, headers: Headers = SERVER, *, json: object = None, raw: bytes | None = None
    ) -> "Answered":
        """Ask, with a body of JSON or of bytes."""
        content = raw if json is None else msgspec.json.encode(json)
        typed = {"Content-Type": "application/json"} if content is not None else {}
        answer = self.client.request(method, path, headers=typed | headers, content=content, follow_redirects=False)
        return Answered(answer.status_code, answer.content, answer.headers)

    def notice(self, use_case: str = PICKS) -> str:
        """The notice in force."""
        return str(self("GET", f"/v1/use-cases/{use_case}").json["notice"])

    def give(self, headers: Headers = AS_ANA, *, who: str = "user:ana", **more: object) -> "Answered":
        """A yes to `picks`."""
        body = {"status": "given", "level": "observed", "notice": self.notice(), "language": "en", "interface": "test"}
        return self("PUT", f"/v1/subjects/{who}/choices/{PICKS}", headers, json=body | more)

    def decide(self, headers: Headers = SERVER, *, use_case: str = PICKS, **more: object) -> "Answered":
        """A decision for Ana."""
        body = {"use_case": use_case, "subject": {"user_id": "ana"}}
        return self("POST", "/v1/decide", headers, json=body | more)

    def track(self, headers: Headers = SERVER, **more: object) -> "Answered":
        """A purchase by Ana, of a cup or of `item`, told in full."""
        item = more.pop("item", "cup")
        body = {"userId": "ana", "event": "purchase", "properties": {"item": item, "quantity": 1}}
        return self("POST", "/v1/track", headers | {"Prefer": "return=representation"}, json=body | more)


class Answered:
    """An answer: its status, its body as it came, and its headers."""

    def __init__(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """Keep the three."""
        self.status, self.content, self.headers = status, content, headers

    @property
    def json(self) -> Any:  # noqa: ANN401 - an answer may be any JSON
        """The body as JSON."""
        return msgspec.json.decode(self.content)

    @property
    def problem(self) -> str:
        """The kind of problem, by the last word of its type."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(self.json["type"]).removeprefix("/problems/")


def path_of(route: Route, **parts: str) -> str:
    """The path of a route with its parts filled; what is not given is something that is there."""
    there = {
        "id": "cup" if route.path.startswith("/v1/items") else "user:ana",
        "use_case": CARD if "objections" in route.path else PICKS,
        "request": "00" * 16,
        "key": PAGE,
        "decision": "none",
        "code": "malformed",
        "name": "fiel.css",
    }
    return "/" + "/".join((there | parts)[step[1:-1]] if step.startswith("{") else step for step in route.steps)


def _believe(token: str) -> Identifier:
    try:
        return TOKENS[token]
    except KeyError:
        raise NotAuthenticated("the token is not good") from None
