"""What one person adds to a use case's shared totals: changed exactly, in the transaction that changes what is held.

`contributed` in the compartment says what was added; whatever moves it moves the totals by the difference.
"""

from datetime import datetime

from fiel.core.consent.effect import upkeep
from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Place, UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.core.use.compartment import Compartment, taught
from fiel.core.use.decision import Cells, Strategy
from fiel.core.use.lesson import NOTHING, Lesson
from fiel.numeric.contributions import delta
from fiel.operations.add_up import Plan, rebuild, settle
from fiel.operations.house import House
from fiel.ports import Transaction


def publishable(house: House, strategy: Strategy[object], total: Cells, *, use_case: UseCaseId) -> object:
    """The model of a total as it may be told to everybody, with the chance that belongs to exactly this model."""
    model = strategy.fit(total)
    return strategy.release(model, total, seed=house.names.seed(use_case, strategy.pack(model)))


def move(house: House, tx: Transaction, *, use_case: UseCase, held: Compartment, lesson: Lesson) -> Compartment:
    """The compartment that has taught exactly this, with the totals moved from what it had taught before."""
    for strategy in settle(house, tx, use_case):
        before, after = strategy.contribution(held.contributed), strategy.contribution(lesson)
        tx.totals.shift(use_case.id, strategy.name, delta(before, after))
    return taught(held, lesson)


def count(tx: Transaction, place: Place, *, before: Compartment, after: Compartment, now: datetime) -> None:
    """Note the person whose share changed, so that a model is published only when enough people did."""
    if before.contributed != after.contributed:
        people = bool(after.contributed) - bool(before.contributed)
        tx.totals.count(place.use_case, place.pseudonym, people=people, at=now)


def forget(house: House, tx: Transaction, place: Place, *, use_case: UseCase, now: datetime) -> bool:
    """Subtract all that one person added; False if they had added nothing."""
    try:
        held = tx.compartments.load(upkeep(place))
    except (KeyMissing, Tampered):
        rebuild(house, tx, use_case, plan=Plan(without=place))
        tx.totals.count(place.use_case, place.pseudonym, people=-1, at=now)
        return True
    if held is None or not held.contributed:
        return False
    forgotten = move(house, tx, use_case=use_case, held=held, lesson=NOTHING)
    count(tx, place, before=held, after=forgotten, now=now)
    tx.compartments.save(upkeep(place), forgotten)
    return True
