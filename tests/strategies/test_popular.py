"""Popularity: the laws of strategies, and the order for everybody."""

import pytest

from fiel.core.use.decision import Scored
from fiel.numeric.contributions import gram, summed
from fiel.strategies.popular import STRATEGY, Tiers
from fiel.testing.builders import a_lesson
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import no_chance, shelf, view

SHELF = shelf("bowl", "cup", "lamp", "tray", gone="lamp")


class TestPopular(StrategyLaws):
    """Every law of strategies."""

    entry = "popular"


def taught(**people: int) -> Tiers:
    """The model after so many people chose each item."""
    return STRATEGY.fit({(item, ""): number for item, number in people.items()})


def ranked(model: Tiers | None, k: int = 10) -> list[Scored]:
    """The answer for nobody in particular."""
    return list(STRATEGY.rank(model, view(), candidates=SHELF, k=k, draw=no_chance))


def test_the_most_chosen_comes_first() -> None:
    """Items rank by the people who chose them, scored by their share of the most chosen of all."""
    answer = ranked(taught(bowl=10, cup=40, tray=20))
    assert [(each.item, each.score) for each in answer] == [("cup", 1.0), ("tray", 0.5), ("bowl", 0.25)]


@pytest.mark.parametrize("tied", [2, 3, 9])
def test_ties_stand_as_on_the_shelf(tied: int) -> None:
    """Items of equally many people come in the editorial order, and score the same."""
    names = [f"item {place * 7 % 10}" for place in range(tied)]
    model = STRATEGY.fit({(name, ""): 5 for name in sorted(names)})
    answer = STRATEGY.rank(model, view(), candidates=shelf("first", *names), k=tied, draw=no_chance)
    assert [(each.item, each.score) for each in answer] == [(name, 1.0) for name in names]


def test_what_nobody_chose_follows_in_editorial_order() -> None:
    """An item that nobody taught comes after all that somebody did, below their scores."""
    answer = ranked(taught(tray=1))
    assert [each.item for each in answer] == ["tray", "bowl", "cup"]
    assert answer[0].score > answer[1].score > answer[2].score > 0
    assert [(each.because[0].kind, each.because[0].value) for each in answer] == [
        ("popular", "some"),
        ("editorial", 1),
        ("editorial", 2),
    ]


def test_before_anybody_taught_the_shelf_speaks() -> None:
    """Without a model the editorial order is the answer, and says so."""
    answer = ranked(None)
    assert [each.item for each in answer] == ["bowl", "cup", "tray"]
    assert {each.because[0].kind for each in answer} == {"editorial"}
    assert answer[0].score == 1.0


def test_what_is_sold_out_or_gone_is_not_shown() -> None:
    """What cannot be had is left out, however many chose it, and the share is still of the most chosen of all."""
    answer = ranked(taught(lamp=100, gone_long_ago=90, cup=50), k=1)
    assert [(each.item, each.score) for each in answer] == [("cup", 0.5)]


@pytest.mark.parametrize(("people", "word"), [(1, "some"), (49, "some"), (50, "many"), (500, "many")])
def test_the_reason_is_a_word_and_no_number(people: int, word: str) -> None:
    """A reason says that some or many chose an item, never how many: small numbers name people."""
    (answer,) = ranked(taught(cup=people), k=1)
    (reason,) = answer.because
    assert (reason.kind, reason.name, reason.value, reason.weight) == ("popular", "people", word, answer.score)
    assert (reason.source, reason.on) == ("", None)


def test_people_are_counted_and_not_purchases() -> None:
    """Whoever bought an item three times is one person to it."""
    assert STRATEGY.contribution(a_lesson("cup", "tray")) == {("cup", ""): 1, ("tray", ""): 1}


def test_pairs_and_zeros_are_left_aside() -> None:
    """Only the counts of single items make the model; what sums to nothing is as if it had never been."""
    assert STRATEGY.fit(summed([gram(["a", "b"]), {("a", ""): 2}]) | {("z", ""): 0}) == ((2, ("a",)),)


def test_a_negative_count_is_refused() -> None:
    """A total in which more was forgotten than learnt makes no model."""
    with pytest.raises(ValueError, match="negative"):
        STRATEGY.fit({("cup", ""): -1})


@pytest.mark.parametrize(
    "written",
    [
        b'[[1,["a"]],[2,["b"]]]',  # ascending
        b'[[2,["a"]],[2,["b"]]]',  # one number in two tiers
        b'[[2,["b","a"]]]',  # ids out of order
        b'[[2,["a","a"]]]',
        b'[[2,["a"]],[1,["a"]]]',  # one item twice
        b"[[2,[]]]",
        b'[[2,[""]]]',
        b'[[0,["a"]]]',
        b'[[-1,["a"]]]',
        b'[[9007199254740992,["a"]]]',  # 2**53
        b'[[99999999999999999999999,["a"]]]',
        b'[[1.0,["a"]]]',
        b'[[true,["a"]]]',
        b'[[1, ["a"]]]',  # a space
        b'[[1,["\\u0061"]]]',
        b'[[1,["\xff"]]]',
        b"{}",
        b"null",
    ],
)
def test_counts_out_of_order_are_refused(written: bytes) -> None:
    """JSON that is not exactly as these counts are written is no model."""
    with pytest.raises(ValueError, match="fit the model again"):
        STRATEGY.unpack(written)


def test_no_counts_are_a_model_too() -> None:
    """A total of nobody has a model, and it comes back."""
    assert STRATEGY.unpack(STRATEGY.pack(STRATEGY.fit({}))) == ()
