"""The control share in the demo: the card says it beforehand, the shelf and its account when it happens."""

import re
from dataclasses import replace
from typing import cast

import pytest
from starlette.testclient import TestClient

from fiel.demo.run import Filled, app_of
from fiel.ports import Names
from tests.operations.houses import Told

SAID = {
    "en": (
        "Each month chance picks 2\u00a0% of those who allow this use",
        "This month you are among the 2\u00a0% of people who see what everybody sees",
        "Nothing of yours was read to choose it.",
    ),
    "es": (
        "Cada mes el azar elige a un 2\u00a0% de quienes permiten este uso",
        "Este mes estás entre el 2\u00a0% de personas que ven lo que ve todo el mundo",
        "Para elegir no se leyó ningún dato tuyo.",
    ),
}
"""In each language: what the card says, what the shelf says, and what the account of it says beside."""


def card_of(page: str, use_case: str) -> str:
    """One card of a person's page."""
    start = page.index(f'data-use-case="{use_case}"')
    return page[start : page.index("</article>", start)]


def pages(shop: Filled, lot: float) -> TestClient:
    """The demo's pages where everybody draws this number."""
    house = shop.fiel.house
    names = cast("Names", Told(house.names, lot=lambda _place, _month: lot))
    return TestClient(app_of(replace(shop, fiel=replace(shop.fiel, house=replace(house, names=names)))))


@pytest.mark.parametrize("language", SAID)
def test_a_draw_is_told_beforehand_and_when_it_happens(language: str, shop: Filled) -> None:
    """Whoever is drawn reads it on the shelf and where it says why; where no share is declared nothing is said."""
    before, now, beside = SAID[language]
    client = pages(shop, 0.0)
    page = client.get(f"/demo?who=alma&lang={language}").text
    card = card_of(page, "buy_again")
    assert before in card
    assert now in card
    assert 'data-level="none" data-verdict="permitted"' in card
    assert before not in card_of(page, "suggestions")
    link = re.search(r'href="(/demo/why/[^"#]+)', card)
    assert link is not None
    account = client.get(link[1].replace("&amp;", "&")).text
    assert now in account
    assert beside in account


def test_who_is_not_drawn_is_served(shop: Filled) -> None:
    """The control: with another number the same card is made of her purchases."""
    card = card_of(pages(shop, 0.5).get("/demo?who=alma&lang=en").text, "buy_again")
    assert SAID["en"][0] in card
    assert SAID["en"][1] not in card
    assert 'data-level="observed" data-verdict="permitted"' in card
