"""Whose choices the demo makes up, and how: the same on every machine, in the shares that the table states."""

from collections import Counter
from datetime import date, timedelta

import pytest

from fiel.core.consent.choice import Status
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Level
from fiel.demo import people
from fiel.demo.invoices import Customer, catalogue, customers

LAST_DAY = date(2026, 11, 23)
ITEMS = {item.id: item for item in catalogue()}
SENSITIVE = frozenset({"alcohol", "tobacco", "health"})


@pytest.fixture(scope="module")
def everybody() -> tuple[Customer, ...]:
    """All customers of the data."""
    return tuple(customers(last_day=LAST_DAY))


def days_ago(day: date) -> int:
    """How many days before the last day."""
    return (LAST_DAY - day).days


def latest_lines(customer: Customer, days: int) -> set[str]:
    """The numbered items of the lines of the last `days` days."""
    return {f"{line.item} {line.number}" for line in customer.lines if days_ago(line.at.date()) < days}


def is_regular(customer: Customer) -> bool:
    """Whether they came first 200 to 330 days ago, and last within two weeks."""
    dates = [line.at.date() for line in customer.lines]
    return 200 <= days_ago(dates[0]) <= 330 and days_ago(dates[-1]) <= 14


def fits_alma(customer: Customer) -> bool:
    """Whether they have as much to show as the one who says yes."""
    recent = {line.item for line in customer.lines if days_ago(line.at.date()) < 90}
    visits = {line.at.date() for line in customer.lines}
    sensitive = any(ITEMS[item].is_sensitive(SENSITIVE) for item in recent)
    if not (is_regular(customer) and 6 <= len(visits) <= 8 and bought_again(customer) >= 10):
        return False
    return 20 <= len(recent) <= 60 and sensitive


def fits_the_others(customer: Customer) -> bool:
    """Whether they bought a few things lately, so that there would be something to use."""
    visits = {line.at.date() for line in customer.lines}
    return is_regular(customer) and len(visits) >= 5 and 8 <= len(latest_lines(customer, 60)) <= 20


def bought_again(customer: Customer) -> int:
    """How many items they bought on three days or more."""
    days = Counter(item for item, _ in {(line.item, line.at.date()) for line in customer.lines})
    return sum(count >= 3 for count in days.values())


def test_the_three_people_are_found_by_their_rule(everybody: tuple[Customer, ...]) -> None:
    """Alma, Bruno and Carmen are those customers whom the stated rule finds in the data."""
    alma = min(each.number for each in everybody if fits_alma(each))
    others = sorted(each.number for each in everybody if fits_the_others(each) and each.number != alma)[:2]
    assert [alma, *others] == [character.customer for character in people.CHARACTERS]


def test_most_people_were_never_asked(everybody: tuple[Customer, ...]) -> None:
    """Of most customers nothing is known, and whoever was not asked has no answer."""
    unasked = [each.number for each in everybody if not people.was_asked(each.number)]
    assert len(unasked) / len(everybody) == pytest.approx(1 - people.ASKED, abs=0.02)
    assert not any(people.answers_of(number) or people.told_by(number, ("home",)) for number in unasked)


@pytest.mark.parametrize("use_case", people.SHARES)
def test_answers_come_in_the_stated_shares(use_case: UseCaseId, everybody: tuple[Customer, ...]) -> None:
    """Each answer of the table is given by about its share of those who were asked."""
    asked = [each.number for each in everybody if people.was_asked(each.number)]
    given = Counter(people.answers_of(number).get(use_case) for number in asked)
    for answer in people.SHARES[use_case]:
        assert given[answer] / len(asked) == pytest.approx(answer.share, abs=0.035)


def test_a_table_row_is_whole() -> None:
    """The shares of a use case leave somebody undecided, and only a yes may teach."""
    for answers in people.SHARES.values():
        assert sum(answer.share for answer in answers) < 1
        assert all(answer.status is Status.GIVEN for answer in answers if answer.teaches)


def test_nobody_told_what_nobody_may_use(everybody: tuple[Customer, ...]) -> None:
    """A customer has told something only where they said yes to a level that uses it."""
    for number in (
        each.number for each in everybody if each.number not in {each.customer for each in people.CHARACTERS}
    ):
        told = people.told_by(number, ("home", "bags"))
        levels = [answer.level or Level.NONE for answer in people.answers_of(number).values()]
        assert not told or max(levels, default=Level.NONE) >= Level.DECLARED


def test_the_year_ends_yesterday(everybody: tuple[Customer, ...]) -> None:
    """All lines moved by the same number of days, and the last one falls on the day that was asked for."""
    moved = {
        each.number: each.lines
        for each in customers(last_day=LAST_DAY - timedelta(days=10), only=[people.ALMA.customer])
    }
    alma = next(each for each in everybody if each.number == people.ALMA.customer)
    assert max(line.at for each in everybody for line in each.lines).date() == LAST_DAY
    assert [line.at - timedelta(days=10) for line in alma.lines] == [line.at for line in moved[alma.number]]
