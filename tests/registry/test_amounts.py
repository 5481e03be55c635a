"""Durations, shares and paces as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.registry.amounts import LONGEST, duration, pace, share


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90d", 90),
        ("1 day", 1),
        ("2days", 2),
        ("12 weeks", 84),
        ("3w", 21),
        ("24 months", 720),
        ("1 month", 30),
        ("1 year", 365),
        ("2y", 730),
        (" 90d ", 90),
    ],
)
def test_a_duration_is_read(text: str, days: int) -> None:
    """A month counts 30 days and a year 365, whatever the calendar says."""
    assert duration(text) == timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    ["", "90", "d", "0d", "-3d", "1.5 years", "90 minutes", "3m", "1 ds", "101 years", "forever", "90d 3w", "٣d"],
)
def test_what_is_no_duration_is_not_guessed(text: str) -> None:
    """A count without a unit, a unit without a count, an unknown unit, nothing and too much are all no duration."""
    assert duration(text) is None


@pytest.mark.parametrize(
    ("value", "number"), [("2%", 0.02), ("2.5 %", 0.025), ("100%", 1.0), (0.02, 0.02), (0, 0.0), (1, 1.0)]
)
def test_a_share_is_read(value: str | float, number: float) -> None:
    """A share is written in per cent, or as a number from 0 to 1."""
    assert share(value) == pytest.approx(number)


@pytest.mark.parametrize("value", ["2", "200%", "-1%", "%", "two %", 2, -0.1, float("nan"), float("inf")])
def test_what_is_no_share_is_not_guessed(value: str | float) -> None:
    """A bare `2` could mean 2 % or 200 %, so it means neither."""
    assert share(value) is None


def test_a_pace_is_read() -> None:
    """A pace is a count in one hour, day, week or month."""
    assert pace("3 per day") == (3, timedelta(days=1))
    assert pace("1 per hour") == (1, timedelta(hours=1))
    assert [pace(text) for text in ("0 per day", "3 a day", "3 per days", "per day", "3 per 2 weeks", "")] == [None] * 6


@given(st.text(max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    """Any text is an amount within its limits, or none."""
    length, part = duration(text), share(text)
    assert length is None or timedelta(0) < length <= LONGEST
    assert part is None or 0 <= part <= 1
    assert pace(text) is None or text.strip()[0].isdecimal()
