"""What is held, used, signed, changed and erased: pages tell it as the store has it, and forms do what they say."""

import base64
import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from fiel.core.consent.choice import Attestation
from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.core.use.gate import Event, Traits
from fiel.keys.signer import public_key_in, verify
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.publish import publish
from fiel.operations.show import show_data
from tests.laws.world import PICKS, a_promise
from tests.web.asking import BEA
from tests.web.centre.people import Browser, Centre, Page
from tests.web.serving import ANA, say_yes


@pytest.fixture
def centre() -> Centre:
    """A house in which Ana said yes, told a taste, bought a lamp, and was shown something."""
    centre = Centre()
    say_yes(centre.house)
    now = centre.doors.clock.turn(timedelta(minutes=1))
    lamp = Event(name="purchase", at=now, properties={"item": "lamp"})
    messages = [
        Message(id="1", subject=ANA, content=lamp),
        Message(id="2", subject=ANA, content=Traits(at=now, values={"tastes": ["cup"]})),
    ]
    collect(centre.house, messages).result()
    decide(centre.house, Ask(use_case=PICKS, subject=ANA)).release()
    return centre


@pytest.fixture
def browser(centre: Centre) -> Browser:
    """Ana, who has come in."""
    browser = Browser(centre)
    browser.come_in()
    return browser


def held(centre: Centre) -> tuple[list[object], list[object], tuple[str, ...]]:
    """The facts, the items and the topics off of Ana's picks."""
    found = next(each.held for each in show_data(centre.house, ANA, by=Attestation.PERSON) if each.use_case == PICKS)
    assert found is not None
    facts: list[object] = [fact.value for fact in found.facts.values()]
    return facts, [event.properties["item"] for event in found.events], found.off


def why_of(browser: Browser) -> Page:
    """The page of the latest use."""
    link = re.search(r'href="(/why/[^"]+)"', browser.get("/uses").text)
    assert link is not None
    return browser.get(link[1])


def test_what_is_held_is_told_use_by_use(browser: Browser) -> None:
    """Each row is there with its day or month, under the use case that holds it."""
    text = browser.get("/data").text
    section = text.partition(f'id="{PICKS}"')[2].partition("</article>")[0]
    assert "texto</th>" in section
    assert "cup</th>" in section
    assert "dicho el" in section


def test_what_was_told_is_corrected_by_whoever_told_it(centre: Centre, browser: Browser) -> None:
    """The form has the present value, and what is saved takes its place, for the uses that were allowed to have it."""
    page = browser.get("/data")
    form = next(form for form in page.forms if form.action == "/data/told")
    assert ("value", "cup") in form.offers
    page = browser.post("/data/told", form.hidden | {"value": "bag\nlamp"})
    assert "Guardado." in page.text
    assert held(centre)[0] == [("bag", "lamp")]
    browser.post("/data/told", form.hidden)
    assert held(centre)[0] == [()]


@pytest.mark.parametrize(
    "wrong", [{"attribute": "religion"}, {"attribute": ""}, {"attribute": "tastes", "value": "x" * 9_000}]
)
def test_nothing_undeclared_can_be_told(centre: Centre, browser: Browser, wrong: dict[str, str]) -> None:
    """A form that names what nobody declared, or no value of that kind, keeps nothing."""
    form = next(form for form in browser.get("/data").forms if form.action == "/data/told")
    before = held(centre)
    assert browser.post("/data/told", form.hidden | wrong).status == 422
    assert held(centre) == before


def test_one_thing_is_struck_out_where_it_is_listed(centre: Centre, browser: Browser) -> None:
    """One press takes the row away and nothing else; pressed again in an old tab it says that nothing was there."""
    page = browser.get("/data")
    form = next(form for form in page.forms if form.action == "/data/strike")
    facts, items, _ = held(centre)
    assert len(form.offers) == len(facts) + len(items) == 2
    event = next(value for _, value in form.offers if value.startswith("event:"))
    assert "Borrado." in browser.post("/data/strike", form.hidden | {"row": event}).text
    assert held(centre)[:2] == ([("cup",)], [])
    assert "No se ha borrado nada." in browser.post("/data/strike", form.hidden | {"row": event}).text
    browser.post("/data/strike", form.hidden | {"row": "fact:tastes"})
    assert held(centre)[:2] == ([], [])


def test_what_no_use_may_have_is_not_asked_for(centre: Centre) -> None:
    """Somebody who allows nothing is offered no form to tell anything."""
    other = Browser(centre)
    other.come_in(BEA)
    assert [form for form in other.get("/data").forms if form.action == "/data/told"] == []


def test_all_of_it_can_be_taken_along(browser: Browser) -> None:
    """One file with what is held, how it was used, and the receipts."""
    page = browser.get("/data/download")
    assert "attachment" in page.headers["content-disposition"]
    whole = json.loads(page.text)
    assert whole["data"][0]["events"][0]["properties"] == {"item": "lamp"}
    assert (len(whole["uses"]), len(whole["receipts"])) == (1, 1)


def test_each_use_opens_its_why(browser: Browser) -> None:
    """The log has the use with what was read, and its page the rung and what weighed."""
    text = browser.get("/uses").text
    assert "Datos tuyos leídos: 2." in text
    page = why_of(browser)
    assert page.status == 200
    assert 'class="used" aria-current="step">Lo que haces aquí' in page.text
    assert "Datos tuyos que se leyeron: 2" in page.text


def test_what_everybody_would_see_is_beside_it(centre: Centre, browser: Browser) -> None:
    """From the why it is one press to the same without anything of one's own, and looking at it is not noted."""
    page = why_of(browser)
    link = next(tag["href"] for tag in page.all("a") if "?everybody" in tag["href"])
    before = len(re.findall('href="/why/', browser.get("/uses").text))
    told = browser.get(link).text.partition('<section class="block" id="everybody">')[2].partition("</section>")[0]
    assert "Lo que vería todo el mundo" in told
    assert told.count("<li>") > 0
    assert len(re.findall('href="/why/', browser.get("/uses").text)) == before
    assert centre.standing().position is not None


def test_a_topic_is_left_out_where_it_weighed(centre: Centre, browser: Browser) -> None:
    """Beside the reasons a topic goes off: what is held of it goes, the page says so, and it can count again."""
    page = why_of(browser)
    form = next(form for form in page.forms if ("topic", "lamp") in form.offers)
    page = browser.post("/topics", form.hidden | {"topic": "lamp"})
    assert "Hecho: lamp ya no cuenta" in page.text
    assert held(centre)[1:] == ([], ("lamp",))
    assert "Volver a contar con lamp" in browser.get("/data").text
    form = next(form for form in page.forms if ("topic", "lamp") in form.offers)
    assert form.hidden["off"] == "no"
    browser.post("/topics", form.hidden | {"topic": "lamp"})
    assert held(centre)[2] == ()


def test_of_somebody_else_s_decision_nothing_can_be_pressed(centre: Centre, browser: Browser) -> None:
    """Whoever is shown the address of a decision about another person is told why, and has no control over it."""
    link = re.search(r'href="(/why/[^"]+)"', browser.get("/uses").text)
    assert link is not None
    other = Browser(centre)
    other.come_in(BEA)
    page = other.get(link[1])
    assert page.status == 200
    assert [form.action for form in page.forms] == ["/leave"]


def test_a_receipt_can_be_read_and_checked_offline(browser: Browser) -> None:
    """The file that is downloaded, and the key beside it, are all that a check needs."""
    position = re.findall(r'href="/receipts/(\d+)"', browser.get("/receipts").text)[0]
    page = browser.get(f"/receipts/{position}")
    assert "Justificante de lo que elegiste" in page.text
    assert f"fiel verify receipt-{position}.json --key public.pem" in page.text
    receipt = json.loads(browser.get(f"/receipts/{position}?download").text)
    pem = browser.get("/public.pem").text.encode()
    assert load_pem_public_key(pem) is not None
    key = public_key_in(pem)
    assert isinstance(verify_receipt(receipt, public_key=key, verify=lambda m, s: verify(key, m, s)), Genuine)


def test_nobody_reads_somebody_else_s_receipt(centre: Centre, browser: Browser) -> None:
    """A receipt is found only by the person whose it is."""
    position = re.findall(r'href="/receipts/(\d+)"', browser.get("/receipts").text)[0]
    other = Browser(centre)
    other.come_in(BEA)
    assert other.get(f"/receipts/{position}").status == 404
    assert "Todavía no has elegido nada" in other.get("/receipts").text


def test_what_changed_is_told_beside_what_was_agreed_to(centre: Centre, browser: Browser) -> None:
    """A wider version stands still and is shown edit by edit; a narrower one goes on, and says that it does."""
    assert "Nada de lo que aceptaste ha cambiado." in browser.get("/changes").text
    publish(centre.house, a_promise("wide"), approved_by=("one", "two")).result()
    text = browser.get("/changes").text
    assert 'data-covered="no"' in text
    row = re.search(r'<tr data-wider="yes">.*?</tr>', text, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td[^>]*>(.*?)</td>", row[0]) == ["producto", "producto, cantidad"]
    card = browser.get("/preferences").text.partition(f'id="card-{PICKS}"')[2].partition("</article>")[0]
    assert "pide ahora más de lo que aceptaste" in card
    assert f"/changes#{PICKS}" in card


def test_a_narrower_version_asks_nobody(centre: Centre, browser: Browser) -> None:
    """Less of what was agreed to is still agreed to, and the page says how it was and how it is."""
    publish(centre.house, a_promise("narrow"), approved_by=("one", "two")).result()
    text = browser.get("/changes").text
    assert 'data-covered="yes"' in text
    assert "durante 30 días" in text
    assert "durante 90 días" in text


def test_the_six_rights_lead_where_they_say(browser: Browser) -> None:
    """Each right has its card; each link of a card answers, and what has no link has its button there."""
    page = browser.get("/rights")
    titles = re.findall(r"<h2>(.*?)</h2>", page.text)
    assert titles == ["Ver", "Llevarme", "Corregir", "Oponerme", "Limitar", "Borrar"]
    main = page.text.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'class="go" href="([^"]+)"', main)
    assert len(links) == 5
    assert {browser.get(link).status for link in links} == {200}
    limit = re.findall(r'<article id="limit">.*?</article>', main, re.DOTALL)[0]
    assert re.findall(r'<button class="press" name="(\w+)" value="(\w+)"', limit)[0] == ("limit", "offer")


def test_erasing_asks_once_and_ends_in_a_certificate(centre: Centre, browser: Browser) -> None:
    """The first page does nothing; the second erases, hands over the certificate, and nobody is in any more."""
    page = browser.get("/rights/erase")
    assert [tag["class"] for tag in page.all("button") if tag.get("class") != "plain"] == ["press", "press"]
    assert held(centre)[1] == ["lamp"]
    form = next(form for form in page.forms if form.action == "/rights/erase")
    page = browser.post("/rights/erase", form.hidden)
    assert (page.status, page.title) == (200, "Tus datos se han borrado")
    assert show_data(centre.house, ANA, by=Attestation.PERSON) == ()
    data = re.search(r'href="data:application/json;base64,([^"]+)"', page.text)
    assert data is not None
    certificate = json.loads(base64.b64decode(data[1]))
    assert (certificate["was_known"], [each["use_case"] for each in certificate["destroyed"]]) == (True, [PICKS])
    assert browser.get("/preferences").status == 401


def test_erasing_without_meaning_it_does_nothing(centre: Centre, browser: Browser) -> None:
    """A form that does not say that it is meant is no erasure."""
    form = next(form for form in browser.get("/rights/erase").forms if form.action == "/rights/erase")
    assert browser.post("/rights/erase", {"proof": form.hidden["proof"]}).status == 422
    assert held(centre)[1] == ["lamp"]


def test_every_page_is_within_two_steps_of_every_other(browser: Browser) -> None:
    """From any page the row at the top leads to all, and whatever any of them links to answers (no dead end)."""
    rooms = ["/preferences", "/data", "/uses", "/rights", "/receipts"]
    for room in [*rooms, "/changes", "/rights/erase"]:
        page = browser.get(room)
        links = {tag["href"] for tag in page.all("a") if tag["href"].startswith("/")}
        assert links >= set(rooms)
        assert {link: browser.get(link).status for link in sorted(links) if browser.get(link).status != 200} == {}


def test_a_page_has_one_title_and_its_parts_under_it(browser: Browser) -> None:
    """One heading of the first rank; areas are of the second and use cases of the third; no rank is left out."""
    for room in ("/preferences", "/data", "/uses", "/rights", "/receipts", "/changes", "/rights/erase"):
        ranks = [int(rank) for rank in re.findall(r"<h([1-6])", browser.get(room).text)]
        assert ranks.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(ranks))
    text = browser.get("/preferences").text.partition("<footer")[0]
    assert len(re.findall("<h2>", text)) == len(a_promise("base").areas)
    assert len(re.findall("<h3>", text)) == len(a_promise("base").use_cases)
