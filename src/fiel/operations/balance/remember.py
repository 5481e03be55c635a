"""Keeping what was measured ready to be told: per level a figure with its interval, or that too few people came."""

from concurrent.futures import Future

from fiel.core.promise.measured import Figure, Likely, Measured, Method, figure, unknown
from fiel.core.promise.usecase import Level, UseCase
from fiel.operations.balance.values import Balance, LevelScore
from fiel.operations.house import House


def remember(house: House, balance: Balance) -> "Future[None]":
    """Keep the figures of the levels in place of those of the last time."""
    with house.store.read() as tx:
        case = house.shelf.now(tx).use_case(balance.use_case)
    measured = measured_of(balance, case)
    return house.store.write(lambda tx: tx.measurements.put(measured))


def measured_of(balance: Balance, case: UseCase) -> Measured:
    """What may be told of the levels: with the fewest items on the page, which is what pages show."""
    shown = min((score.shown for score in balance.levels), default=0)
    told = {score.level: _figure(score) for score in balance.levels if score.shown == shown}
    return Measured(
        use_case=balance.use_case,
        version=balance.version,
        at=balance.at,
        method=Method.NEXT_VISIT,
        k=balance.k,
        figures=tuple(told.get(level) or unknown(level) for level in (Level.NONE, *case.levels)),
    )


def _figure(score: LevelScore) -> Figure:
    right = Likely(share=score.right.mean, low=max(score.right.low, 0.0), high=min(score.right.high, 1.0))
    return figure(score.level, people=score.right.people, right=right)
