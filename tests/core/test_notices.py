"""When one may ask, when one tries again, and when one gives up."""

from datetime import UTC, datetime, timedelta

import pytest

from fiel.core.consent.choice import UNDECIDED, Status
from fiel.core.deadline import months_after
from fiel.core.notices import GIVEN_UP_AFTER, LONGEST_WAIT, is_hopeless, may_ask, waits
from fiel.testing.builders import a_standing
from fiel.testing.clock import NOON

DAY = timedelta(days=1)
NEVER = {Status.OBJECTED, Status.RESTRICTED, Status.BLOCKED, Status.ERASED}
AFTER_A_WHILE = {Status.REFUSED, Status.WITHDRAWN}


@pytest.mark.parametrize("status", list(Status))
def test_every_standing_says_whether_one_may_ask(status: Status) -> None:
    """Some are never asked, a no is left alone for half a year, and everybody else may be asked once."""
    standing = a_standing(status, at=NOON)

    def asked_on(day: int) -> bool:
        return may_ask(standing, asked=None, law_months=None, now=NOON + day * DAY)

    expected = {True: (False, False, False), False: (True, True, True)}[status in NEVER]
    if status in AFTER_A_WHILE:
        expected = (False, False, True)
    assert (asked_on(0), asked_on(180), asked_on(182)) == expected


@pytest.mark.parametrize("status", sorted(set(Status) - NEVER))
def test_one_ask_in_half_a_year(status: Status) -> None:
    """Whatever somebody answered, or did not, they are not asked twice within six months."""
    standing = a_standing(status, at=NOON - 1_000 * DAY)
    for day, allowed in ((0, False), (180, False), (181, True)):
        assert may_ask(standing, asked=NOON, law_months=None, now=NOON + day * DAY) is allowed


def test_a_law_that_wants_more_gets_more() -> None:
    """After a no the law's months count where they are more, and never where they are fewer."""
    standing = a_standing(Status.REFUSED, at=NOON)
    year, half = months_after(NOON, 12), months_after(NOON, 6)
    assert not may_ask(standing, asked=None, law_months=12, now=year - DAY)
    assert may_ask(standing, asked=None, law_months=12, now=year)
    assert not may_ask(standing, asked=None, law_months=1, now=half - DAY)
    assert may_ask(UNDECIDED, asked=None, law_months=12, now=NOON)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 11, 24), 6, (2027, 5, 24)),
        ((2026, 12, 1), 12, (2027, 12, 1)),
        ((2026, 12, 31), 0, (2026, 12, 31)),
    ],
)
def test_months_end_on_their_day_or_on_their_last(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    """A month later is the same day, or the last one of a month that is too short."""
    first, last = (datetime(*each, 9, 30, tzinfo=UTC) for each in (start, end))
    assert months_after(first, months) == last


def test_waits_double_up_to_the_longest() -> None:
    """Each failure makes the next try later, and none later than the longest wait."""
    found = [waits(tries) for tries in range(1, 200)]
    assert found == sorted(found)
    assert found[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert found[-1] == LONGEST_WAIT
    assert waits(0) == found[0]


def test_a_week_is_enough_to_try() -> None:
    """What did not arrive within the time is hopeless, and not a moment earlier."""
    assert not is_hopeless(NOON, now=NOON + GIVEN_UP_AFTER - DAY)
    assert is_hopeless(NOON, now=NOON + GIVEN_UP_AFTER)
