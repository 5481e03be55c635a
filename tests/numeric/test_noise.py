"""What is published of a model: pairs that enough people share, with chance on what they weigh."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import PERSON, Cells, gram, plus, share, summed
from fiel.numeric.ease import Tuning, encode, fit
from fiel.numeric.neighbours import Neighbours, score
from fiel.numeric.noise import Noise, blurred

TUNING = Tuning(ridge=2.0, neighbours=50, at_most_items=50, person=PERSON)
NOISE = Noise(together=1.0, spread=0.5, person=PERSON)
BASKETS = st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=5), max_size=30)


def shop(people: int, *, seed: int = 1) -> Cells:
    """What so many people teach who choose among twelve items, some of which go together."""
    chance = np.random.default_rng(seed)
    return summed(
        share([f"item {(start + step) % 12}" for step in range(chance.integers(2, 5))])
        for start in chance.integers(0, 12, people)
    )


def weight(model: Neighbours, one: str, other: str) -> float:
    """How strongly the one speaks for the other."""
    place = model.place(other)
    return 0.0 if place is None else float(score(model, {one: 1.0})[place])


@given(BASKETS, st.integers(0, 2**64))
def test_a_pair_that_few_share_is_not_told(baskets: list[frozenset[str]], seed: int) -> None:
    """Whatever chance says, no item speaks for another if those who have both weigh less than one whole person."""
    total = summed(map(share, baskets))
    told = blurred(fit(total, TUNING), total, NOISE, seed=seed)
    for one, other in combinations(told.items, 2):
        if total.get((one, other), 0) < PERSON:
            assert weight(told, one, other) == weight(told, other, one) == 0


@given(BASKETS, st.integers(0, 2**64))
def test_it_is_a_function_of_model_and_chance(baskets: list[frozenset[str]], seed: int) -> None:
    """The same total and the same chance make the same bytes, and nothing is told that the model does not hold."""
    total = summed(map(share, baskets))
    model = fit(total, TUNING)
    told = blurred(model, total, NOISE, seed=seed)
    assert encode(told) == encode(blurred(fit(dict(reversed(total.items())), TUNING), total, NOISE, seed=seed))
    assert told.items == model.items
    for one in told.items:
        assert not (score(told, {one: 1.0}) > 0)[score(model, {one: 1.0}) == 0].any()


def test_without_noise_nothing_changes() -> None:
    """Of a model from which nothing is to be kept back, all is told as it is, but of pairs that nobody shares."""
    total = summed(map(share, combinations("abcdef", 3)))
    model = fit(total, replace(TUNING, ridge=0.1, dropout=0.3))
    assert len(model.indices)
    assert blurred(model, total, Noise(together=0.0, spread=0.0, person=PERSON), seed=1) == model


def test_what_is_told_wavers_as_much_as_it_should() -> None:
    """Over many publications the weight of a pair is right on average, and deviates as it was asked to."""
    total = shop(400)
    model = fit(total, TUNING)
    shared = total["item 1", "item 2"] / PERSON
    told = [weight(blurred(model, total, NOISE, seed=seed), "item 1", "item 2") for seed in range(2_000)]
    relative = np.array(told) / weight(model, "item 1", "item 2")
    assert relative.mean() == pytest.approx(1.0, abs=4 * 0.5 / shared / np.sqrt(len(told)))
    assert relative.std() == pytest.approx(0.5 / shared, rel=0.1)


def test_both_directions_of_a_pair_waver_alike() -> None:
    """A pair has one chance: who reads it from both items learns no more than from one."""
    total = shop(300)
    model = fit(total, TUNING)
    told = blurred(model, total, NOISE, seed=7)
    there, back = (weight(told, *pair) / weight(model, *pair) for pair in (("item 3", "item 4"), ("item 4", "item 3")))
    assert there == pytest.approx(back, rel=1e-5)
    assert there != pytest.approx(1.0, abs=1e-3)


def test_how_many_choose_an_item_wavers_too() -> None:
    """The exact number of people behind an item is not told, and no item loses all of them."""
    total = plus(shop(100), gram(["rare"]))
    model = fit(total, TUNING)
    seen = np.array([blurred(model, total, NOISE, seed=seed).owners for seed in range(500)])
    assert (seen > 0).all()
    assert (seen.std(axis=0) > 0).all()


@pytest.mark.parametrize("wrong", [{"together": -1.0}, {"spread": -0.1}, {"person": 0}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    """A negative amount, or a person who weighs nothing, is an error at once."""
    with pytest.raises(ValueError, match="at least 1"):
        Noise(**{"together": 1.0, "spread": 0.5, "person": PERSON, **wrong})  # type: ignore[arg-type]  # the point
