"""Fading: what is left of an event after some days."""

from hypothesis import given
from hypothesis import strategies as st

from fiel.numeric.fading import faded

DAYS = st.integers(0, 40_000)
HALF_LIVES = st.floats(0.5, 10_000)


def test_a_half_is_left_after_a_half_life() -> None:
    """After one half-life a half is left, after two a quarter, and without one all of it."""
    assert [faded(days, 120) for days in (0, 120, 240)] == [1, 0.5, 0.25]
    assert faded(10_000, None) == 1


@given(DAYS, DAYS, HALF_LIVES)
def test_the_older_never_counts_more(one: int, other: int, half_life: float) -> None:
    """What lies further back is worth no more, and whatever was is worth something."""
    older, newer = sorted((faded(one, half_life), faded(other, half_life)))
    assert (faded(max(one, other), half_life), faded(min(one, other), half_life)) == (older, newer)
    assert 0 < older <= newer <= 1


@given(st.integers(-500, 0), HALF_LIVES)
def test_a_day_to_come_counts_whole(days: int, half_life: float) -> None:
    """A day that is coarser than today, or a clock that is behind, makes no event count more than once."""
    assert faded(days, half_life) == 1
