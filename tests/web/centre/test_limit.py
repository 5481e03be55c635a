"""Limiting: what is held stays and is not used, until the person says so; from a card and from the rights' page."""

import re
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.publish import publish
from fiel.operations.show import show_data
from tests.laws.world import CARD, PICKS, a_promise
from tests.web.centre.people import Browser, Centre
from tests.web.serving import ANA, say_yes

CHOOSE = "/preferences/choose"
LIMIT = "/rights/limit"


@pytest.fixture
def centre() -> Centre:
    """A house in which Ana said yes and bought a lamp."""
    centre = Centre()
    say_yes(centre.house)
    buy(centre, "lamp")
    return centre


@pytest.fixture
def browser(centre: Centre) -> Browser:
    """Ana, who has come in."""
    browser = Browser(centre)
    browser.come_in()
    return browser


def buy(centre: Centre, item: str) -> None:
    """Ana buys something."""
    now = centre.doors.clock.turn(timedelta(minutes=1))
    bought = Event(name="purchase", at=now, properties={"item": item})
    collect(centre.house, [Message(id=item, subject=ANA, content=bought)]).result()


def held(centre: Centre, use_case: str = PICKS) -> list[object]:
    """What Ana bought, as one use case holds it."""
    found = [each.held for each in show_data(centre.house, ANA, by=Attestation.PERSON) if each.use_case == use_case]
    return [event.properties["item"] for each in found if each is not None for event in each.events]


def press(browser: Browser, wanted: str, use_case: str = PICKS) -> None:
    """Press the button of a card."""
    page = browser.get("/preferences")
    form = next(form for form in page.forms if ("limit", wanted) in form.offers and form.hidden["use_case"] == use_case)
    browser.post(CHOOSE, form.hidden | {"limit": wanted})


def test_what_is_limited_is_kept_and_not_used(centre: Centre, browser: Browser) -> None:
    """The entry says so; what is held stays as it is, nothing new comes in, and no decision uses it."""
    press(browser, "offer")
    assert centre.standing().status is Status.RESTRICTED
    buy(centre, "cup")
    assert held(centre) == ["lamp"]
    decision = decide(centre.house, Ask(use_case=PICKS, subject=ANA)).release()
    assert (decision.outcome.level, decision.outcome.reason) == (Level.NONE, "restricted")
    text = browser.get("/preferences").text
    assert 'data-status="restricted" data-mark="lapsed"' in text
    assert "El uso de tus datos está en pausa." in text


def test_lifting_brings_back_what_was_agreed_to(centre: Centre, browser: Browser) -> None:
    """The same level, what was held, and from then on new things again: but none of what happened in between."""
    press(browser, "offer")
    buy(centre, "cup")
    press(browser, "lift")
    standing = centre.standing()
    assert (standing.status, standing.level) == (Status.GIVEN, Level.OBSERVED)
    buy(centre, "bag")
    assert held(centre) == ["lamp", "bag"]


def test_a_yes_to_another_version_does_not_come_back_by_itself(centre: Centre, browser: Browser) -> None:
    """Where the use changed meanwhile there is no button to lift, and one that was kept open records nothing."""
    press(browser, "offer")
    page = browser.get("/preferences")
    form = next(form for form in page.forms if ("limit", "lift") in form.offers)
    publish(centre.house, a_promise("wide"), approved_by=("one", "two")).result()
    said = browser.post(CHOOSE, form.hidden | {"limit": "lift"})
    assert "No se ha anotado nada." in said.text
    assert centre.standing().status is Status.RESTRICTED
    assert [form for form in browser.get("/preferences").forms if ("limit", "lift") in form.offers] == []


def test_saying_no_while_it_is_limited_takes_it_back(centre: Centre, browser: Browser) -> None:
    """A limited yes is still a yes that can be withdrawn, and then all of it goes."""
    press(browser, "offer")
    form = next(form for form in browser.get("/preferences").forms if ("choice", "observed") in form.offers)
    browser.post(CHOOSE, form.hidden | {"choice": "none"})
    assert centre.standing().status is Status.WITHDRAWN
    assert held(centre) == []


def test_what_rests_on_a_contract_can_be_limited_too(centre: Centre, browser: Browser) -> None:
    """Without any consent: limited, and lifted to what it was, which no page calls an objection."""
    press(browser, "offer", CARD)
    assert centre.standing(CARD).status is Status.RESTRICTED
    press(browser, "lift", CARD)
    standing = centre.standing(CARD)
    assert (standing.status, standing.level) == (Status.OBJECTED, Level.OBSERVED)
    assert "Ya no te opones a nada de esto." in browser.get("/preferences").text


def test_all_can_be_limited_and_lifted_from_the_rights(centre: Centre, browser: Browser) -> None:
    """One press limits every use that holds something, one more lifts them; each is an entry of its own."""
    for wanted, said in (("offer", "Se guarda, y no se usa."), ("lift", "Se usa otra vez, como antes.")):
        page = browser.get("/rights")
        form = next(form for form in page.forms if form.action == LIMIT and ("limit", wanted) in form.offers)
        assert len([name for name in form.hidden if name.startswith("seen.")]) == 2
        assert said in browser.post(LIMIT, form.hidden | {"limit": wanted}).text
    assert centre.standing().status is Status.GIVEN
    assert centre.standing(CARD).status is Status.OBJECTED
    assert len(re.findall(r'href="/receipts/(\d+)"', browser.get("/receipts").text)) == 5


def test_where_nothing_is_held_nothing_can_be_limited(browser: Browser) -> None:
    """Who said no has nothing that could be kept: there is no button, and the page says why."""
    page = browser.get("/preferences")
    for form in [form for form in page.forms if form.action == "/preferences/area"]:
        browser.post("/preferences/area", form.hidden | {"wide": "nothing"})
    assert "ningún uso guarda nada tuyo" in browser.get("/rights").text
    assert [form for form in browser.get("/preferences").forms if ("limit", "offer") in form.offers] == []


def test_a_form_that_no_page_made_limits_nothing(centre: Centre, browser: Browser) -> None:
    """Neither word, or of another use: refused, and nothing is recorded."""
    form = next(form for form in browser.get("/preferences").forms if ("limit", "offer") in form.offers)
    assert browser.post(CHOOSE, form.hidden | {"limit": "maybe"}).status == 422
    assert "No se ha anotado nada." in browser.post(CHOOSE, form.hidden | {"limit": "lift"}).text
    assert centre.standing().status is Status.GIVEN


def test_no_page_offers_what_is_set_aside_to_be_changed(browser: Browser) -> None:
    """What is limited is shown, says that it is set aside, and offers no button that would only be refused."""
    assert any(form.action == "/data/strike" for form in browser.get("/data").forms)
    press(browser, "offer")
    page = browser.get("/data")
    kept = [
        form for form in page.forms if form.action in {"/data/strike", "/topics"} and form.hidden["use_case"] == PICKS
    ]
    assert [form.offers for form in kept if form.offers] == []
    assert "Esto se guarda y ahora no se usa" in page.text
