"""The examples of a card: made of nobody, the same for everybody, in words alone, and one for each answer."""

import re
from dataclasses import replace

import pytest

from fiel.core.promise.usecase import Promise
from fiel.operations.publish import publish
from tests.laws.world import PICKS, a_promise
from tests.web.asking import BEA
from tests.web.centre.people import Browser, Centre
from tests.web.serving import ANA, say_yes


@pytest.fixture
def centre() -> Centre:
    """A house of its own for each test."""
    return Centre()


def example(browser: Browser, use_case: str = PICKS) -> str:
    """The markup of the example of one card."""
    text = browser.get("/preferences").text
    card = re.search(rf'id="card-{use_case}".*?</article>', text, re.DOTALL)
    assert card is not None
    found = re.search(r'<div class="racks">.*?</div>', card[0], re.DOTALL)
    assert found is not None
    return found[0]


def test_there_is_a_shelf_for_each_answer(centre: Centre) -> None:
    """The no first, then each level in its order, as the buttons stand; each with what would be shown."""
    browser = Browser(centre)
    browser.come_in()
    racks = example(browser)
    assert re.findall(r'data-level="(\w+)"', racks) == ["none", "context", "declared", "observed"]
    assert "Si dices que no" in racks


def test_it_is_the_same_for_whoever_looks(centre: Centre) -> None:
    """Before and after a yes, for one person and another: nothing of theirs is in it, and after the yes it says so."""
    ana, bea = Browser(centre), Browser(centre)
    ana.come_in()
    bea.come_in(BEA)
    before = example(ana)
    assert "no se ha mirado nada tuyo" in ana.get("/preferences").text
    say_yes(centre.house, ANA)
    assert example(ana) == before == example(bea)
    assert "no son tus datos, aunque hayas dicho que sí" in ana.get("/preferences").text


def test_it_is_words_alone(centre: Centre) -> None:
    """No picture and no link: an example must not sell anything (look over there)."""
    browser = Browser(centre)
    browser.come_in()
    assert re.search(r"<(a|img|svg|button|form)\b", example(browser)) is None


def test_nothing_sensitive_is_made_up(centre: Centre) -> None:
    """The invented person neither looks at, likes nor bought anything from which nothing may be concluded."""
    browser = Browser(centre)
    browser.come_in()
    who = re.findall(r"persona inventada: (.*?)</p>", browser.get("/preferences").text)
    assert who
    assert [said for said in who if "alcohol" in said or "wine" in said] == []


def named(promise: Promise) -> Promise:
    """The promise, with a name for one group of items."""
    return replace(promise, groups={"bag": {"es": "Bolsos", "en": "Bags"}, "lamp": {"es": "Lámparas", "en": "Lamps"}})


def test_groups_are_called_as_the_company_calls_them(centre: Centre) -> None:
    """Where it gave a group a name, people read that one in their language, and elsewhere the group's own word."""
    publish(centre.house, named(a_promise("base")), approved_by=("wording",)).result()
    say_yes(centre.house, ANA)
    for language, said in (("es", "Lámparas"), ("en", "Lamps")):
        browser = Browser(centre, language=language)
        browser.come_in()
        assert f"> {said}</label>" in browser.get("/data").text
        assert "> candle</label>" in browser.get("/data").text
