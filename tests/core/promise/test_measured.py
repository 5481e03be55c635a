"""What may be told of a measurement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.measured import ENOUGH_PEOPLE, STEP, Likely, Measured, earns, figure, least_enough, unknown
from fiel.core.promise.usecase import Level
from fiel.testing.builders import a_measured


def likely(share: float, *, give: float = 0.02) -> Likely:
    """A share, give or take."""
    return Likely(share=share, low=share - give, high=share + give)


@given(st.integers(0, ENOUGH_PEOPLE - 1), st.floats(0, 1))
def test_too_few_people_are_never_a_number(people: int, share: float) -> None:
    """Below the threshold nothing is kept, not even how few they were."""
    assert figure(Level.OBSERVED, people=people, right=likely(share)) == unknown(Level.OBSERVED)


@given(st.integers(ENOUGH_PEOPLE, 10_000), st.floats(0, 1))
def test_a_figure_is_no_finer_than_may_be_told(people: int, share: float) -> None:
    """A share is a number of half per cents, at most half a step from what was measured, and people come in tens."""
    found = figure(Level.OBSERVED, people=people, right=likely(share))
    assert found.right is not None
    assert round(found.right.share / STEP) == pytest.approx(found.right.share / STEP)
    assert abs(found.right.share - share) <= STEP / 2 + 1e-9
    assert found.people % 10 == 0
    assert people - 10 < found.people <= people


def test_a_level_earns_its_data_if_it_is_surely_more_often_right() -> None:
    """Apart, it earns; no more often right, it does not; where intervals touch or there are too few, nobody can say."""
    low, high = (figure(Level.NONE, people=100, right=likely(share)) for share in (0.1, 0.2))
    close = figure(Level.NONE, people=100, right=likely(0.12))
    assert earns(low, high) is True
    assert earns(high, low) is False
    assert earns(low, low) is False
    assert earns(low, close) is None
    assert earns(low, unknown(Level.OBSERVED)) is None


def measured(*shares: float | None) -> Measured:
    """Level by level, from nobody's data on, each give or take two of a hundred."""
    return replace(
        a_measured(),
        figures=tuple(
            unknown(level) if share is None else figure(level, people=1_000, right=likely(share))
            for level, share in zip(Level, shares, strict=False)
        ),
    )


@pytest.mark.parametrize(
    ("shares", "enough"),
    [
        ((0.05, 0.28, 0.20, 0.29), Level.CONTEXT),
        ((0.05, 0.10, 0.20), Level.DECLARED),
        ((0.10, 0.11, 0.12), Level.NONE),
        ((0.05, None, 0.20), Level.DECLARED),
        ((None, None), None),
    ],
)
def test_enough_is_the_least_that_nothing_surely_beats(shares: tuple[float | None, ...], enough: Level | None) -> None:
    """The least invasive level over which no further one is surely right more often; none where nothing is known."""
    assert least_enough(measured(*shares)) == enough
