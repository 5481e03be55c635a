"""Rules: the laws of strategies, and what was said against where items stand."""

import pytest

from fiel.core.use.decision import Scored
from fiel.core.use.gate import Fact
from fiel.strategies.rules import STRATEGY
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import TODAY, no_chance, said, shelf, view

SHELF = shelf(mug="kitchen gifts", pan="kitchen", rose="garden", vase="garden gifts kitchen", wok="kitchen", gone="wok")


class TestRules(StrategyLaws):
    """Every law of strategies."""

    entry = "rules"


def ranked(k: int = 10, **facts: Fact) -> list[Scored]:
    """The answer to somebody who said so."""
    return list(STRATEGY.rank(None, view(context={}, **facts), candidates=SHELF, k=k, draw=no_chance))


def test_an_item_scores_by_how_well_it_agrees() -> None:
    """A shelf that was asked for counts for an item, one that was not counts against it."""
    answer = ranked(likes=said(("kitchen",)))
    assert [(each.item, round(each.score, 3)) for each in answer] == [("pan", 1.0), ("mug", 0.667), ("vase", 0.5)]


def test_two_wishes_met_are_better_than_one() -> None:
    """Among items with shelves nobody asked for, the one that meets more wishes comes first."""
    answer = ranked(likes=said(("kitchen", "garden")))
    assert [(each.item, round(each.score, 3)) for each in answer] == [
        ("pan", 1.0),
        ("rose", 1.0),
        ("vase", 0.8),
        ("mug", 0.667),
    ]


def test_ties_stand_as_on_the_shelf() -> None:
    """Items that agree equally come in the editorial order, also where only some are asked for."""
    answer = ranked(k=1, likes=said(("garden", "kitchen")))
    assert [each.item for each in answer] == ["pan"]


def test_each_wish_that_is_met_is_a_reason() -> None:
    """Every word that an item meets is named with its attribute, source and day, and they share the score."""
    (vase,) = [
        each for each in ranked(likes=said(("kitchen", "opera"), 9), section=said("garden")) if each.item == "vase"
    ]
    assert [(one.kind, one.name, one.value, one.source) for one in vase.because] == [
        ("attribute", "likes", "kitchen", "declared"),
        ("attribute", "section", "garden", "declared"),
    ]
    assert [(TODAY - one.on).days for one in vase.because if one.on] == [9, 0]
    assert [one.weight for one in vase.because] == [vase.score / 2] * 2


def test_reasons_stand_in_one_order() -> None:
    """Wishes of equal weight are told by attribute and word, so that an answer does not hang on chance."""
    words = ("zoo", "kitchen", "gifts", "attic", "garden", "opera")
    everything = shelf(vase=" ".join(words))
    seen = view(context={}, z=said(words), a=said(words))
    (vase,) = STRATEGY.rank(None, seen, candidates=everything, k=1, draw=no_chance)
    assert [(one.name, one.value) for one in vase.because] == [(name, word) for name in "az" for word in sorted(words)]


def test_a_word_said_twice_in_a_list_counts_once() -> None:
    """Repeating a word in one attribute wins nothing; two attributes that agree do."""
    once, twice = ranked(likes=said(("kitchen",))), ranked(likes=said(("kitchen", "kitchen")))
    assert once == twice
    (both, *_) = ranked(likes=said(("kitchen",)), section=said("kitchen"))
    assert (both.item, len(both.because)) == ("pan", 2)
    assert both.score > once[0].score


@pytest.mark.parametrize("value", [True, 3, 1.5, (), "opera", ("opera",), ("",), "KITCHEN"])
def test_what_names_no_shelf_finds_nothing(value: bool | float | str | tuple[str, ...]) -> None:  # noqa: FBT001 - a value
    """Numbers, truths and unknown words match nothing, and then there is no answer."""
    assert ranked(likes=said(value)) == []
