"""The laws of linear sums: exact while they are sums, and a ridge regression once they are solved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.contributions import Cells, digest, minus, plus, summed
from fiel.numeric.linear import FARTHEST, Ridge, bent, fit, flaw, number, observed, predicted, word

TUNED = Ridge(ridge=2.0, fewest=1, at_most_words=50, at_most_items=50)
NUMBERS = st.floats(allow_nan=False) | st.integers(-(10**30), 10**30)


@st.composite
def people(draw: st.DrawFn) -> Cells:
    """What one person adds: words, a number or none, and what they chose."""
    told: dict[str, int] = {}
    for name in draw(st.sets(st.sampled_from("abc"))):
        told |= word(name, draw(st.sampled_from(("x", "y"))))
    if draw(st.booleans()):
        told |= number("size", draw(NUMBERS))
    return observed(told, draw(st.sets(st.sampled_from(("tea", "cup", "bag")))))


crowds = st.lists(people(), max_size=12)


@given(people(), people())
def test_what_was_added_is_taken_away_exactly(one: Cells, other: Cells) -> None:
    """A sum of products is of whole numbers, so that forgetting leaves what was there before."""
    assert minus(plus(one, other), other) == one
    assert all(type(count) is int for count in one.values())


@given(crowds, st.data())
def test_a_sum_and_its_model_have_no_order(crowd: list[Cells], data: st.DataObject) -> None:
    """Whoever came first, the sum is the same and so is the model, to the last bit."""
    other = data.draw(st.permutations(crowd))
    assert digest(summed(crowd)) == digest(summed(other))
    first, second = fit(summed(crowd), TUNED), fit(summed(other), TUNED)
    assert (first.words, first.items) == (second.words, second.items)
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.base.tobytes() == second.base.tobytes()


@given(crowds)
def test_any_crowd_makes_a_sound_model(crowd: list[Cells]) -> None:
    """Whatever people tell, weights are finite, and nothing is certain or impossible."""
    model = fit(summed(crowd), TUNED)
    assert flaw(model) is None
    likely = predicted(model, dict.fromkeys(model.words, 1))
    assert ((likely > 0) & (likely <= 1)).all()


@given(NUMBERS)
def test_a_number_is_whole_hundredths_within_bounds(value: float) -> None:
    """A number is rounded to its hundredth and never farther than the farthest, so that sums fit in 64 bits."""
    counted = number("size", value)["size"]
    assert counted == round(100 * min(max(value, -FARTHEST), FARTHEST))
    assert abs(counted) <= 100 * FARTHEST


def test_the_solution_is_that_of_the_people_themselves() -> None:
    """Weights from the sums are those of a ridge regression on the rows, with the number in its own spread."""
    chance = np.random.default_rng(4)
    likes, size = chance.integers(0, 2, 300), chance.normal(40, 9, 300).round(2)
    chosen = (chance.random(300) < 0.2 + 0.4 * likes + 0.004 * size).astype(int)
    total = summed(
        observed(word("likes", "x") | number("size", each) if like else number("size", each), ["tea"] if buys else [])
        for like, each, buys in zip(likes, size, chosen, strict=True)
    )
    model = fit(total, TUNED)
    rows = np.column_stack([np.ones(300), likes, np.ones(300), (size - size.mean()) / size.std()])
    penalty = np.diag([0.0, 2, 2, 2])
    weights = np.linalg.solve(rows.T @ rows + penalty, rows.T @ chosen)
    asked = predicted(model, word("likes", "x") | number("size", 47.5))
    expected = weights @ [1, 1, 1, (47.5 - size.mean()) / size.std()]
    assert asked[0] == pytest.approx(expected, abs=1e-5)


def test_what_is_beyond_likelihood_is_bent_and_keeps_its_order() -> None:
    """Between the edges a sum is its own likelihood; beyond them it comes ever nearer to 0 and 1."""
    sums = np.linspace(-3, 4, 2_001)
    likely = bent(sums)
    assert (np.diff(likely) > 0).all()
    assert ((likely > 0) & (likely < 1)).all()
    inside = (sums >= 0.05) & (sums <= 0.95)
    assert (likely[inside] == sums[inside]).all()


def test_a_sum_of_nobody_has_a_model_too() -> None:
    """Where nobody taught, nothing is known and nothing fails."""
    model = fit({}, TUNED)
    assert (model.words, model.items) == ((), ())
    assert predicted(model, word("likes", "x")).shape == (0,)
