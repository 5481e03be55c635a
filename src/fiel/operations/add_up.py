"""The totals of a use case, added up again from what each compartment says was added.

The sum of a chunk is a pure function that any executor may work out: threads, processes, other machines. It is given
what people taught and nothing of who they are. Sums may come back in any order: the total is the same to the last bit.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, as_completed, wait
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Final, ParamSpec, TypeVar

from fiel.core.consent.effect import upkeep
from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Place
from fiel.core.promise.usecase import UseCase
from fiel.core.use.decision import POPULAR, Cells, Strategy
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import Cell, add, sums, without_zeros
from fiel.operations.house import House
from fiel.ports import Transaction

AHEAD: Final = 8
"""Chunks on their way at once, so that memory is bounded by the totals and these."""

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to add up: without whom, who works it out (None: here and now), people in one sum, who is told how many."""

    without: Place | None = None
    executor: Executor | None = None
    chunk: int = 250
    progress: Callable[[int], None] = lambda _done: None


HERE: Final = Plan()


@dataclass(slots=True, kw_only=True)
class Added:
    """What was added up: the total of each strategy, of how many people, and how many compartments cannot be read."""

    totals: Mapping[str, Cells] = field(default_factory=dict)
    people: int = 0
    unreadable: int = 0


def learners(house: House, use_case: UseCase) -> tuple[Strategy[object], ...]:
    """The strategies for which this use case keeps a total."""
    if use_case.learn is None:
        return ()
    names = sorted({POPULAR, *(rung.strategy for rung in use_case.rungs)})
    return tuple(strategy for name in names if (strategy := house.strategies[name]).learns)


def add_up(house: House, tx: Transaction, use_case: UseCase, *, plan: Plan = HERE) -> Added:
    """The totals as they must be. Whose compartment cannot be read is counted apart, and in no total."""
    added = Added()
    added.totals = summed_by(learners(house, use_case), _lessons(tx, use_case, plan=plan, added=added), plan=plan)
    return added


def summed_by(strategies: Sequence[Strategy[object]], lessons: Iterable[Lesson], *, plan: Plan) -> dict[str, Cells]:
    """What the lessons add up to, by the name of the strategy: the same on every executor, in chunks of any size."""
    totals: list[dict[Cell, int]] = [{} for _ in strategies]
    work = partial(sums, [strategy.contribution for strategy in strategies])
    for parts in _worked_out(plan.executor or _Here(), work, _chunks(lessons, size=plan.chunk)):
        for total, part in zip(totals, parts, strict=True):
            add(total, part)
    return {strategy.name: without_zeros(total) for strategy, total in zip(strategies, totals, strict=True)}


def rebuild(house: House, tx: Transaction, use_case: UseCase, *, plan: Plan = HERE) -> Added:
    """Put totals made by today's formulas in place of those that are kept."""
    added = add_up(house, tx, use_case, plan=plan)
    if added.unreadable:
        _log.warning("%d compartments of %s cannot be read: they are in no total", added.unreadable, use_case.id)
    for strategy in learners(house, use_case):
        tx.totals.put(use_case.id, strategy.name, added.totals[strategy.name], formula=strategy.formula)
    return added


def settle(house: House, tx: Transaction, use_case: UseCase, *, plan: Plan = HERE) -> tuple[Strategy[object], ...]:
    """The strategies for which a total is kept, once each total is one that today's formula made.

    Without this, what one formula added would be subtracted by another. A total of a strategy that learns here no more
    goes: nobody who is forgotten from now on would leave it. It is the use case in force that says which those are.
    """
    case = house.shelf.now(tx).promise.use_cases.get(use_case.id, use_case)
    made_by, strategies = tx.totals.formulas(case.id), learners(house, case)
    for name in made_by.keys() - {strategy.name for strategy in strategies}:
        tx.totals.drop(case.id, name)
    if any(made_by.get(strategy.name) != strategy.formula for strategy in strategies):
        rebuild(house, tx, case, plan=plan)
    return strategies


def settle_at_once(house: House, use_case: UseCase, *, plan: Plan = HERE) -> None:
    """The same in a transaction of its own: before anything is added, told to be wrong, or fitted."""

    def settled(tx: Transaction) -> None:
        settle(house, tx, use_case, plan=plan)

    house.store.write(settled).result()


def differing(kept: Mapping[str, Cells], added: Added) -> tuple[str, ...]:
    """The strategies whose kept total is not what was added up."""
    return tuple(name for name, total in added.totals.items() if kept[name] != total)


def _lessons(tx: Transaction, use_case: UseCase, *, plan: Plan, added: Added) -> Iterator[Lesson]:
    for pseudonym in tx.compartments.places(use_case.id):
        place = Place(area=use_case.area, use_case=use_case.id, pseudonym=pseudonym)
        plan.progress(1)
        if plan.without is not None and pseudonym == plan.without.pseudonym:
            continue
        try:
            held = tx.compartments.load(upkeep(place))
        except (KeyMissing, Tampered):
            added.unreadable += 1
            continue
        if held is not None and held.contributed:
            added.people += 1
            yield held.contributed


def _chunks(lessons: Iterable[T], *, size: int) -> Iterator[list[T]]:
    left = iter(lessons)
    while chunk := list(islice(left, size)):
        yield chunk


def _worked_out(executor: Executor, work: Callable[[T], R], chunks: Iterable[T]) -> Iterator[R]:
    """What comes of each chunk, as it comes, with no more than `AHEAD` of them on their way."""
    waiting: set[Future[R]] = set()
    try:
        for chunk in chunks:
            waiting.add(executor.submit(work, chunk))
            if len(waiting) == AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        yield from (each.result() for each in as_completed(waiting))
    finally:
        for each in waiting:
            each.cancel()


class _Here(Executor):
    """Works out what is submitted in the thread that submits it."""

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """The future that is done already."""
        future: Future[R] = Future()
        future.set_result(work(*args, **kwargs))
        return future
