"""Until when each law lets a controller answer: dates counted by hand from the articles and a wall calendar."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial

import pytest

from fiel.calendars import PublicCalendars
from fiel.core.deadline import due
from fiel.core.law import Right, reply_by
from fiel.testing.jurisdictions import installed

CALENDARS = PublicCalendars()

ACCESS, TAKE, MEND, ERASE, LIMIT, OBJECT, REVIEW = Right
_NONE: Mapping[Right, date | None] = dict.fromkeys(Right)


def _all(day: date) -> Mapping[Right, date | None]:
    return dict.fromkeys(Right, day)


WEDNESDAY = date(2026, 12, 9)
"""Between the holidays of early December and Christmas; a month later is a Saturday."""

FROM_WEDNESDAY: Mapping[str, Mapping[Right, date | None]] = {
    "eu": _all(date(2027, 1, 11)),  # 9 January is a Saturday
    "es": _all(date(2027, 1, 11)),
    "uk": _all(date(2027, 1, 11)),
    "ch": {**_NONE, ACCESS: date(2027, 1, 8), TAKE: date(2027, 1, 8)},  # thirty days
    "ar": {**_NONE, ACCESS: date(2026, 12, 19), MEND: date(2026, 12, 16), ERASE: date(2026, 12, 16)},
    "mx": {**dict.fromkeys((ACCESS, MEND, ERASE, OBJECT, REVIEW), date(2027, 1, 8)), TAKE: None, LIMIT: None},
    "cl": _all(date(2027, 1, 8)),
    "co": {
        **_NONE,
        ACCESS: date(2026, 12, 23),
        **dict.fromkeys((MEND, ERASE, OBJECT), date(2026, 12, 31)),
    },
    "pe": _NONE,
    "uy": {**_NONE, **dict.fromkeys((ACCESS, MEND, ERASE), date(2026, 12, 16))},
    "cr": {**_NONE, **dict.fromkeys((ACCESS, MEND, ERASE), date(2026, 12, 16))},
    "br": {**_NONE, ACCESS: date(2026, 12, 24)},
    "us-ca": {
        **dict.fromkeys((ACCESS, TAKE, MEND, ERASE), date(2027, 1, 23)),
        **dict.fromkeys((LIMIT, OBJECT), date(2026, 12, 31)),
        REVIEW: None,
    },
}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("code", FROM_WEDNESDAY)
def test_each_right_under_each_law(code: str, right: Right) -> None:
    """Every right under every law ends on the day that its article makes it end, or is left to a person."""
    law = installed(code)
    closed = partial(CALENDARS.closed, law)
    assert reply_by(law, right, WEDNESDAY, closed=closed) == FROM_WEDNESDAY[code][right]


HARD: tuple[tuple[str, Right, date, bool, date], ...] = (
    # a month from the last of January: a Sunday, and in a leap year a Tuesday
    ("eu", ACCESS, date(2027, 1, 31), False, date(2027, 3, 1)),
    ("eu", ACCESS, date(2028, 1, 31), False, date(2028, 2, 29)),
    ("eu", ACCESS, date(2026, 11, 24), False, date(2026, 12, 24)),
    ("eu", ACCESS, date(2026, 11, 24), True, date(2027, 2, 24)),
    # Christmas on a Friday, the weekend; Epiphany; the national day
    ("es", ERASE, date(2026, 11, 25), False, date(2026, 12, 28)),
    ("es", ERASE, date(2026, 12, 6), False, date(2027, 1, 7)),
    ("es", ERASE, date(2026, 9, 12), False, date(2026, 10, 13)),
    ("es", ERASE, date(2026, 12, 1), False, date(2027, 1, 4)),
    # Boxing Day on a Saturday is kept on the Monday
    ("uk", ACCESS, date(2026, 11, 25), False, date(2026, 12, 29)),
    ("ch", ACCESS, date(2026, 12, 2), False, date(2027, 1, 1)),
    ("ch", ACCESS, date(2026, 12, 2), True, date(2027, 1, 1)),  # no extension in the ordinance
    ("ar", ACCESS, date(2026, 12, 24), False, date(2027, 1, 3)),
    ("ar", MEND, date(2026, 12, 24), False, date(2027, 1, 4)),
    ("mx", ERASE, date(2026, 12, 1), False, date(2026, 12, 30)),
    ("mx", ERASE, date(2026, 12, 1), True, date(2027, 1, 28)),
    ("cl", ERASE, date(2026, 12, 1), False, date(2026, 12, 31)),
    ("cl", ERASE, date(2026, 12, 1), True, date(2027, 1, 30)),
    # the Immaculate Conception; Epiphany, kept on the Monday after
    ("co", ACCESS, date(2026, 12, 1), False, date(2026, 12, 16)),
    ("co", ACCESS, date(2026, 12, 1), True, date(2026, 12, 23)),
    ("co", OBJECT, date(2026, 12, 24), False, date(2027, 1, 19)),
    ("co", OBJECT, date(2026, 12, 24), True, date(2027, 1, 29)),
    ("uy", ACCESS, date(2026, 12, 30), False, date(2027, 1, 7)),
    ("cr", ACCESS, date(2027, 3, 22), False, date(2027, 3, 31)),  # Holy Week
    ("br", ACCESS, date(2028, 2, 20), False, date(2028, 3, 6)),  # a leap day within
    ("us-ca", ERASE, date(2026, 12, 1), False, date(2027, 1, 15)),
    ("us-ca", ERASE, date(2026, 12, 1), True, date(2027, 3, 1)),
    ("us-ca", OBJECT, date(2026, 12, 1), False, date(2026, 12, 22)),
)


@pytest.mark.parametrize(("code", "right", "received", "extended", "last"), HARD)
def test_around_holidays_leap_days_and_year_ends(
    code: str, right: Right, received: date, *, extended: bool, last: date
) -> None:
    """Weekends, holidays, their substitutes, leap days and new years fall where the wall calendar says."""
    law = installed(code)
    closed = partial(CALENDARS.closed, law)
    assert reply_by(law, right, received, closed=closed, extended=extended) == last


@pytest.mark.parametrize(
    ("code", "instant", "day"),
    [
        ("es", datetime(2026, 11, 30, 23, 30, tzinfo=UTC), date(2026, 12, 1)),
        ("es", datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        ("cl", datetime(2026, 12, 2, 2, 30, tzinfo=UTC), date(2026, 12, 1)),
        ("us-ca", datetime(2026, 12, 2, 7, 59, tzinfo=UTC), date(2026, 12, 1)),
        ("us-ca", datetime(2026, 12, 2, 8, 0, tzinfo=UTC), date(2026, 12, 2)),
        ("eu", datetime(2026, 12, 2, 23, 59, tzinfo=UTC), date(2026, 12, 2)),
    ],
)
def test_a_day_begins_where_the_law_holds(code: str, instant: datetime, day: date) -> None:
    """What comes in late at night came in on the day that it was there, in summer and in winter."""
    assert CALENDARS.day(installed(code), instant) == day


@pytest.mark.parametrize(
    ("start", "last"), [(date(2026, 12, 24), date(2026, 12, 29)), (date(2026, 12, 9), date(2026, 12, 11))]
)
def test_chile_sets_aside_within_two_working_days(start: date, last: date) -> None:
    """In Chile a wish to have data set aside is answered in two working days (Law 19.628 art. 11)."""
    law = installed("cl")
    term = law.blocks_within.value
    assert term is not None
    assert due(start, [term], closed=partial(CALENDARS.closed, law)) == last


@pytest.mark.parametrize(
    ("code", "ages"),
    [
        ("eu", (16, 16, None)),
        ("es", (14, 14, None)),
        ("uk", (13, 13, None)),
        ("cl", (14, 16, None)),
        ("co", (18, 18, 18)),
        ("br", (12, 12, 18)),
        ("us-ca", (16, 16, 16)),
        ("mx", (None, None, None)),
    ],
)
def test_ages_differ_by_what_it_is_about(code: str, ages: tuple[int | None, int | None, int | None]) -> None:
    """From which age somebody decides alone hangs on the law, on how sensitive the data are, and on advertising."""
    found = installed(code).ages
    assert (found.consent.value, found.sensitive.value, found.advertising.value) == ages


def test_who_sets_aside_before_destroying() -> None:
    """Argentina, Chile, Mexico, Peru and Spain have data set aside, unusable, before they are destroyed."""
    assert {code for code in FROM_WEDNESDAY if installed(code).blocks.value} == {"ar", "cl", "es", "mx", "pe"}


def test_only_california_makes_the_signal_binding() -> None:
    """GPC is honoured everywhere, and all but California's citation say that no article obliges anybody to."""
    binding = {code for code in FROM_WEDNESDAY if "no article obliges" not in installed(code).honours.article}
    assert binding == {"us-ca"}
