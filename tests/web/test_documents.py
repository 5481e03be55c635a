"""The documents: OpenAPI with examples that hold, the manifest that says what is enforced, and what is well known."""

from base64 import urlsafe_b64decode
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.core.ids import UseCaseId
from fiel.web.api import ROUTES
from fiel.web.route import Route
from tests.core.consent.signers import trusting
from tests.laws.world import CARD, PICKS, a_promise
from tests.web.asking import NOBODY, SERVER, Asking, path_of


@pytest.fixture(scope="module")
def ask() -> Asking:
    """One house, in which Ana said yes."""
    asking = Asking()
    asking.give()
    return asking


@pytest.fixture(scope="module")
def document(ask: Asking) -> Any:  # noqa: ANN401 - any JSON
    """The OpenAPI document."""
    return ask("GET", "/openapi.json", NOBODY).json


def holds(document: Any, schema: Any, value: object) -> bool:  # noqa: ANN401 - any JSON
    """Whether a value is of a schema of the document."""
    whole = {**schema, "components": document["components"]}
    return jsonschema_rs.Draft202012Validator(whole).is_valid(value)


def operation(document: Any, route: Route) -> Any:  # noqa: ANN401 - any JSON
    """What the document says of a route."""
    return document["paths"][route.path][route.method.lower()]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_example_holds(document: Any, route: Route) -> None:  # noqa: ANN401 - any JSON
    """What is shown as sent can be read, and what is shown as answered is of the schema that is promised."""
    said = operation(document, route)
    if route.takes is not None:
        msgspec.json.decode(msgspec.json.encode(route.example), type=route.takes)
        for content in said["requestBody"]["content"].values():
            assert holds(document, content["schema"], content["example"])
    if route.shows is not None:
        content = said["responses"]["200"]["content"][route.media]
        assert holds(document, content["schema"], content["example"])
    assert all(each["description"] for each in said["parameters"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_answer_is_of_its_schema(ask: Asking, document: Any, route: Route) -> None:  # noqa: ANN401 - any JSON
    """What is really answered, well or not, is of the schema and the type that the document names for its status."""
    answer = ask(route.method, path_of(route), json=route.example)
    content = operation(document, route)["responses"][str(answer.status)]["content"]
    media = answer.headers["content-type"].partition(";")[0]
    assert media in content
    if "json" in media:
        assert holds(document, content[media]["schema"], answer.json)


def test_a_schema_that_does_not_hold_is_found(document: Any) -> None:  # noqa: ANN401 - any JSON
    """The control: an answer without one of its fields is not of its schema."""
    route = next(route for route in ROUTES if route.path == "/readyz")
    schema = operation(document, route)["responses"]["200"]["content"]["application/json"]["schema"]
    assert holds(document, schema, {"use_cases": 1, "status": "ready"})
    assert not holds(document, schema, {"status": "ready"})


def test_the_document_says_whom_each_route_is_for(document: Any) -> None:  # noqa: ANN401 - any JSON
    """Each route names the ways to show who one is, and none where nobody is asked."""
    assert operation(document, _route("POST", "/v1/decide"))["security"] == [{"key": []}, {"subject": []}]
    assert operation(document, _route("POST", "/v1/batch"))["security"] == [
        {"key": []},
        {"subject": []},
        {"client": []},
    ]
    assert operation(document, _route("PUT", "/v1/items"))["security"] == [{"key": []}]
    assert operation(document, _route("GET", "/v1/manifest"))["security"] == []


def test_the_manifest_says_what_is_enforced(ask: Asking) -> None:
    """Each level shows exactly the data that the gate lets through at it, how they come and until when they stay."""
    promise = a_promise("base")
    told = ask("GET", "/v1/manifest", NOBODY).json
    assert [each["use_case"] for each in told["use_cases"]] == list(promise.use_cases)
    for each in told["use_cases"]:
        case = promise.use_cases[UseCaseId(each["use_case"])]
        for rung, shown in zip(case.rungs, each["levels"], strict=True):
            needs = {(need["kind"], need["name"]): need for need in shown["needs"]}
            assert {name for kind, name in needs if kind == "context"} == rung.context
            assert {name for kind, name in needs if kind == "attribute"} == rung.attributes
            assert {name for kind, name in needs if kind == "event"} == {need.event for need in rung.events}
            for need in rung.events:
                until = needs["event", need.event]["until"]
                assert set(needs["event", need.event]["properties"]) == need.properties
                assert until["within_days"] == (need.bound.within.days if need.bound.within else None)
                assert (until["or_visits"], until["keep"]) == (need.bound.or_visits, need.bound.keep)
        assert (each["retention_days"], each["consent_lasts_days"]) == (case.retention.days, case.consent_lasts.days)
    assert told["controller"]["contact"] == promise.controller.contact


def test_a_use_case_is_told_alone_as_among_others(ask: Asking) -> None:
    """One use case, all use cases and the manifest say the same."""
    every = ask("GET", "/v1/use-cases", NOBODY).json["use_cases"]
    assert ask("GET", "/v1/manifest", NOBODY).json["use_cases"] == every
    assert [ask("GET", f"/v1/use-cases/{name}", NOBODY).json for name in (PICKS, CARD)] == every
    assert ask("GET", "/v1/use-cases/nope", NOBODY).status == 404


def test_the_public_key_is_well_known(ask: Asking) -> None:
    """A receipt is proved with the key that stands at its well-known place, and with nothing else from here."""
    [key] = ask("GET", "/.well-known/jwks.json", NOBODY).json["keys"]
    public = urlsafe_b64decode(key["x"] + "=")
    receipt = ask.give(SERVER, who="user:dora").json["receipt"]
    assert isinstance(verify_receipt(receipt, public_key=public, verify=trusting(public)), Genuine)


def test_weaknesses_have_an_address(ask: Asking) -> None:
    """`security.txt` names whom to tell, until when that is good, and the languages (RFC 9116)."""
    text = ask("GET", "/.well-known/security.txt", NOBODY).content.decode()
    assert text == (
        "Contact: mailto:privacidad@example.com\nExpires: 2027-05-23T12:00:00+00:00\nPreferred-Languages: es, en\n"
    )


def test_the_head_of_the_ledger_only_grows(ask: Asking) -> None:
    """An older head and a newer one are consistent, and a size that never was is unknown."""
    size = int(ask("GET", "/v1/ledger/checkpoint", NOBODY).content.decode().split("\n")[1])
    ask.give(SERVER, who="user:bea")
    grown = ask("GET", f"/v1/ledger/consistency?from={size}", NOBODY).json
    assert (grown["from"], grown["to"]) == (size, size + 1)
    assert ask("GET", f"/v1/ledger/consistency?from={size + 2}", NOBODY).status == 404
    assert ask("GET", "/v1/ledger/consistency?from=2&to=1", NOBODY).status == 422
    assert ask("GET", f"/v1/ledger/inclusion?entry={size + 1}", NOBODY).status == 404


def test_a_leaf_is_not_shown(ask: Asking) -> None:
    """A proof holds hashes alone: no tag by which one person could be followed through the ledger."""
    proof = ask("GET", "/v1/ledger/inclusion?entry=2", NOBODY)
    assert sorted(proof.json) == ["checkpoint", "inclusion", "index", "leaf_hash"]
    assert b"tag" not in proof.content


def _route(method: str, path: str) -> Route:
    return next(route for route in ROUTES if (route.method, route.path) == (method, path))
