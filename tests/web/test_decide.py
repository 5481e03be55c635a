"""Deciding over HTTP: what is told, to whom, with which reasons, and what is told when something fails."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from fiel.bootstrap import load_phrases
from fiel.core.promise.usecase import Recipient
from fiel.operations.admit import revoke_key
from fiel.operations.publish import publish
from fiel.testing.clock import NOON
from tests.laws.world import CARD, ITEMS, PICKS, SECRET, a_promise
from tests.web.asking import ANA_IN_A_PAGE, AS_ANA, FULL, IN_A_PAGE, NOBODY, OF_SALES, SERVER, Asking, Headers, bearer

FIELDS = [
    "decision_id", "use_case", "version", "level", "allowed", "reason",
    "degraded", "silent", "control", "items", "explanation", "expires_at", "why_url",
]  # fmt: skip

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def ask() -> Asking:
    """A house in which nobody has chosen yet."""
    return Asking()


def test_a_decision_is_told_in_the_contracts_words(ask: Asking) -> None:
    """A permitted decision has every field, the rung used, true reasons, a title and a sentence in the language."""
    ask.give()
    ask.track(item="lamp")
    told = ask.decide(language="en").json
    assert list(told) == FIELDS
    assert (told["use_case"], told["level"], told["allowed"], told["reason"]) == (
        PICKS,
        "observed",
        "observed",
        "permitted",
    )
    assert (told["degraded"], told["silent"]) == (None, None)
    [lamp] = told["items"]
    assert (lamp["id"], lamp["title"]) == ("lamp", "text")
    [reason] = lamp["because"]
    assert (reason["kind"], reason["name"], reason["value"]) == ("purchase", "item", "lamp")
    assert told["explanation"] == "What comes first is here because of “text”, which is in “text”."
    assert datetime.fromisoformat(told["expires_at"]) == NOON + timedelta(minutes=15)
    assert told["why_url"] == f"/why/{told['decision_id']}"


def test_a_refusal_is_an_answer(ask: Asking) -> None:
    """Without a yes the answer is a 200 with what everybody sees, and the needle's verdict."""
    told = ask.decide().json
    assert (told["level"], told["allowed"], told["reason"], told["degraded"]) == ("none", None, "never_asked", None)
    assert len(told["items"]) == len(ITEMS)
    assert told["why_url"] is not None


def test_facts_say_where_they_come_from(ask: Asking) -> None:
    """Each fact of a person is told with its source and its day."""
    ask.track()
    told = ask.decide(use_case=CARD).json
    [reason, *_] = told["items"][0]["because"]
    assert (reason["source"], reason["on"]) == ("observed", NOON.date().isoformat())


@pytest.mark.parametrize(
    ("headers", "subject", "status"),
    [
        (AS_ANA, None, 200),
        (AS_ANA, {"user_id": "ana"}, 200),
        (ANA_IN_A_PAGE, {"user_id": "ana"}, 200),
        (AS_ANA, {"user_id": "bea"}, 403),
        (AS_ANA, {"anonymous_id": "ana"}, 403),
        (IN_A_PAGE, {"anonymous_id": "browser-7"}, 403),
        (NOBODY, {"user_id": "ana"}, 401),
        (SERVER, None, 422),
        (SERVER, {"user_id": "ana\r\n"}, 422),
        (SERVER, {"user_id": "me"}, 200),
    ],
)
def test_a_decision_is_about_whom_the_caller_may_ask_about(
    ask: Asking, *, headers: Headers, subject: Mapping[str, str] | None, status: int
) -> None:
    """A person asks about themselves and need not say so; a server names somebody; a page's key asks about nobody."""
    assert ask.decide(headers, subject=subject).status == status


def test_a_key_of_one_area_decides_there(ask: Asking) -> None:
    """A key that is limited to an area decides for its use cases, rewards them, and no others."""
    name = ask.decide(OF_SALES).json["decision_id"]
    assert ask.decide(OF_SALES, use_case=CARD).status == 403
    assert ask("POST", "/v1/outcomes", OF_SALES, json={"decision_id": name, "reward": 1}).status == 200
    other = ask.decide(use_case=CARD).json["decision_id"]
    assert ask("POST", "/v1/outcomes", OF_SALES, json={"decision_id": other, "reward": 1}).status == 403


@pytest.mark.parametrize(
    ("signal", "asked", "reason"),
    [
        ({}, {}, "permitted"),
        ({"Sec-GPC": "1"}, {}, "signal"),
        ({"Sec-GPC": "0"}, {}, "permitted"),
        ({}, {"signals": {"gpc": True}}, "signal"),
        ({}, {"signals": {"gpc": False}}, "permitted"),
    ],
)
def test_a_browsers_wish_is_heeded(ask: Asking, *, signal: Headers, asked: Mapping[str, object], reason: str) -> None:
    """A use case that shares data stays off for whoever asks not to be shared, by the browser or through the server."""
    promise = a_promise("base")
    shared = replace(promise.use_cases[PICKS], recipients=(_somebody(),))
    publish(ask.house, replace(promise, use_cases={PICKS: shared}), approved_by=("one", "two")).result()
    ask.give()
    told = ask.decide(SERVER | signal, use_case=PICKS, **asked).json
    assert told["reason"] == reason
    assert (told["allowed"] is None) == (reason == "signal")


def _somebody() -> Recipient:
    return Recipient(
        name="Correos", via="webhook:x", fields=frozenset({"item"}), why={"es": "x", "en": "x"}, country="ES"
    )


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"use_case": "nope"}, 404),
        ({"language": "fr"}, 422),
        ({"candidates": []}, 200),
        ({"candidates": ["cup", "nothing of ours"]}, 200),
        ({"context": {"item": ["a", "b"], "n": 1, "x": 0.5, "y": True}}, 200),
        ({"context": {"item": None}}, 422),
        ({"context": {str(n): 1 for n in range(51)}}, 422),
    ],
)
def test_a_question_is_checked(ask: Asking, asked: Mapping[str, object], status: int) -> None:
    """What does not exist is told so; items that are not in the catalogue are left out without a word."""
    assert ask.decide(SERVER, use_case=str(asked.get("use_case", PICKS)), **_without_use_case(asked)).status == status


def _without_use_case(asked: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in asked.items() if key != "use_case"}


def test_candidates_are_all_there_is_to_choose_from(ask: Asking) -> None:
    """Only what is asked for comes back, at most as much as is asked for."""
    assert [item["id"] for item in ask.decide(candidates=["lamp", "bag"]).json["items"]] == ["lamp", "bag"]
    assert len(ask.decide(limit=2).json["items"]) == 2


def test_an_outcome_is_noted_where_a_use_is_on_record(ask: Asking) -> None:
    """A reward lands on the use that it is about, for the person to see; without a record there is none."""
    ask.give()
    ask.track()
    name = ask.decide().json["decision_id"]
    assert ask("POST", "/v1/outcomes", json={"decision_id": name, "reward": 0.5, "item": "cup"}).json == {
        "recorded": True
    }
    [use] = ask("GET", "/v1/subjects/me/uses", AS_ANA).json["uses"]
    assert (use["use_case"], use["reward"], use["shown"][0]["id"]) == (PICKS, 0.5, "cup")
    nobody = ask.decide(subject={"user_id": "bea"}).json["decision_id"]
    assert ask("POST", "/v1/outcomes", json={"decision_id": nobody, "reward": 1}).json == {"recorded": False}


@pytest.mark.parametrize("outcome", [{"decision_id": "made up", "reward": 1}, {"decision_id": "x", "reward": 1e10}])
def test_an_outcome_of_nothing_is_refused(ask: Asking, outcome: object) -> None:
    """A name that Fiel did not give, or a reward beyond all bounds, is told so."""
    assert ask("POST", "/v1/outcomes", json=outcome).status == 422


def test_why_answers_in_json_or_as_a_page(ask: Asking) -> None:
    """Whoever holds the name is told the sentence, the ladder and the reasons, in either form and both languages."""
    ask.give()
    ask.track(item="lamp")
    url = ask.decide().json["why_url"]
    told = ask("GET", url, {"Accept": "application/json", "Accept-Language": "en-GB,es"}).json
    assert (told["level"], told["ladder"]) == ("observed", ["none", "context", "declared", "observed"])
    assert told["items"][0]["because"][0]["value"] == "lamp"
    page = ask("GET", url, {"Accept": "text/html"})
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert b"<script" not in page.content
    assert '<html lang="es">' in page.content.decode()
    assert '<html lang="en">' in ask("GET", f"{url}?lang=en", {"Accept": "text/html"}).content.decode()


def test_why_says_when_it_can_no_longer_be_told(ask: Asking) -> None:
    """After a withdrawal the record is gone with the data, and the answer says so and nothing else."""
    ask.give()
    ask.track(item="lamp")
    url = ask.decide().json["why_url"]
    ask("DELETE", f"/v1/subjects/me/choices/{PICKS}", AS_ANA)
    told = ask("GET", url, NOBODY).json
    assert (told["destroyed"], told["items"], told["read"]) == (True, [], None)
    assert b"lamp" not in ask("GET", url, {"Accept": "text/html"}).content


@pytest.mark.parametrize("name", ["made-up", "x" * 9_000, "%00", "a%2Fb", "ñ"])
def test_why_of_nothing_leads_nowhere(ask: Asking, name: str) -> None:
    """A name that Fiel did not give is a path that leads nowhere."""
    assert ask("GET", f"/why/{name}", NOBODY).status == 404


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/why/abc?lang=en", "This address leads nowhere."),
        ("/why/abc", "Esta dirección no lleva a ninguna parte."),
        ("/nothing?lang=en", "This address leads nowhere."),
        ("/nothing", "Esta dirección no lleva a ninguna parte."),
    ],
)
def test_a_reader_is_told_on_a_page_that_nothing_is_there(ask: Asking, path: str, said: str) -> None:
    """Who reads with a browser is told in their language, in no more than a page may load; a program as before."""
    page = ask("GET", path, BROWSER)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert said in page.content.decode()
    assert "default-src 'none'; style-src 'self'" in page.headers["content-security-policy"]
    assert ask("GET", path, NOBODY).problem in {"unknown", "not_found"}
    odd = ask("GET", "/why/abc?lang=" + "x" * 300, BROWSER)
    assert (odd.status, "No se entiende" in odd.content.decode()) == (422, True)


def test_a_program_is_told_of_problems_in_json(ask: Asking) -> None:
    """Below `/v1/`, and to any method but GET, a problem is a problem whatever is accepted."""
    assert ask("GET", "/v1/nothing", BROWSER).problem == "not_found"
    assert ask("GET", "/v1/items/none", BROWSER).problem == "not_authenticated"
    assert ask("POST", "/why/abc", BROWSER).problem == "method_not_allowed"


def test_a_page_says_months_in_words(ask: Asking) -> None:
    """The month of a reason and the day of the decision are told as a receipt tells them, in the reader's language."""
    ask.give()
    ask.track(item="lamp")
    url = ask.decide().json["why_url"]
    on = date.fromisoformat(ask("GET", url, NOBODY).json["items"][0]["because"][0]["on"])
    for language, form in (("es", "{} de {}"), ("en", "{} {}")):
        page, phrases = ask("GET", f"{url}?lang={language}", BROWSER).content.decode(), load_phrases()[language]
        assert form.format(phrases[f"month.{on.month}"], on.year) + "</span>" in page
        assert f"{on.year}-{on.month:02}</" not in page


def test_a_page_escapes_what_it_shows(ask: Asking) -> None:
    """What stands in the catalogue is shown as text, whatever it looks like; a link leads to no script."""
    bad = "<script>alert(1)</script>"
    item = {"id": "lamp", "title": {"es": bad, "en": bad}}
    assert ask("PUT", "/v1/items", json=[item]).json == {"put": 1}
    ask.give()
    ask.track(item="lamp")
    page = ask("GET", ask.decide().json["why_url"], {"Accept": "text/html"}).content
    assert b"&lt;script&gt;" in page
    assert b"<script>" not in page
    assert ask("PUT", "/v1/items", json=[item | {"url": "javascript:alert(1)"}]).status == 422
    assert ask("GET", "/v1/items/lamp").json["title"]["es"] == bad


def test_a_sensitive_item_is_shown_to_nobody_because_of_it(ask: Asking) -> None:
    """What somebody bought of a sensitive group never is a reason."""
    ask.give()
    ask.track(item=SECRET)
    assert SECRET not in repr([item["because"] for item in ask.decide().json["items"]])


def test_without_a_store_everybody_is_told_what_everybody_may_see(ask: Asking) -> None:
    """When the store fails, a caller who was known gets the answer for nobody, and nothing that could be personal."""
    ask.give()
    ask.track(item="lamp")
    assert ask.decide().json["level"] == "observed"
    ask.house.store.close()
    for headers in (SERVER, AS_ANA):
        told = ask.decide(headers)
        assert told.status == 200
        answer = told.json
        assert (answer["level"], answer["allowed"], answer["degraded"]) == ("none", None, "store")
        assert (answer["decision_id"], answer["why_url"]) == ("", None)
        assert answer["explanation"] == ask.house.phrases["es"]["none.store"]
        assert [item["id"] for item in answer["items"]] == [str(item) for item in ITEMS]


def test_without_a_store_nobody_else_is_let_in(ask: Asking) -> None:
    """A key that was never seen is not believed while the store fails, and one that was may do nothing but decide."""
    ask.decide()
    ask.house.store.close()
    assert ask.decide(bearer("fiel_sk_never_seen")).status == 503
    assert ask.decide(OF_SALES).status == 503
    for method, path in (("GET", "data"), ("GET", "choices"), ("DELETE", f"choices/{PICKS}")):
        answer = ask(method, f"/v1/subjects/user:ana/{path}", SERVER)
        assert (answer.status, answer.problem, answer.headers["retry-after"]) == (503, "unavailable", "1")


def test_a_revoked_key_is_forgotten(ask: Asking) -> None:
    """A key is refused with the next request after it was revoked, also when the store fails afterwards."""
    ask.decide()
    revoke_key(ask.house, FULL).result()
    assert ask.decide().status == 401
    ask.house.store.close()
    assert ask.decide().status == 503
