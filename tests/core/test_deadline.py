"""How terms are counted: not the day itself; a month ends on its own day, a working day is one of work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.deadline import Term, Unit, due
from fiel.core.errors import Malformed

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
AMOUNTS = st.integers(1, 90)


def weekend(day: date) -> bool:
    """Saturdays and Sundays."""
    return day.weekday() >= 5


def never(_day: date) -> bool:
    """Somebody always works."""
    return False


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
    ],
)
def test_a_month_ends_on_its_day_or_the_last_it_has(start: date, months: int, end: date) -> None:
    """Months end on the same day of the month, in short ones on the last (Regulation 1182/71 art. 3(2)(c))."""
    assert due(start, [Term(months, Unit.MONTHS)], closed=never) == end


def test_what_is_counted_alike_is_added_up_first() -> None:
    """A month and two more from the end of January are three months, not one that was cut short and two."""
    terms = [Term(1, Unit.MONTHS), Term(2, Unit.MONTHS)]
    assert due(date(2027, 1, 31), terms, closed=never) == date(2027, 4, 30)


@given(DAYS, AMOUNTS)
def test_calendar_days_are_all_days(start: date, amount: int) -> None:
    """So many days later, whoever works."""
    assert due(start, [Term(amount, Unit.DAYS)], closed=weekend) == start + timedelta(days=amount)


@given(DAYS, AMOUNTS)
def test_so_many_working_days_lie_between(start: date, amount: int) -> None:
    """From the day after the start to the last day there are exactly so many working days, and the last is one."""
    end = due(start, [Term(amount, Unit.WORKING_DAYS)], closed=weekend)
    between = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert sum(not weekend(day) for day in between) == amount
    assert not weekend(end)


@given(DAYS, st.sampled_from(Unit), AMOUNTS)
def test_a_last_day_moves_only_forward_and_to_work(start: date, unit: Unit, amount: int) -> None:
    """A last day on which nobody works moves to the next on which somebody does; any other stays."""
    term = [Term(amount, unit)]
    stays, moves = (due(start, term, closed=weekend, moves=moved) for moved in (False, True))
    assert moves >= stays
    assert not weekend(moves)
    assert all(weekend(stays + timedelta(days=day)) for day in range((moves - stays).days))


@given(DAYS, st.lists(st.tuples(AMOUNTS, st.sampled_from(Unit)), min_size=1, max_size=3))
def test_more_time_never_ends_sooner(start: date, terms: list[tuple[int, Unit]]) -> None:
    """Each further term ends later than the ones before it."""
    parts = [Term(amount, unit) for amount, unit in terms]
    ends = [due(start, parts[: number + 1], closed=weekend) for number in range(len(parts))]
    assert ends == sorted(ends)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_term_has_a_length(amount: int) -> None:
    """A term of nothing is refused."""
    with pytest.raises(Malformed):
        Term(amount, Unit.DAYS)


def test_a_calendar_without_work_is_an_error() -> None:
    """A calendar in which nobody ever works ends in an error, and not in a search without end."""
    with pytest.raises(Malformed, match="without a working day"):
        due(date(2026, 1, 1), [Term(1, Unit.WORKING_DAYS)], closed=lambda _day: True)
