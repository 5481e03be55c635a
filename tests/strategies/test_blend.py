"""The blend: the laws of strategies, and what its score is made of."""

import math
from collections.abc import Mapping
from datetime import date

import pytest

from fiel.core.ids import ItemId
from fiel.core.text import Value
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Scored
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import summed
from fiel.numeric.ease import Neighbours
from fiel.strategies.blend import STRATEGY, Blend
from fiel.testing.builders import a_lesson
from fiel.testing.strategies import StrategyLaws
from tests.strategies.shown import TODAY, event, names, no_chance, shelf, view

SHELF = shelf("cup", "plate", "rake", "saucer", "spade", "spoon", gone="spoon")
BASKETS = [
    *("cup saucer", "cup saucer plate", "cup saucer spoon", "cup plate", "saucer spoon"),
    *("rake spade", "rake spade", "rake", "rake"),
]


class TestBlend(StrategyLaws):
    """Every law of strategies."""

    entry = "blend"


@pytest.fixture(scope="module")
def model() -> Neighbours:
    """What a few people's baskets teach."""
    return STRATEGY.fit(summed(STRATEGY.contribution(a_lesson(*each.split())) for each in BASKETS))


def ranked(
    model: Neighbours | None,
    *events: Held,
    context: Mapping[str, Value] | None = None,
    by: Blend | None = None,
    k: int = 10,
) -> list[Scored]:
    """The answer to somebody of whom these events are held, in this context."""
    seen = view(*events, context=context)
    return list((by or STRATEGY).rank(model, seen, candidates=SHELF, k=k, draw=no_chance))


def test_what_is_repeated_comes_before_what_is_new(model: Neighbours) -> None:
    """An own item leads, what goes with it follows, and what only others choose is there too."""
    answer = names(ranked(model, event("cup")))
    assert answer[:2] == ["cup", "saucer"]
    assert set(answer) == {"cup", "saucer", "plate", "rake", "spade"}


def test_a_score_is_the_sum_of_its_reasons(model: Neighbours) -> None:
    """Own events by kind, each item that speaks for it, and the share of people are all of the score."""
    events = (event("cup", 3), event("cup", name="view"), event("saucer", 2))
    answer = ranked(model, *events, context={"item": "plate"})
    cup = next(each for each in answer if each.item == "cup")
    assert {(reason.kind, reason.value) for reason in cup.because} == {
        ("purchase", "cup"),
        ("view", "cup"),
        ("purchase", "saucer"),
        ("context", "plate"),
        ("popular", "some"),
    }
    for each in answer:
        assert math.isclose(math.fsum(reason.weight for reason in each.because), each.score, rel_tol=1e-9)


def test_what_is_looked_at_is_not_offered(model: Neighbours) -> None:
    """What stands on the page speaks for others and is not suggested beside itself, bought before or not."""
    answer = ranked(model, event("cup", 40), context={"item": "cup"})
    assert "cup" not in names(answer)
    assert answer[0].because[0].kind == "context"


def test_without_a_model_what_was_chosen_before_is_left() -> None:
    """Before enough people taught, it is a list of what somebody repeats."""
    assert names(ranked(None, event("tea"), event("cup", 9), event("rake", 1), event("rake", 2))) == ["rake", "cup"]
    assert ranked(None, context={"item": "cup"}) == []


def test_an_own_item_that_the_model_does_not_know_takes_its_place_by_its_count() -> None:
    """What nobody taught is ranked by the person's own events among all that was."""
    unknown = STRATEGY.fit(STRATEGY.contribution(a_lesson("cup", "plate")))
    assert names(ranked(unknown, event("cup"), event("rake"), event("rake", 1)))[:2] == ["rake", "cup"]


def test_nothing_to_go_by_is_not_covered_up_with_what_is_popular(model: Neighbours) -> None:
    """Somebody of whom only the unheard of is known gets no answer here, so that the level below gives one."""
    assert ranked(model) == []
    assert ranked(model, event("unheard of"), context={"item": "unheard of"}) == []


def test_habits_fade_and_interests_fade_apart(model: Neighbours) -> None:
    """Each half-life halves its own part of the score and leaves the other alone."""
    (new, *_), (old, *_) = (ranked(model, event("rake", days), by=Blend(popular=0.0)) for days in (0, 120))
    assert (new.item, old.item) == ("rake", "rake")
    assert math.isclose(old.score, new.score / 2)
    late = {each.item: each for each in ranked(model, event("rake", 90), by=Blend(popular=0.0))}
    soon = {each.item: each for each in ranked(model, event("rake"), by=Blend(popular=0.0))}
    assert math.isclose(late[ItemId("spade")].score, soon[ItemId("spade")].score / 2)


def test_what_is_in_season_is_lifted() -> None:
    """Of two items that as many people chose, the one they chose lately leads: as new, as repeated, and as popular."""
    spring, autumn = date(2026, 2, 1), date(2025, 10, 1)
    lessons = [
        Lesson(items={ItemId("cup"): month, ItemId(other): month})
        for other, month in (("plate", autumn), ("saucer", spring))
        for _ in range(20)
    ]
    seasonal = STRATEGY.fit(summed(map(STRATEGY.contribution, lessons)))
    new = names(ranked(seasonal, event("cup"), by=Blend(popular=0.0)))
    assert new.index("saucer") < new.index("plate")
    assert names(ranked(seasonal, event("plate"), event("saucer"), by=Blend(akin=0.0, popular=0.0)))[0] == "saucer"
    popular = ranked(seasonal, context={"item": "cup"}, by=Blend(akin=0.0))
    assert names(popular) == ["saucer", "plate"]
    assert popular[0].score > popular[1].score


def test_a_part_may_be_left_out(model: Neighbours) -> None:
    """With a weight of zero a part neither counts nor is a reason."""
    only = ranked(model, event("cup"), by=Blend(akin=0.0, popular=0.0))
    assert [(each.item, each.score) for each in only] == [("cup", 1.0)]
    assert [reason.on for reason in only[0].because] == [TODAY]


def test_few_are_the_best_of_all(model: Neighbours) -> None:
    """The best two are the first two of all."""
    assert ranked(model, event("cup"), event("rake", 9), k=2) == ranked(model, event("cup"), event("rake", 9))[:2]
