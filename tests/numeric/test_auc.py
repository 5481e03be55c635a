"""The area under the curve and the lift, over pairs, with intervals by person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.auc import area, lift


@st.composite
def pairs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Scores with ties, and what was chosen."""
    shape = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    size = shape[0] * shape[1]
    scores = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    wanted = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return np.array(scores, float).reshape(shape), np.array(wanted).reshape(shape)


@given(pairs())
def test_the_area_is_how_often_the_chosen_win(asked: tuple[np.ndarray, np.ndarray]) -> None:
    """It is the share of pairs of one chosen and one other in which the chosen one scores higher, a tie being half."""
    scores, wanted = asked
    duels = [float(one > other) + (one == other) / 2 for one in scores[wanted] for other in scores[~wanted]]
    found = area(scores, wanted)
    assert found.mean == pytest.approx(np.mean(duels) if duels else 0.5)
    assert found.low <= found.mean <= found.high


@given(pairs())
def test_who_is_turned_round_is_as_bad_as_they_were_good(asked: tuple[np.ndarray, np.ndarray]) -> None:
    """The area of the opposite scores is what is left of 1."""
    scores, wanted = asked
    assert area(-scores, wanted).mean == pytest.approx(1 - area(scores, wanted).mean)


def test_the_lift_is_of_the_highest_tenth() -> None:
    """Ten of a hundred pairs are chosen: all of them on top lift ten times, scores that are all alike not at all."""
    wanted = np.zeros((10, 10), dtype=bool)
    wanted[:, 0] = True
    assert lift(wanted.astype(float), wanted).mean == pytest.approx(10)
    assert lift(np.ones((10, 10)), wanted).mean == pytest.approx(1)
    assert lift((~wanted).astype(float), wanted).mean == pytest.approx(0)


def test_an_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of worlds drawn again and again, with people who differ, about 95 in 100 intervals hold what is true."""
    chance = np.random.default_rng(5)
    worlds = [_world(chance, 80) for _ in range(300)]
    truth = _world(chance, 20_000)
    for measure in (area, lift):
        true = measure(*truth).mean
        held = sum(found.low <= true <= found.high for found in (measure(*world) for world in worlds))
        assert 0.9 <= held / 300 <= 0.99


def _world(chance: np.random.Generator, people: int) -> tuple[np.ndarray, np.ndarray]:
    """People of whom some choose more, and some are easier to tell."""
    ease, much = chance.uniform(0, 2, (people, 1)), chance.uniform(0.1, 0.5, (people, 1))
    wanted = chance.random((people, 12)) < much
    return chance.normal(size=(people, 12)) + ease * wanted, wanted
