"""Too many options: an area shows seven cards at once, and the others behind one heading with the same controls."""

import re
from dataclasses import replace

import pytest

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Promise
from fiel.operations.publish import publish
from tests.laws.world import a_promise, picks
from tests.web.centre.people import Browser, Centre, Page

CHOOSE = "/preferences/choose"


def crowded(count: int) -> Promise:
    """A promise with so many uses in one area."""
    cases = [replace(picks("base"), id=UseCaseId(f"use{number}")) for number in range(count)]
    return replace(a_promise("base"), use_cases={case.id: case for case in cases})


@pytest.fixture
def browser() -> Browser:
    """Somebody before ten uses of one area."""
    centre = Centre()
    publish(centre.house, crowded(10), approved_by=("one", "two")).result()
    browser = Browser(centre)
    browser.come_in()
    return browser


def parted(page: Page) -> tuple[list[str], list[str]]:
    """The uses whose cards lie open, and those that are folded away."""
    first, _, rest = page.text.partition('<details class="more"')
    opened, folded = (re.findall(r'data-use-case="(\w+)"', part) for part in (first, rest))
    return opened, folded


def test_seven_lie_open(browser: Browser) -> None:
    """In the company's order; the others follow behind a heading that says how many they are."""
    page = browser.get("/preferences")
    assert parted(page) == ([f"use{number}" for number in range(7)], ["use7", "use8", "use9"])
    assert "Ver los demás usos (3)" in page.text
    assert "10 sin decidir" in page.text


def test_a_folded_card_has_the_same_controls(browser: Browser) -> None:
    """Its buttons are those of the others, pressing one is recorded, and the fold then lies open to show it."""
    page = browser.get("/preferences")
    offers = {form.hidden["use_case"]: form.offers for form in page.forms if form.action == CHOOSE}
    assert offers["use9"] == offers["use0"]
    form = next(form for form in page.forms if form.hidden.get("use_case") == "use9")
    after = browser.post(CHOOSE, form.hidden | {"choice": "none"})
    assert re.search(r'<details class="more" id="more-sales" open>', after.text)
    assert parted(after) == parted(page)
    assert "Anotado." in after.text.partition('id="card-use9"')[2]


def test_one_press_reaches_the_folded_ones_too(browser: Browser) -> None:
    """No to all of an area is no to all ten."""
    form = next(form for form in browser.get("/preferences").forms if form.action == "/preferences/area")
    assert "10 no" in browser.post("/preferences/area", form.hidden | {"wide": "nothing"}).text


def test_seven_are_not_folded() -> None:
    """Where there are no more than seven, there is no fold."""
    centre = Centre()
    publish(centre.house, crowded(7), approved_by=("one", "two")).result()
    browser = Browser(centre)
    assert '<details class="more"' not in browser.come_in().text
