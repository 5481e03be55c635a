"""The deceptive patterns of the EDPB's guidelines 03/2022, absent from all sentences and pages, shown today or not.

In a real browser, one check each, with a site that deceives as the control: `tests/browser/test_checks.py`.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from fiel.bootstrap import load_phrases
from fiel.core.wording import hedging, pushing
from fiel.web.centre.rooms import ALL
from tests.web.centre.people import Browser, Centre, Page

Finder = Callable[[str, str], tuple[str, ...]]

WORDS_A_SENTENCE = 22
PERSONAL = ("/preferences", "/data", "/uses", "/rights", "/rights/erase", "/receipts", "/changes")


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Every page of somebody who has just come in."""
    browser = Browser(Centre())
    browser.come_in()
    return [browser.get(path) for path in PERSONAL]


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """All that the centre says in a language, sentence by sentence."""
    for key, said in load_phrases()[language].items():
        if key.startswith("centre."):
            yield from ((key, sentence) for sentence in re.split(r"(?<=[.:;?])\s", said))


def found(finder: Finder, language: str) -> list[tuple[str, str]]:
    """The sentences in which a word of a list stands."""
    return [(key, said) for key, said in sentences(language) if finder(said, language)]


def test_no_page_prompts(pages: list[Page]) -> None:
    """Continuous prompting: nothing lies over a page, takes the focus, or comes again by itself."""
    for page in pages:
        assert page.all("dialog") == []
        assert [tag for _, tag in page.tags if "autofocus" in tag or tag.get("http-equiv") == "refresh"] == []


def test_nothing_in_a_card_leads_the_eye_away(pages: list[Page]) -> None:
    """Look over there: no picture, no film, no link out of the centre stands on any page."""
    for page in pages:
        assert [name for name, _ in page.tags if name in {"img", "video", "picture", "iframe", "svg", "marquee"}] == []
        assert [tag["href"] for tag in page.all("a") if not tag["href"].startswith(("/", "#"))] == []


def test_no_comes_first_everywhere(pages: list[Page]) -> None:
    """Inconsistent interface: in every row of buttons the no stands first, also where an area is decided at once."""
    rows = 0
    for page in pages:
        for form in page.forms:
            values = [value for name, value in form.offers if name in {"choice", "teach", "wide"}]
            rows += bool(values)
            assert values == [] or values[0] in {"none", "no", "nothing"}
    assert rows > 2
    twin = pages[PERSONAL.index("/rights/erase")].text.partition('class="twin"')[2]
    assert twin.index("No borrar nada") < twin.index("Borrar todo<")


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_sentence_pushes(language: str) -> None:
    """Emotional steering: nothing exclaims, hurries, thanks, laments or recommends."""
    assert found(pushing, language) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_sentence_hedges_or_runs_on(language: str) -> None:
    """Ambiguous wording: nothing says what might be, and no sentence is longer than one takes in at once."""
    assert found(hedging, language) == []
    assert [(key, said) for key, said in sentences(language) if len(said.split()) > WORDS_A_SENTENCE] == []


def test_paths_are_fixed() -> None:
    """Decontextualising: each page is where the contract says, so that a site may link to it."""
    assert {room.path for room in ALL if room.method == "GET"} >= {
        "/enter", "/preferences", "/data", "/uses", "/why/{decision}", "/rights", "/receipts", "/changes",
    }  # fmt: skip
