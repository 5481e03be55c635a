"""Similar items: the laws of strategies, and what is gone by."""

import math
from collections.abc import Mapping

import pytest

from fiel.core.text import Value
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Scored
from fiel.numeric.contributions import PERSON, summed
from fiel.numeric.ease import Neighbours, Tuning
from fiel.strategies.similar_items import STRATEGY, SimilarItems
from fiel.testing.builders import a_lesson
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import TODAY, event, no_chance, shelf, view

SHELF = shelf("cup", "plate", "rake", "saucer", "spade", "spoon", gone="spoon")
BASKETS = [
    "cup saucer",
    "cup saucer plate",
    "cup saucer spoon",
    "rake spade",
    "rake spade",
    "cup plate",
    "saucer spoon",
]


class TestSimilarItems(StrategyLaws):
    """Every law of strategies."""

    entry = "similar_items"


@pytest.fixture(scope="module")
def model() -> Neighbours:
    """What a few people's baskets teach."""
    return STRATEGY.fit(summed(STRATEGY.contribution(a_lesson(*each.split())) for each in BASKETS))


def ranked(
    model: Neighbours | None, *events: Held, context: Mapping[str, Value] | None = None, k: int = 10
) -> list[Scored]:
    """The answer to somebody of whom these events are held, in this context."""
    return list(STRATEGY.rank(model, view(*events, context=context), candidates=SHELF, k=k, draw=no_chance))


def test_what_goes_together_is_found(model: Neighbours) -> None:
    """An item is near what it was bought with, nearest first, and nowhere near what it never met."""
    assert [each.item for each in ranked(model, event("cup"))] == ["saucer", "plate"]
    assert [each.item for each in ranked(model, event("rake"))] == ["spade"]


def test_a_score_is_the_sum_of_its_reasons(model: Neighbours) -> None:
    """Each source that speaks for an item is a reason, the heaviest first, and together they are the score."""
    (plate,) = [each for each in ranked(model, event("cup", 3), event("saucer", 2)) if each.item == "plate"]
    assert [reason.value for reason in plate.because] == ["cup", "saucer"]
    assert math.isclose(sum(reason.weight for reason in plate.because), plate.score, rel_tol=1e-6)
    assert [(TODAY - reason.on).days for reason in plate.because if reason.on] == [3, 2]


def test_an_item_counts_once_however_often_it_was_chosen(model: Neighbours) -> None:
    """Distinct items speak, not events; the latest event about each is the one that is named."""
    once, thrice = ranked(model, event("cup", 1)), ranked(model, event("cup", 9), event("cup", 5), event("cup", 1))
    assert once == thrice


@pytest.mark.parametrize("looked_at", ["cup", ("cup",)])
def test_the_context_alone_is_enough(model: Neighbours, looked_at: str | tuple[str, ...]) -> None:
    """What is on the page is gone by without anything being held, as one item or as several."""
    answer = ranked(model, context={"item": looked_at})
    assert [each.item for each in answer] == ["saucer", "plate"]
    assert {(one.kind, one.name, one.value, one.on) for each in answer for one in each.because} == {
        ("context", "item", "cup", None)
    }


def test_context_and_events_add_up(model: Neighbours) -> None:
    """What is looked at and what was bought speak together, each in its own name."""
    both = ranked(model, event("rake"), context={"item": ("cup", "saucer")})
    assert {each.item for each in both} == {"spade", "plate"}
    kinds = {reason.value: reason.kind for each in both for reason in each.because}
    assert kinds == {"rake": "purchase", "cup": "context", "saucer": "context"}


def test_what_is_looked_at_is_named_where_both_hold(model: Neighbours) -> None:
    """An item both bought before and on the page is explained by the page: that says less about the person."""
    answer = ranked(model, event("cup", 40), context={"item": "cup"})
    assert {one.kind for each in answer for one in each.because} == {"context"}


def test_what_one_goes_by_is_not_offered(model: Neighbours) -> None:
    """Neither what was bought nor what is on the page comes back as a suggestion, nor what is sold out."""
    answer = ranked(model, event("saucer"), context={"item": "cup"})
    assert [each.item for each in answer] == ["plate"]


def test_few_are_the_best_of_all(model: Neighbours) -> None:
    """The best one is the first of all."""
    assert ranked(model, event("cup"), k=1) == ranked(model, event("cup"))[:1]


@pytest.mark.parametrize("context", [{}, {"item": "unheard of"}, {"item": ()}, {"item": 7}, {"page": "cup"}])
def test_what_the_model_does_not_know_finds_nothing(model: Neighbours, context: Mapping[str, Value]) -> None:
    """Without one source that the model knows there is no answer, so that the level below gives one."""
    assert ranked(model, context=context) == []


def test_without_a_model_there_is_no_answer() -> None:
    """Before enough people taught, the level below answers."""
    assert ranked(None, event("cup")) == []


def test_what_was_chosen_long_ago_speaks_more_softly(model: Neighbours) -> None:
    """After a half-life an item says half as much for others; what is looked at now speaks aloud."""
    (new,), (old,) = ranked(model, event("rake")), ranked(model, event("rake", 60))
    assert math.isclose(old.score, new.score / 2)
    assert ranked(model, event("rake", 60), context={"item": "rake"})[0].score == new.score


def test_who_has_more_weighs_less() -> None:
    """A person adds one over the root of how many items they have, in whole thousandths."""
    assert STRATEGY.contribution(a_lesson("tea", "milk")) == {
        ("milk", "milk"): 707,
        ("milk", "tea"): 707,
        ("tea", "tea"): 707,
    }


def test_its_figures_may_be_chosen() -> None:
    """Who needs a smaller model than the tuned one, or no fading, makes a strategy of their own."""
    total = summed(STRATEGY.contribution(a_lesson(*each.split())) for each in BASKETS)
    tuning = Tuning(ridge=1.0, neighbours=1, at_most_items=3, person=PERSON)
    small = SimilarItems(name="small", half_life=None, tuning=tuning)
    fitted = small.fit(total)
    assert len(fitted.items) == 3
    assert max(fitted.indptr[1:] - fitted.indptr[:-1]) == 1
    old, new = (
        small.rank(fitted, view(event("cup", days)), candidates=SHELF, k=1, draw=no_chance)[0].score for days in (90, 0)
    )
    assert old == new
