"""How right a ranking was, and how sure one can be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.relevance import difference, gain, hit, interval, ndcg, proportion, quarters, ratio, right

SHARES = st.floats(0, 1)
PEOPLE = st.lists(SHARES, min_size=2, max_size=40)


def test_all_that_is_wanted_first_is_one() -> None:
    """A ranking that begins with everything wanted is perfect, however few that is."""
    assert ndcg(["a", "b", "c"], {"b", "a"}, k=10) == 1.0
    assert ndcg(["a"], {"a", "b"}, k=1) == 1.0


def test_a_place_further_down_is_worth_less() -> None:
    """The second place is worth 1 / log2(3) of the first, and what is behind `k` nothing."""
    assert ndcg(["x", "a"], {"a"}, k=2) == pytest.approx(1 / math.log2(3))
    assert ndcg(["x", "a"], {"a"}, k=1) == 0.0
    assert ndcg([], {"a"}, k=3) == 0.0
    assert ndcg(["a"], set(), k=3) == 0.0


def test_hits_and_shares_count_places() -> None:
    """One right among ten places is a hit and a tenth, also where places were left empty."""
    assert (hit(["x", "a"], {"a"}, k=10), right(["x", "a"], {"a"}, k=10)) == (1.0, 0.1)
    assert (hit(["x"], {"a"}, k=10), right(["x"], {"a"}, k=10)) == (0.0, 0.0)


@given(PEOPLE)
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    """The mean lies in the middle of its interval, which names its people."""
    found = interval(values)
    assert found.low <= found.mean <= found.high
    assert found.mean - found.low == pytest.approx(found.high - found.mean, abs=1e-9)
    assert found.people == len(values)


def test_of_one_person_nothing_is_sure() -> None:
    """One person makes no interval, and nobody makes no mean."""
    assert math.isinf(interval([0.5]).high)
    assert interval([]).people == 0


@given(PEOPLE)
def test_a_ranking_is_all_of_itself(values: list[float]) -> None:
    """The share of something in itself is one, surely; its gain over itself is nothing."""
    assert gain(values, values).high == 0.0
    if any(values) and interval(values).mean > 1e-6:
        found = ratio(values, values)
        assert (found.low, found.mean, found.high) == pytest.approx((1.0, 1.0, 1.0))


def test_a_pair_is_surer_than_two_means() -> None:
    """What is hard for a person both ways does not widen the interval of the share."""
    whole = [0.1, 0.9] * 50
    less = [value * 0.9 for value in whole]
    found = ratio(less, whole)
    assert found.mean == pytest.approx(0.9)
    assert found.high - found.low < 1e-9 < interval(less).high - interval(less).low


@given(st.lists(st.integers(0, 50), min_size=4, max_size=60))
def test_quarters_are_even_and_ordered(sizes: list[int]) -> None:
    """Each quarter is as large as the others to within one, and nobody longer is in an earlier one."""
    found = quarters(sizes)
    counts = [found.count(quarter) for quarter in range(4)]
    assert max(counts) - min(counts) <= 1
    for one, first in zip(sizes, found, strict=True):
        for other, second in zip(sizes, found, strict=True):
            assert not (one < other and first > second)


def test_a_proportion_has_wilsons_interval() -> None:
    """The figures for 56 of 70 as one finds them by hand, and an honest width where nobody or everybody did it."""
    found = proportion([1.0] * 56 + [0.0] * 14)
    assert found.people == 70
    assert [found.mean, found.low, found.high] == pytest.approx([0.8, 0.69183, 0.87695], abs=1e-4)
    assert proportion([0.0] * 50).low == 0.0
    assert proportion([0.0] * 50).high == pytest.approx(0.0713, abs=5e-4)
    assert proportion([1.0] * 50).low == pytest.approx(1 - 0.0713, abs=5e-4)
    assert (proportion([]).low, proportion([]).high) == (0.0, 1.0)


def test_a_difference_has_newcombes_interval() -> None:
    """The published example: 56 of 70 against 48 of 80 differ by 0.2, from 0.0524 to 0.3339."""
    one, other = proportion([1.0] * 56 + [0.0] * 14), proportion([1.0] * 48 + [0.0] * 32)
    found = difference(one, other)
    assert [found.mean, found.low, found.high] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-4)
    turned = difference(other, one)
    assert [turned.low, turned.high] == pytest.approx([-found.high, -found.low])


@given(PEOPLE)
def test_shares_count_no_more_than_noughts_and_ones(values: list[float]) -> None:
    """The interval of shares lies within nought and one and holds their mean."""
    found = proportion(values)
    assert 0 <= found.low <= found.mean + 1e-12
    assert found.mean - 1e-12 <= found.high <= 1
