"""The control share: of those who let a use case be measured, a few see for a month what everybody sees.

So the gain that is claimed stays a comparison after deployment (docs/adr/0010). Chance says who: a number drawn under a
key for each person, use case and month comes in, and is held against the share.
"""

from collections.abc import Mapping
from datetime import date, datetime

from fiel.core.promise.usecase import Grain, UseCase
from fiel.core.use.decision import Strategy
from fiel.core.use.gate import coarse


def month_of(now: datetime) -> date:
    """The calendar month (UTC) for which a draw holds, by its first day."""
    return coarse(now.date(), Grain.MONTH)


def is_control(share: float, *, drawn: float) -> bool:
    """Whether a number drawn from 0 up to 1 falls to the share: to none of it if it is 0, to all of it if it is 1."""
    return drawn < share


def can_do_without(use_case: UseCase, strategies: Mapping[str, Strategy[object]]) -> bool:
    """Whether what everybody sees can stand in for every level.

    A level that only shows facts, as whoever answers a question about an order needs them, has nothing in its place.
    """
    return all(strategies[rung.strategy].infers for rung in use_case.rungs)
