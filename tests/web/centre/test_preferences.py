"""The cards: nothing is chosen in advance, no is as near as yes, what is pressed is recorded, stated and provable."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest
from starlette.testclient import TestClient

from fiel.core.consent.choice import Attestation
from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.core.errors import Unavailable
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event, Traits
from fiel.keys.signer import verify
from fiel.operations.collect import Message, collect
from fiel.operations.erase import erase
from fiel.operations.prove import receipts
from fiel.operations.publish import publish
from fiel.operations.show import show_data
from fiel.stores.memory import MemoryStore
from fiel.testing.seals import MemorySeals
from fiel.web.app import make_app
from tests.laws.world import CARD, PICKS, a_promise
from tests.web.centre.people import Browser, Centre, Page
from tests.web.serving import ANA

CHOOSE = "/preferences/choose"
AREA = "/preferences/area"


@pytest.fixture
def centre() -> Centre:
    """A house of its own for each test."""
    return Centre()


@pytest.fixture
def browser(centre: Centre) -> Browser:
    """Ana, who has come in."""
    browser = Browser(centre)
    browser.come_in()
    return browser


def card(page: Page, use_case: str = PICKS) -> str:
    """The markup of one card."""
    found = re.search(rf'<article class="card" id="card-{use_case}".*?</article>', page.text, re.DOTALL)
    assert found is not None
    return found[0]


def choose(browser: Browser, choice: str, use_case: str = PICKS, *, page: Page | None = None) -> Page:
    """Press a button of a card, on a page that is fresh unless another one is given."""
    page = page or browser.get("/preferences")
    form = next(
        form for form in page.forms if form.action == CHOOSE and form.hidden["use_case"] == use_case
        and ("choice", choice) in form.offers
    )  # fmt: skip
    return browser.post(CHOOSE, form.hidden | {"choice": choice})


def test_nothing_is_chosen_in_advance(browser: Browser) -> None:
    """Before the person said anything no button is pressed and nothing is checked, and the state is undecided."""
    page = browser.get("/preferences")
    assert [tag for tag in page.all("button") if tag.get("aria-pressed") == "true"] == []
    assert [tag for tag in page.all("input") if "checked" in tag] == []
    assert 'data-status="unknown" data-mark="open"' in card(page)
    assert "Todavía no has elegido. No usamos nada tuyo." in card(page)


def test_a_card_has_a_button_for_no_and_one_for_each_level(browser: Browser) -> None:
    """The no comes first, and every level lists all that it includes, those before it too."""
    found = re.findall(
        r'name="choice" value="(\w+)".*?class="includes">(.*?)</span></span>',
        card(browser.get("/preferences")),
        re.DOTALL,
    )
    assert [value for value, _ in found] == ["none", "context", "declared", "observed"]
    parts = [re.findall(r"<span>(.*?)(?:</span>|$)", includes) for _, includes in found]
    assert [len(each) for each in parts] == [1, 1, 2, 3]
    assert parts[3][:2] == parts[2]


@pytest.mark.parametrize(
    ("choice", "status", "mark"),
    [("none", "refused", "no"), ("declared", "given", "yes"), ("observed", "given", "yes")],
)
def test_a_button_is_recorded_and_stated(  # noqa: PLR0917 - what is pressed, and what comes of it
    centre: Centre, browser: Browser, choice: str, status: str, mark: str
) -> None:
    """What is pressed is what the ledger holds and what the page says, with its receipt, which verifies."""
    page = choose(browser, choice)
    standing = centre.standing()
    assert (standing.status.value, page.status) == (status, 200)
    assert f'data-status="{status}" data-mark="{mark}"' in card(page)
    assert "Anotado." in card(page)
    assert f'href="/receipts/{standing.position}"' in card(page)
    assert next(tag["value"] for tag in page.all("button") if tag.get("aria-pressed") == "true") == choice
    receipt = receipts(centre.house, ANA)[-1]
    entry = receipt["entry"]
    assert isinstance(entry, dict)
    assert (entry["interface"], entry["language"], entry["attested_by"]) == ("centre", "es", "person")
    key = centre.house.signer.public_key
    read = json.loads(json.dumps(receipt))
    assert isinstance(verify_receipt(read, public_key=key, verify=lambda m, s: verify(key, m, s)), Genuine)


def test_a_no_takes_as_many_clicks_as_a_yes(browser: Browser) -> None:
    """Refusing, accepting and withdrawing are one press each, in forms with the same fields."""
    page = browser.get("/preferences")
    form = next(form for form in page.forms if ("choice", "none") in form.offers)
    assert ("choice", "observed") in form.offers
    choose(browser, "observed")
    form = next(form for form in browser.get("/preferences").forms if ("choice", "none") in form.offers)
    assert ("choice", "observed") in form.offers


def test_withdrawing_says_so(centre: Centre, browser: Browser) -> None:
    """After a yes the same first button withdraws, and its words say it before it is pressed."""
    page = choose(browser, "observed")
    assert "Retiras tu permiso" in card(page)
    choose(browser, "none")
    assert centre.standing().status.value == "withdrawn"


def test_teaching_is_a_yes_of_its_own(centre: Centre, browser: Browser) -> None:
    """It is asked only beside a yes that holds events, and a higher or lower level takes along what was said of it."""
    assert 'name="teach"' not in card(choose(browser, "declared"))
    page = choose(browser, "observed")
    assert not centre.standing().contributes
    form = next(form for form in page.forms if ("teach", "yes") in form.offers)
    page = browser.post(CHOOSE, form.hidden | {"teach": "yes"})
    assert centre.standing().contributes
    form = next(form for form in page.forms if ("teach", "no") in form.offers)
    browser.post(CHOOSE, form.hidden | {"teach": "no"})
    assert (centre.standing().contributes, centre.standing().level) == (False, Level.OBSERVED)


def test_what_rests_on_no_consent_has_no_consent_control(centre: Centre, browser: Browser) -> None:
    """Its card says on what it rests and offers to object, and the ledger records an objection."""
    told = card(browser.get("/preferences"), CARD)
    assert "se apoya en un contrato contigo" in told
    assert re.findall(r'name="choice" value="(\w+)"', told) == ["none"]
    page = choose(browser, "none", CARD)
    assert centre.standing(CARD).status.value == "objected"
    assert 'data-mark="no"' in card(page, CARD)


def test_a_yes_to_what_has_changed_records_nothing(centre: Centre, browser: Browser) -> None:
    """A button of a page made before a new version was published is not reinterpreted; the page shows what is new."""
    page = browser.get("/preferences")
    publish(centre.house, a_promise("wide"), approved_by=("one", "two")).result()
    after = choose(browser, "observed", page=page)
    assert centre.standing().status.value == "unknown"
    assert "No se ha anotado nada." in card(after)
    assert "cantidad" in card(after)
    assert choose(browser, "observed", page=after).status == 200
    assert centre.standing().status.value == "given"


def test_of_two_tabs_a_no_always_counts_and_a_yes_only_where_nothing_was_said_since(
    centre: Centre, browser: Browser
) -> None:
    """A yes of an old tab does not undo a no of a newer one; a no of an old tab does end a yes."""
    old = browser.get("/preferences")
    choose(browser, "none")
    page = choose(browser, "observed", page=old)
    assert (centre.standing().status.value, "No se ha anotado nada." in card(page)) == ("refused", True)
    choose(browser, "observed")
    choose(browser, "none", page=old)
    assert centre.standing().status.value == "withdrawn"


def test_teaching_after_the_yes_was_taken_back_elsewhere_records_nothing(centre: Centre, browser: Browser) -> None:
    """A button about teaching of an old tab is about a yes that is no more."""
    old = choose(browser, "observed")
    choose(browser, "none")
    form = next(form for form in old.forms if ("teach", "yes") in form.offers)
    page = browser.post(CHOOSE, form.hidden | {"teach": "yes"})
    assert "No se ha anotado nada." in card(page)
    assert centre.standing().status.value == "withdrawn"


def test_a_yes_that_no_longer_covers_is_not_renewed_by_the_way(centre: Centre, browser: Browser) -> None:
    """Where a wider version came into force, nothing about teaching is offered, and an old button does nothing."""
    old = choose(browser, "observed")
    before = centre.standing()
    publish(centre.house, a_promise("wide"), approved_by=("one", "two")).result()
    assert 'name="teach"' not in card(browser.get("/preferences"))
    form = next(form for form in old.forms if ("teach", "yes") in form.offers)
    page = browser.post(CHOOSE, form.hidden | {"teach": "yes"})
    assert "No se ha anotado nada." in card(page)
    fresh = {name: value for name, value in page.forms[-1].hidden.items() if name == "proof"}
    notice = re.findall(r'name="notice" value="([0-9a-f]{64})"', card(page))[0]
    browser.post(CHOOSE, fresh | {"use_case": PICKS, "teach": "yes", "notice": notice})
    assert centre.standing() == before


def test_a_store_that_does_not_answer_is_said_on_a_page(centre: Centre, browser: Browser) -> None:
    """Whatever fails, the page says that it is not possible now, and nothing of the person."""
    broken = replace(centre.house, store=Broken())
    app = make_app(broken, verify_subject=lambda token: centre.tokens.verify(token, now=broken.clock.now()))
    browser.client = TestClient(app, base_url=browser.url, cookies=browser.client.cookies)
    page = browser.get("/preferences")
    assert (page.status, page.title) == (503, "Ahora mismo no es posible")
    assert browser.post(CHOOSE, {"proof": "x"}).status == 503


class Broken(MemoryStore):
    """A store that answers nothing."""

    def __init__(self) -> None:
        """Break it."""
        super().__init__(seals=MemorySeals())

    def read(self) -> NoReturn:
        """Refuse."""
        raise Unavailable("the store is away")


def test_somebody_erased_while_the_page_is_open_is_not_taken_up_again(centre: Centre, browser: Browser) -> None:
    """A yes of a page made before the erasure records nothing; one of a page that says they were erased does."""
    choose(browser, "observed")
    old = browser.get("/preferences")
    erase(centre.house, ANA, attested_by=Attestation.CONTROLLER).result()
    page = choose(browser, "declared", page=old)
    assert receipts(centre.house, ANA) == []
    assert "Tus datos se han borrado." in page.text
    choose(browser, "declared", page=page)
    assert centre.standing().status.value == "given"


def test_nothing_of_an_area_says_no_to_all_of_it(centre: Centre, browser: Browser) -> None:
    """The wide no says before what it will do, refuses or withdraws each, and changes nothing in other areas."""
    choose(browser, "observed")
    page = browser.get("/preferences")
    form = next(form for form in page.forms if form.action == AREA and form.hidden["area"] == "sales")
    assert form.offers == [("wide", "nothing"), ("wide", "least")]
    browser.post(AREA, form.hidden | {"wide": "nothing"})
    assert (centre.standing().status.value, centre.standing(CARD).status.value) == ("withdrawn", "unknown")
    page = browser.post(AREA, form.hidden | {"wide": "nothing"})
    assert "No había nada que cambiar" in page.text


def test_the_least_of_an_area_is_the_lowest_level_of_what_is_undecided(centre: Centre, browser: Browser) -> None:
    """The wide yes gives the lowest level, and never undoes a refusal."""
    page = browser.get("/preferences")
    form = next(form for form in page.forms if form.action == AREA and form.hidden["area"] == "sales")
    browser.post(AREA, form.hidden | {"wide": "least"})
    assert centre.standing().level is Level.CONTEXT
    choose(browser, "none")
    page = browser.get("/preferences")
    form = next(form for form in page.forms if form.action == AREA and form.hidden["area"] == "sales")
    browser.post(AREA, form.hidden | {"wide": "least"})
    assert centre.standing().status.value == "withdrawn"


def test_a_page_cannot_be_made_to_say_that_something_was_done(browser: Browser) -> None:
    """What a page states after a form comes from this session alone, and only while it is still so."""
    done = browser.post(
        CHOOSE,
        next(form for form in browser.get("/preferences").forms if ("choice", "none") in form.offers).hidden
        | {"choice": "none"},
        follow=False,
    ).headers["location"]
    assert "Anotado." in browser.get(done).text
    choose(browser, "observed")
    assert "Anotado." not in browser.get(done).text
    other = Browser(browser.centre)
    other.come_in()
    assert "Anotado." not in other.get(done).text
    assert "Anotado." not in browser.get("/preferences?done=%5B%22picks%22%2C1%2C%5B%5D%5D").text


@pytest.mark.parametrize("choice", ["context", "declared", "observed"])
def test_what_a_card_says_is_what_is_kept(centre: Centre, browser: Browser, choice: str) -> None:
    """Of everything that is sent, the fields that stay are those that the button's level and the label name."""
    page = choose(browser, choice)
    rows = {
        row["data-kind"]: set(row["data-names"].split())
        for row in Page(200, card(page), {}).all("tr")
        if "data-kind" in row
    }
    house, now = centre.house, centre.house.clock.now() + timedelta(minutes=1)
    centre.doors.clock.turn(timedelta(minutes=2))
    sent = {"item": "cup", "quantity": 2, "religion": "x", "price": 3.0}
    messages = [
        Message(id="1", subject=ANA, content=Event(name="purchase", at=now, properties=sent)),
        Message(id="2", subject=ANA, content=Traits(at=now, values={"tastes": ["tea"], "age": 4})),
    ]
    collect(house, messages).result()
    held = next((each.held for each in show_data(house, ANA, by=Attestation.PERSON) if each.use_case == PICKS), None)
    events = {frozenset(event.properties) for event in held.events} if held else set()
    facts = set(held.facts) if held else set()
    level = Level.named(choice)
    assert facts == ({"tastes"} if level >= Level.DECLARED else set())
    assert events == ({frozenset({"item"})} if level >= Level.OBSERVED else set())
    assert rows == {"context": {"item"}, "attribute": {"tastes"}, "purchase": {"item"}}


def test_the_company_s_words_stay_words(centre: Centre) -> None:
    """A text of the promise with markup in it is shown as text."""
    promise = a_promise("base")
    bad = {"es": '<script>x()</script><b>es</b>" onload="x', "en": "<img src=x onerror=x()>"}
    case = replace(promise.use_cases[PICKS], title=bad, why=bad)
    publish(
        centre.house, replace(promise, use_cases={**promise.use_cases, PICKS: case}), approved_by=("a", "b")
    ).result()
    browser = Browser(centre)
    for path in ("/preferences", "/preferences?lang=en", "/data", "/rights", "/changes"):
        browser.come_in()
        text = browser.get(path).text
        assert re.findall(r"<(?:script|img|b>es)|\son\w+=\"x", text) == []


def test_a_language_once_chosen_stays(centre: Centre, browser: Browser) -> None:
    """The page in the other language, and from then on every page, also the receipt of what is chosen there."""
    page = browser.get("/preferences?lang=en")
    assert '<html lang="en">' in page.text
    page = choose(browser, "none", page=browser.get("/preferences"))
    assert '<html lang="en">' in page.text
    entry = receipts(centre.house, ANA)[-1]["entry"]
    assert isinstance(entry, dict)
    assert entry["language"] == "en"


def test_the_signal_of_a_browser_is_shown_as_honoured(browser: Browser) -> None:
    """The strip is there only when the signal came."""
    assert "GPC" not in browser.get("/preferences").text
    answer = browser.client.get("/preferences", headers={"Sec-GPC": "1"})
    assert "(GPC). Lo respetamos." in answer.text
