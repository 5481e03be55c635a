"""Until when: terms in days, working days or months, counted from a day, as laws count them.

Which days nobody works is told from outside (`Closed`): it differs by country and changes by decree. So is which day it
was where the law holds: an instant has no day of its own.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar, assert_never

from fiel.core.errors import Malformed

D = TypeVar("D", bound=date)

Closed = Callable[[date], bool]
"""Whether nobody works on that day: a Saturday, a Sunday, a public holiday."""

LONGEST_REST: Final = 60
"""Days without a working day among them beyond which a calendar is taken for broken."""


class Unit(StrEnum):
    """What a term is counted in. Spanish laws say *corridos* or *naturales*, *hábiles*, *meses*."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as a law states it; raises `Malformed` unless the amount is positive."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise Malformed("a term lasts at least one day or month")


def due(start: date, terms: Iterable[Term], *, closed: Closed, moves: bool = False) -> date:
    """The last day of `terms`, one after the other, that begin on `start`; that day itself is not counted.

    What is counted in the same unit is added up first: a month and two more are three months. `moves`: a last day on
    which nobody works gives way to the next on which somebody does (Regulation (EEC, Euratom) 1182/71 art. 3).
    """
    day = start
    for term in _added(terms):
        day = _after(day, term, closed=closed)
    return _next_open(day, closed) if moves else day


def _added(terms: Iterable[Term]) -> list[Term]:
    """The terms, neighbours of one unit made one."""
    added: list[Term] = []
    for term in terms:
        if added and added[-1].unit is term.unit:
            added[-1] = Term(added[-1].amount + term.amount, term.unit)
        else:
            added.append(term)
    return added


def _after(start: date, term: Term, *, closed: Closed) -> date:
    match term.unit:
        case Unit.DAYS:
            return start + timedelta(days=term.amount)
        case Unit.WORKING_DAYS:
            day = start
            for _ in range(term.amount):
                day = _next_open(day + timedelta(days=1), closed)
            return day
        case Unit.MONTHS:
            return months_after(start, term.amount)
        case _:
            assert_never(term.unit)


def months_after(start: D, months: int) -> D:
    """The same day so many months later, or the last of its month (Regulation (EEC, Euratom) 1182/71 art. 3(2))."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def _next_open(day: date, closed: Closed) -> date:
    """That day, or the first after it on which somebody works."""
    for wait in range(LONGEST_REST):
        if not closed(day + timedelta(days=wait)):
            return day + timedelta(days=wait)
    raise Malformed(f"a calendar without a working day in {LONGEST_REST} days")
