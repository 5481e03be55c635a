"""Requests under the law over HTTP: a person's own at once, the rest by the clock, each step where it may be."""

from typing import Any

import pytest

from fiel.core.law import Right
from tests.laws.world import CARD, PICKS
from tests.web.asking import AS_ANA, AS_BEA, SERVER, Answered, Asking
from tests.web.serving import say_yes

MINE = "/v1/subjects/me/requests"
ANAS = "/v1/subjects/user:ana/requests"


@pytest.fixture
def ask() -> Asking:
    """A house where Ana said yes."""
    asking = Asking()
    say_yes(asking.house)
    return asking


def told(answer: Answered) -> dict[str, Any]:
    """What a good answer says."""
    assert answer.status == 200, answer.content
    found: dict[str, Any] = answer.json
    return found


def listed(ask: Asking) -> list[dict[str, Any]]:
    """All requests, as the controller sees them."""
    found: list[dict[str, Any]] = told(ask("GET", "/v1/requests"))["requests"]
    return found


@pytest.mark.parametrize("right", Right)
def test_every_right_can_be_asked_for(ask: Asking, right: Right) -> None:
    """Whatever the law gives is done at once for the person, or waits with a day until which it is answered."""
    answer = told(ask("POST", MINE, AS_ANA, json={"kind": right.value}))
    assert (answer["kind"], answer["verified"], answer["law"]) == (right.value, True, "eu")
    assert answer["state"] == ("open" if right in {Right.RECTIFICATION, Right.REVIEW} else "fulfilled")
    assert answer["due"] == "2026-12-24"
    assert (answer["certificate"] is not None) == (right is Right.ERASURE)
    assert answer["kept"] == (right is not Right.ERASURE)


def test_what_followed_is_told(ask: Asking) -> None:
    """A restriction answers the entries that it came to, as they stand in the ledger."""
    answer = told(ask("POST", MINE, AS_ANA, json={"kind": "restriction"}))
    assert [(each["use_case"], each["status"]) for each in answer["entries"]] == [
        (PICKS, "restricted"),
        (CARD, "restricted"),
    ]
    choices = told(ask("GET", "/v1/subjects/me/choices", AS_ANA))["choices"]
    assert next(each["reason"] for each in choices if each["use_case"] == PICKS) == "restricted"


def test_a_request_goes_its_way(ask: Asking) -> None:
    """The controller's request in somebody's name is verified, approved, prolonged, done, and each step is kept."""
    name = told(ask("POST", ANAS, json={"kind": "erasure"}))["id"]
    one = f"/v1/requests/{name}"
    assert ask("POST", f"{one}/approve").problem == "conflict"
    assert ask("POST", f"{one}/verify").problem == "malformed"
    told(ask("POST", f"{one}/verify", json={"reason": "by phone, with their number"}))
    longer = told(ask("POST", f"{one}/extend", json={"reason": "many letters"}))
    assert (longer["due"], longer["extended"]) == ("2027-02-24", True)
    told(ask("POST", f"{one}/approve"))
    assert [step["move"] for step in told(ask("GET", one))["steps"]] == ["verify", "extend", "approve"]
    assert [each["subject"] for each in listed(ask)] == ["user:ana"]
    done = told(ask("POST", f"{one}/fulfil"))
    assert (done["state"], done["certificate"]["was_known"], done["kept"]) == ("fulfilled", True, False)
    assert (ask("GET", one).status, listed(ask)) == (404, [])


def test_a_no_needs_its_reason(ask: Asking) -> None:
    """A request is refused with a reason or not at all, and is over then."""
    name = told(ask("POST", MINE, AS_ANA, json={"kind": "review", "use_case": CARD}))["id"]
    assert ask("POST", f"/v1/requests/{name}/deny").problem == "malformed"
    denied = told(ask("POST", f"/v1/requests/{name}/deny", json={"reason": "nothing was decided"}))
    assert (denied["state"], denied["complaint"]["until"]) == ("denied", None)
    assert set(denied["complaint"]["authority"]) == {"es", "en"}
    assert ask("POST", f"/v1/requests/{name}/approve").problem == "conflict"


def test_only_the_person_takes_a_request_back(ask: Asking) -> None:
    """A person revokes their own request, nobody else's, and nobody revokes for them."""
    name = told(ask("POST", MINE, AS_ANA, json={"kind": "rectification", "note": "my size is wrong"}))["id"]
    assert ask("POST", f"{MINE}/{name}/revoke", AS_BEA).status == 404
    assert ask("POST", f"{ANAS}/{name}/revoke", AS_BEA).status == 403
    assert ask("POST", f"{ANAS}/{name}/revoke", SERVER).problem == "conflict"
    assert told(ask("POST", f"{MINE}/{name}/revoke", AS_ANA))["state"] == "revoked"
    assert [each["state"] for each in told(ask("GET", MINE, AS_ANA))["requests"]] == ["revoked"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"kind": "everything"}, "malformed"),
        ({}, "malformed"),
        ({"kind": "access", "use_case": "nothing_of_ours"}, "unknown"),
        ({"kind": "access", "note": "x" * 1_001}, "malformed"),
        ({"kind": "access", "verified": True}, "malformed"),
    ],
)
def test_what_is_no_request_is_told(ask: Asking, body: dict[str, object], problem: str) -> None:
    """A body that names no right, no use case of ours, or more than is asked, is refused and keeps nothing."""
    assert ask("POST", MINE, AS_ANA, json=body).problem == problem
    assert listed(ask) == []
