"""No page of anybody else's presses a button here: every form needs this origin, this session and its proof."""

from collections.abc import Mapping

import pytest

from fiel.core.consent.choice import Attestation
from fiel.operations.prove import receipts
from fiel.operations.show import show_data
from fiel.web.centre.rooms import ALL
from fiel.web.centre.visits import Room
from tests.laws.world import PICKS
from tests.web.centre.people import HERE, Browser, Centre
from tests.web.serving import ANA

POSTS = [room for room in ALL if room.method == "POST" and not room.open]
OPEN = [room for room in ALL if room.method == "POST" and room.open]
ELSEWHERE: list[Mapping[str, str]] = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
]


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Ana, who has come in and said yes."""
    browser = Browser(Centre())
    page = browser.come_in()
    form = next(form for form in page.forms if ("choice", "observed") in form.offers)
    browser.post("/preferences/choose", form.hidden | {"choice": "observed"})
    return browser


def everything(browser: Browser) -> Mapping[str, str]:
    """A form with whatever any room may ask for, and a good proof."""
    page = browser.get("/preferences")
    form = next(form for form in page.forms if ("choice", "observed") in form.offers)
    more = {"choice": "none", "wide": "nothing", "area": "sales", "topic": "cup", "off": "yes", "sure": "yes"}
    return form.hidden | more | {"attribute": "tastes", "value": "tea", "row": "fact:tastes"}


def state(browser: Browser) -> object:
    """All that a form could change about Ana."""
    house = browser.centre.house
    return len(receipts(house, ANA)), show_data(house, ANA, by=Attestation.PERSON), browser.centre.standing(PICKS)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=range(len(ELSEWHERE)))
@pytest.mark.parametrize("room", POSTS, ids=lambda room: room.path)
def test_a_form_from_elsewhere_changes_nothing(browser: Browser, room: Room, headers: Mapping[str, str]) -> None:
    """With the session's cookie and its proof, a form that another origin sends is refused on every route."""
    form, before = everything(browser), state(browser)
    answer = browser.client.post(room.path, data=dict(form), headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert state(browser) == before
    assert browser.get("/preferences").status == 200


@pytest.mark.parametrize("headers", ELSEWHERE, ids=range(len(ELSEWHERE)))
@pytest.mark.parametrize("room", OPEN, ids=lambda room: room.path)
def test_a_form_that_is_open_to_everybody_uses_no_session(
    browser: Browser, room: Room, headers: Mapping[str, str]
) -> None:
    """What needs no session does nothing with the one that is there, whoever sends its form."""
    form, before = everything(browser), state(browser)
    answer = browser.client.post(room.path, data=dict(form), headers=headers, follow_redirects=False)
    assert answer.status_code in {200, 303, 401}
    assert state(browser) == before
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("wrong", ["", "x", "another session's"])
@pytest.mark.parametrize("room", POSTS, ids=lambda room: room.path)
def test_a_form_without_this_session_s_proof_changes_nothing(browser: Browser, room: Room, wrong: str) -> None:
    """From this origin, but without a proof, or with that of another session of the same person."""
    form, before = everything(browser), state(browser)
    if wrong == "another session's":
        other = Browser(browser.centre)
        wrong = other.come_in().forms[0].hidden["proof"]
    assert browser.post(room.path, {**form, "proof": wrong}, follow=False).status == 403
    assert state(browser) == before


@pytest.mark.parametrize("room", POSTS, ids=lambda room: room.path)
def test_a_form_of_nobody_changes_nothing(browser: Browser, room: Room) -> None:
    """Without a session there is nothing to press, whatever the form carries."""
    form, before = everything(browser), state(browser)
    assert Browser(browser.centre).post(room.path, form, follow=False).status == 401
    assert state(browser) == before


@pytest.mark.parametrize("room", ALL, ids=lambda room: f"{room.method} {room.path}")
def test_a_page_that_is_only_read_changes_nothing(browser: Browser, room: Room) -> None:
    """Every address, fetched with everything in its query that a form would carry, leaves all as it was."""
    form, before = everything(browser), state(browser)
    path = room.path.replace("{position:int}", "0").replace("{decision}", "x")
    answer = browser.client.get(path, params=dict(form))
    assert answer.status_code in {200, 404, 405, 401}
    assert state(browser) == before


@pytest.mark.parametrize("room", [room for room in ALL if room.method == "GET"], ids=lambda room: room.path)
def test_a_page_loads_nothing_from_elsewhere(browser: Browser, room: Room) -> None:
    """One host, no script, nothing inline, and the policy lets nothing else in."""
    page = browser.get(room.path.replace("{position:int}", "0").replace("{decision}", "x"))
    assert page.all("script") == []
    assert [tag for _, tag in page.tags if "style" in tag or any(name.startswith("on") for name in tag)] == []
    loaded = [tag.get("src") or tag.get("href", "") for name, tag in page.tags if name in {"link", "img", "iframe"}]
    assert [address for address in loaded if not address.startswith("/static/")] == []
    if page.headers["content-type"].startswith("text/html"):
        assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert page.headers["cache-control"] == "no-store"


def test_a_form_too_large_is_refused(browser: Browser) -> None:
    """Nobody's form is read beyond what a page of ours could send."""
    form = everything(browser)
    assert browser.post("/preferences/choose", {**form, "more": "x" * 40_000}, follow=False).status in {400, 413}
    answer = browser.client.post("/preferences/choose", json={}, headers={"Origin": HERE})
    assert answer.status_code in {400, 415}
