"""What a password must be, and a reason: long enough to be worth something, and no rule beyond that."""

from hypothesis import given
from hypothesis import strategies as some

from fiel.core.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD, Weak, spelt, weakness


@given(password=some.text(max_size=SHORTEST_PASSWORD - 1))
def test_a_short_password_is_never_taken(password: str) -> None:
    """Under fifteen characters nothing makes up for the length."""
    assert weakness(password, near=()) is not None


@given(words=some.lists(some.sampled_from(["heron", "seven", "lamp", "river", "Ñandú"]), min_size=5, max_size=9))
def test_words_are_a_password(words: list[str]) -> None:
    """Words with spaces are taken, whatever signs and digits they lack."""
    password = " ".join(words)
    assert weakness(password, near=("alma",)) is None or len(set(password)) < 5 or len(password) > LONGEST_PASSWORD


def test_what_is_easy_to_guess_is_not_taken() -> None:
    """One letter over and over, a run of the alphabet, and little more than one's own name."""
    assert weakness("a" * 20, near=()) is Weak.PLAIN
    assert weakness("abcdefghijklmnopqrst", near=()) is Weak.PLAIN
    assert weakness("tsrqponmlkjihgfedcba", near=()) is Weak.PLAIN
    assert weakness("AlmaAlmaAlmaAlma12", near=("alma",)) is Weak.NEAR
    assert weakness("x" * 300, near=()) is Weak.LONG


def test_one_text_has_one_spelling() -> None:
    """However an accent was typed, the password is the same."""
    assert spelt("contrasen\u0303a") == spelt("contrase\u00f1a")
