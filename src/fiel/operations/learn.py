"""Learning: each willing person's share is added to the totals, and a model is published when enough people changed.

Publishing is another act than learning: a list that changed by one person would name what that person bought, so what
decisions read changes only when at least `ENOUGH` people did (measured in docs/adr/0003).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.promise.usecase import UseCase
from fiel.core.use.compartment import lesson_of
from fiel.core.use.decision import Cells
from fiel.operations.add_up import learners, settle_at_once
from fiel.operations.house import House
from fiel.operations.sweep import Sweep, sweep
from fiel.operations.teach import count, move, publishable
from fiel.operations.weigh import Question, weigh
from fiel.ports import Lessons, PublishedModel, Transaction

ENOUGH: Final = 50
"""People whose share must have changed before a new model is published."""

PATIENCE: Final = timedelta(days=30)
"""How long a published model may still hold somebody who was forgotten, before it is withdrawn."""

_TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What came of learning in one use case: people who taught it anew, people in the total, what was published."""

    use_case: UseCaseId
    changed: int
    people: int
    published: bool
    withdrawn: bool


def learn(house: House, *, progress: Callable[[int], None] = lambda _done: None) -> tuple[Learnt, ...]:
    """Add the share of everybody who said yes to teaching; publish, keep or withdraw each use case's models."""
    with house.store.read() as tx:
        cases = [case for case in house.shelf.now(tx).promise.use_cases.values() if case.learn is not None]
    for case in cases:
        settle_at_once(house, case)
    changed = dict.fromkeys((case.id for case in cases), 0)

    def step(tx: Transaction, swept: Sweep) -> None:
        for case in cases:
            changed[case.id] += _teach(house, tx, swept, use_case=case)
        progress(1)

    sweep(house, step)
    return tuple(_publish(house, case, changed=changed[case.id]) for case in cases)


def _teach(house: House, tx: Transaction, swept: Sweep, *, use_case: UseCase) -> int:
    """Move one person's share to what they hold now; 1 if it changed."""
    question = Question(act=Act.LEARN, now=house.clock.now())
    weighed = weigh(house, tx, swept.person, use_case=use_case.id, question=question)
    permit = weighed.ruling
    if not isinstance(permit, Permit):
        return 0
    try:
        held = tx.compartments.load(permit)
    except (KeyMissing, Tampered):
        return 0
    if held is None:
        return 0
    withheld = house.shelf.now(tx).withheld[use_case.id].and_also(held.off)
    lesson = lesson_of(held, terms=permit.terms, withheld=withheld, now=question.now)
    if lesson == held.contributed:
        return 0
    learnt = move(house, tx, use_case=use_case, held=held, lesson=lesson)
    count(tx, weighed.place, before=held, after=learnt, now=question.now)
    tx.compartments.save(permit, learnt)
    return 1


def _publish(house: House, case: UseCase, *, changed: int) -> Learnt:
    with house.store.read() as tx:
        lessons = tx.totals.lessons(case.id)
    now = house.clock.now()
    published = lessons.changed >= ENOUGH and _fit_and_publish(house, case, now=now)
    overdue = lessons.removal_since is not None and lessons.removal_since + PATIENCE <= now
    withdrawn = overdue and not published
    if withdrawn:
        house.store.write(lambda tx: tx.totals.withdraw(case.id)).result()
    return Learnt(use_case=case.id, changed=changed, people=lessons.people, published=published, withdrawn=withdrawn)


def _fit_and_publish(house: House, case: UseCase, *, now: datetime) -> bool:
    """Fit outside the writer, publish if nobody's share changed meanwhile; at last, fit while the writer waits."""
    for _ in range(_TRIES):
        with house.store.read() as tx:
            lessons, totals = tx.totals.lessons(case.id), _totals(house, tx, case)
        models = _models(house, case, totals, people=lessons.people, now=now)
        publish = partial(_publish_unless_moved, use_case=case.id, models=models, since=lessons)
        if house.store.write(publish).result():
            return True
    return house.store.write(lambda tx: _publish_now(house, tx, case, now=now)).result()


def _publish_unless_moved(
    tx: Transaction, *, use_case: UseCaseId, models: Mapping[str, PublishedModel], since: Lessons
) -> bool:
    if tx.totals.lessons(use_case) != since:
        return False
    tx.totals.publish(use_case, models)
    return True


def _publish_now(house: House, tx: Transaction, case: UseCase, *, now: datetime) -> bool:
    people = tx.totals.lessons(case.id).people
    tx.totals.publish(case.id, _models(house, case, _totals(house, tx, case), people=people, now=now))
    return True


def _totals(house: House, tx: Transaction, case: UseCase) -> dict[str, Cells]:
    return {strategy.name: tx.totals.total(case.id, strategy.name) for strategy in learners(house, case)}


def _models(
    house: House, case: UseCase, totals: Mapping[str, Cells], *, people: int, now: datetime
) -> dict[str, PublishedModel]:
    models: dict[str, PublishedModel] = {}
    for strategy in learners(house, case):
        packed = strategy.pack(publishable(house, strategy, totals[strategy.name], use_case=case.id))
        models[strategy.name] = PublishedModel(packed=packed, people=people, at=now)
    return models
