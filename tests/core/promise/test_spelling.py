"""Hints for a word nobody knows."""

from fiel.core.promise.spelling import MOST_NAMED, did_you_mean


def test_the_nearest_word_is_proposed() -> None:
    """A slip of the finger is answered by the word that was meant."""
    assert did_you_mean("retenton", ["retention", "recipients"]) == "did you mean `retention`?"


def test_without_a_near_word_the_known_ones_are_listed() -> None:
    """A word like no other is answered by what there is, a long list cut short, and nothing by nothing."""
    assert did_you_mean("zzz", ["b", "a"]) == "known: `a`, `b`"
    assert did_you_mean("zzz", [f"k{n}" for n in range(MOST_NAMED + 1)]).endswith(" …")
    assert did_you_mean("zzz", []) == ""
