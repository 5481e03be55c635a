"""The page of the laws says what the laws say."""

import pytest

from tests.docs.laws import drawn
from tests.docs.pages import DOCS


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_is_drawn_from_the_laws(language: str) -> None:
    """No figure on the page differs from the one that the program counts with."""
    assert (DOCS / "reference" / f"laws.{language}.md").read_text(encoding="utf-8") == drawn(language)
