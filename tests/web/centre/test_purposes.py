"""A purpose is said in words: people are never shown a term of a vocabulary that has any."""

from dataclasses import replace

import pytest

from fiel.operations.publish import publish
from tests.laws.world import PICKS, a_promise
from tests.web.centre.people import Browser, Centre
from tests.web.serving import say_yes


@pytest.mark.parametrize(
    ("term", "language", "said"),
    [
        ("dpv:Marketing", "es", "Dar a conocer lo que vendemos"),
        ("https://w3id.org/dpv#Marketing", "en", "Make known what we sell"),
        ("shop:Own", "en", "A purpose that the company calls: shop:Own"),
    ],
)
def test_a_purpose_that_changed_is_said_in_words(term: str, language: str, said: str) -> None:
    """Before and now, in the language of the page; a term of the company's own as it wrote it, and named as such."""
    centre = Centre()
    say_yes(centre.house)
    base = a_promise("base")
    changed = replace(base.use_cases[PICKS], purpose=term)
    publish(
        centre.house, replace(base, use_cases={**base.use_cases, PICKS: changed}), approved_by=("one", "two")
    ).result()
    browser = Browser(centre, language=language)
    browser.come_in()
    text = browser.get("/changes").text
    assert said in text
    assert "dpv:" not in text
    assert "ProvideProductRecommendations" not in text
