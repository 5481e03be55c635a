"""Buying again: the laws of strategies, and what counts as often."""

from fiel.core.use.compartment import Held
from fiel.core.use.decision import Scored
from fiel.strategies.buy_again import STRATEGY, BuyAgain
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import TODAY, event, no_chance, shelf, view

SHELF = shelf("rice", "salt", "soap", "tea", gone="salt")


class TestBuyAgain(StrategyLaws):
    """Every law of strategies."""

    entry = "buy_again"


def ranked(*events: Held, k: int = 10) -> list[Scored]:
    """The answer to somebody of whom these events are held."""
    return list(STRATEGY.rank(None, view(*events), candidates=SHELF, k=k, draw=no_chance))


def test_what_was_chosen_more_often_comes_first() -> None:
    """Items rank by the number of events about them, whatever their age."""
    answer = ranked(
        event("tea", 80), event("tea", 70), event("tea", 60), event("soap", 2), event("rice"), event("soap")
    )
    assert [(each.item, each.score) for each in answer] == [("tea", 3 / 4), ("soap", 2 / 3), ("rice", 1 / 2)]


def test_of_equals_the_latest_comes_first() -> None:
    """Among items chosen equally often the one chosen last comes first, the visit telling what the day does not."""
    assert [each.item for each in ranked(event("tea", 9), event("rice", 8), event("soap", 30))] == [
        "rice",
        "tea",
        "soap",
    ]
    twice = ranked(event("rice", 4), event("rice", 5), event("tea", 9), event("tea", 1))
    assert [each.item for each in twice] == ["tea", "rice"]
    later = Held(name="purchase", on=TODAY, visit=2, properties={"item": "rice"})
    assert [each.item for each in ranked(later, event("tea"))] == ["rice", "tea"]


def test_few_are_as_well_ordered_as_many() -> None:
    """The best two are the first two of all."""
    events = (event("rice"), event("tea", 3), event("tea", 2), event("soap", 1))
    assert ranked(*events, k=2) == ranked(*events)[:2]


def test_how_many_pieces_is_not_looked_at() -> None:
    """A hundred pieces in one purchase are one event."""
    assert ranked(event("tea", quantity=100)) == ranked(event("tea"))


def test_what_cannot_be_had_is_left_out() -> None:
    """What is sold out, unknown to the shop, or without an item at all is not offered."""
    nameless = Held(name="purchase", on=TODAY, visit=1, properties={"price": 3.0})
    numbered = Held(name="purchase", on=TODAY, visit=1, properties={"item": 7})
    assert ranked(event("salt"), event("gone"), nameless, numbered) == []


def test_each_kind_of_event_is_a_reason() -> None:
    """Purchases and views are told apart, the more frequent first, each with its latest day and its share."""
    (tea,) = ranked(event("tea", 9), event("tea", 4), event("tea", 6, name="view"))
    first, second = tea.because
    assert (first.kind, first.name, first.value, first.source) == ("purchase", "item", "tea", "observed")
    assert second.kind == "view"
    assert [(TODAY - one.on).days for one in tea.because if one.on] == [4, 6]
    assert [one.weight for one in tea.because] == [tea.score * 2 / 3, tea.score / 3]


def test_kinds_of_equal_weight_are_told_by_name() -> None:
    """Where two kinds weigh the same their names decide, so that an answer does not hang on chance."""
    one, other = ranked(event("tea", 1, name="view"), event("tea")), ranked(event("tea"), event("tea", 1, name="view"))
    assert one == other
    assert [reason.kind for reason in one[0].because] == ["purchase", "view"]


def test_with_a_half_life_what_lies_back_counts_less() -> None:
    """Two events long past count less than one of today, for the order, the score and the reasons alike."""
    events = (event("tea", 240), event("tea", 120, name="view"), event("rice"))
    fading = BuyAgain(name="fading", half_life=120)
    rice, tea = fading.rank(None, view(*events), candidates=SHELF, k=10, draw=no_chance)
    assert (rice.item, rice.score) == ("rice", 1 / 2)
    assert (tea.item, tea.score) == ("tea", 0.75 / 1.75)
    assert [(reason.kind, reason.weight) for reason in tea.because] == [("view", 0.5 / 1.75), ("purchase", 0.25 / 1.75)]
    assert [each.item for each in ranked(*events)] == ["tea", "rice"]
