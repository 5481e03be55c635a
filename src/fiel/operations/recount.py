"""Whether the totals are what everybody added, told by adding it all up again; what is not is set right.

They are exact by their making, and a store that was restored, edited or damaged may have others all the same.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.operations.add_up import HERE, Plan, add_up, differing, rebuild, settle_at_once
from fiel.operations.house import House
from fiel.ports import Transaction


class Fate(StrEnum):
    """How the totals of one use case were found, and what was done.

    `UNREADABLE`: they differ, but not every compartment can be read, so nobody can say which are right: they were left.
    """

    RIGHT = "right"
    SET_RIGHT = "set right"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted:
    """What came of one use case: people added up, compartments that cannot be read, strategies whose total differed."""

    use_case: UseCaseId
    people: int
    unreadable: int
    wrong: tuple[str, ...]
    fate: Fate


def recount(
    house: House, *, executor: Executor | None = None, progress: Callable[[int], None] = lambda _done: None
) -> tuple[Recounted, ...]:
    """Add up again, on that executor, what everybody added in each use case; set right what differs."""
    with house.store.read() as tx:
        cases = [case for case in house.shelf.now(tx).promise.use_cases.values() if case.learn is not None]
    plan = replace(HERE, executor=executor)
    return tuple(_recount(house, case, plan=plan, progress=progress) for case in cases)


def _recount(house: House, case: UseCase, *, plan: Plan, progress: Callable[[int], None]) -> Recounted:
    settle_at_once(house, case, plan=plan)  # a total that another formula made is not wrong, only old
    with house.store.read() as tx:
        added = add_up(house, tx, case, plan=replace(plan, progress=progress))
        wrong = differing({name: tx.totals.total(case.id, name) for name in added.totals}, added)
    fate = Fate.RIGHT if not wrong else Fate.UNREADABLE if added.unreadable else Fate.SET_RIGHT
    if fate is Fate.SET_RIGHT:
        house.store.write(partial(_set_right, house, case=case, plan=plan)).result()
    return Recounted(use_case=case.id, people=added.people, unreadable=added.unreadable, wrong=wrong, fate=fate)


def _set_right(house: House, tx: Transaction, *, case: UseCase, plan: Plan) -> None:
    """Added up once more, while nobody else writes. A model that was made of wrong totals may hold anybody: it goes."""
    rebuild(house, tx, case, plan=plan)
    tx.totals.withdraw(case.id)
