"""Words that push or hedge are found and others are not; syllables and readability come to known figures."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.wording import ease, hedging, jargon, knows, promoting, pushing, sentences, sounds_like, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1), ("casa", 2), ("agua", 2), ("ciudad", 2), ("leer", 2), ("país", 2), ("día", 2), ("que", 1),
        ("guitarra", 3), ("pingüino", 3), ("preferencias", 4), ("aéreo", 4), ("y", 1), ("ley", 1), ("mayo", 2),
        ("oír", 2), ("buey", 1), ("continúa", 4),
    ],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    """As the orthography divides them."""
    assert syllables(word, "es") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("the", 1), ("use", 1), ("data", 2), ("people", 2), ("used", 1), ("decided", 3), ("page", 1), ("company", 3)],
)
def test_english_syllables(word: str, count: int) -> None:
    """As nearly as spelling tells."""
    assert syllables(word, "en") == count


def test_ease_is_the_published_formula() -> None:
    """A syllable a word and ten words a sentence come to what the two formulas say."""
    spanish = " ".join(["sol pan sal mar fin luz pez sur mes voz."] * 10)
    english = " ".join(["cat dog sun map pen cup hat box bed jar."] * 10)
    assert ease(spanish, "es") == pytest.approx(206.835 - 62.3 - 10)
    assert ease(english, "en") == pytest.approx(206.835 - 84.6 - 10.15)


def test_of_too_little_text_or_an_unknown_language_nothing_is_said() -> None:
    """A name alone has no readability, and no figure is made up for a language without one."""
    assert ease("Una frase corta.", "es") is None
    assert ease("ein Satz " * 100, "de") is None
    assert not knows("de")
    assert pushing("Jetzt zugreifen!", "de") == ()


@pytest.mark.parametrize(
    ("finder", "language", "said"),
    [
        (pushing, "es", "Aprovecha hoy"), (pushing, "es", "¡Gracias!"), (pushing, "en", "Hurry up"),
        (pushing, "en", "Are you sure?"), (hedging, "es", "Podríamos usarlo"), (hedging, "en", "among others"),
        (jargon, "es", "Usamos cookies"), (jargon, "en", "for profiling"), (promoting, "es", "10 % de descuento"),
        (promoting, "en", "a free gift"),
    ],
)  # fmt: skip
def test_a_word_of_a_list_is_found(finder: Callable[[str, str], tuple[str, ...]], language: str, said: str) -> None:
    """Whatever its case, and within a sentence."""
    assert finder(said, language)
    assert finder("Usamos lo que miras.", "es") == ()
    assert finder("We use what you look at.", "en") == ()


def test_a_language_is_heard_by_its_commonest_words() -> None:
    """Plain sentences are told apart; names, and texts of both, are not judged."""
    assert sounds_like("We use what you look at here, and you can change it.", ("es", "en")) == "en"
    assert sounds_like("Usamos lo que miras aquí, y lo puedes cambiar cuando quieras.", ("es", "en")) == "es"
    assert sounds_like("Red Retrospot Cakestand Vintage Heart Bunting", ("es", "en")) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    """Any text has its words and sentences, each word at least one syllable, and no sentence without a word."""
    assert all(syllables(word, language) >= 1 for word in words(text) for language in ("es", "en"))
    assert all(words(sentence) for sentence in sentences(text))
