"""The demo says the same in both languages, and answers in the one it is asked in."""

from string import Formatter

import pytest

from fiel.core.permit import PERMITTED, Refused
from fiel.demo.words import LANGUAGES, language_of, load_words


def slots(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    """Each sentence exists in each language, with the same slots, and is not the other's."""
    spanish, english = (load_words()[language] for language in LANGUAGES)
    assert spanish.keys() == english.keys()
    assert [name for name in spanish if slots(spanish[name]) != slots(english[name])] == []
    slotted = {"when.month"}  # in English the month stands before the year without a word between them
    assert [name for name in spanish if spanish[name] == english[name] and name not in slotted] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_of_the_needle_is_said_in_words(language: str) -> None:
    """There is a sentence for whatever the needle can say, and for nothing else."""
    said = {key.removeprefix("cheat.verdict.") for key in load_words()[language] if key.startswith("cheat.verdict.")}
    assert said == {PERMITTED, *(refused.value for refused in Refused)}


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("en", "es", "en"),
        (None, "en-GB,en;q=0.9,es;q=0.1", "en"),
        (None, "es;q=0.2, en;q=0.1", "es"),
        (None, "fr, de", "es"),
        ("fr", "en", "en"),
        (None, "en;q=0, es;q=0.1", "es"),
        (None, "en;q=nonsense", "es"),
        (None, "", "es"),
    ],
)
def test_a_page_is_told_in_the_language_asked_for(asked: str | None, accepted: str, language: str) -> None:
    """What the link asks for wins, then what the browser prefers, then Spanish."""
    assert language_of(asked, accepted) == language
