"""The notice that a host shows at its moment: equal buttons, nothing chosen, and not again before its time."""

from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.promise.usecase import Level
from fiel.operations.erase import erase
from tests.laws.world import CARD, PICKS
from tests.web.centre.people import Browser, Page
from tests.web.centre.test_framing import HOST, in_a_frame
from tests.web.serving import ANA

CHOOSE = "/preferences/choose"
QUIET = "Ahora no hay nada que preguntarte"


@pytest.fixture
def browser() -> Browser:
    """A frame in a page of a listed host, before anybody came in."""
    return in_a_frame(HOST, url="https://fiel.test")


def asked(browser: Browser, use_case: str = PICKS) -> Page:
    """What the frame shows when its host asks about one use."""
    return browser.post("/enter", {"t": browser.centre.token(), "use_case": use_case, "lang": "es"})


def test_it_asks_with_equal_buttons_and_nothing_chosen(browser: Browser) -> None:
    """One title, the no first and every level, none pressed, with what is used and until when."""
    page = asked(browser)
    assert len(page.all("h1")) == 1
    form = next(form for form in page.forms if form.action == CHOOSE)
    assert form.offers == [("choice", word) for word in ("none", "context", "declared", "observed")]
    assert {tag["aria-pressed"] for tag in page.all("button") if tag.get("name") == "choice"} == {"false"}
    assert "Si dices que sí, vale hasta el 24 de noviembre de 2027" in page.text
    assert "callar no es decir que sí" in page.text
    assert 'data-level="observed"' in page.text


def test_that_somebody_is_asked_is_on_record(browser: Browser) -> None:
    """The ledger has the ask as the controller's word; it is no choice, and nothing may be used by it."""
    asked(browser)
    assert browser.centre.standing().status is Status.REQUESTED
    assert browser.centre.standing().level is Level.NONE


@pytest.mark.parametrize("choice", ["none", "declared"])
def test_an_answer_is_stated_where_it_was_given(browser: Browser, choice: str) -> None:
    """Recorded as pressed, with its receipt; and who has answered is not asked again, however much later."""
    page = asked(browser)
    form = next(form for form in page.forms if form.action == CHOOSE)
    page = browser.post(CHOOSE, form.hidden | {"choice": choice})
    assert "Anotado." in page.text
    assert browser.centre.standing().status is (Status.REFUSED if choice == "none" else Status.GIVEN)
    browser.centre.doors.clock.turn(timedelta(days=200))
    assert QUIET in asked(browser).text


def test_who_did_not_answer_is_left_alone_for_half_a_year(browser: Browser) -> None:
    """The second ask is quiet until six months have passed, and then it is one more."""
    asked(browser)
    browser.centre.doors.clock.turn(timedelta(days=180))
    assert QUIET in asked(browser).text
    browser.centre.doors.clock.turn(timedelta(days=2))
    assert "te pregunta" in asked(browser).text


def test_what_rests_on_no_consent_is_not_asked(browser: Browser) -> None:
    """There is no question where no consent is needed, and an unknown use leads to all of them."""
    assert QUIET in asked(browser, CARD).text
    assert "Tú decides para qué usamos tus datos" in asked(browser, "nothing").text


def test_who_was_erased_is_not_taken_up_by_an_ask(browser: Browser) -> None:
    """Their wish not to be known goes before anybody's wish to ask."""
    asked(browser)
    erase(browser.centre.house, ANA, attested_by=Attestation.PERSON).result()
    assert QUIET in asked(browser).text
    assert browser.centre.standing().position is None


def test_reading_its_address_asks_nobody(browser: Browser) -> None:
    """A GET notes nothing and shows no question; outside a frame it leads to the card among the others."""
    browser.come_in()
    assert QUIET in browser.get(f"/ask/{PICKS}").text
    assert browser.centre.standing().status is Status.UNKNOWN
    assert browser.get("/ask/nothing").status == 404
