"""The models that need nothing installed: Fiel's own strategies as Fiel runs them, a bare EASE, and what is popular."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from time import perf_counter
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bench.quality.measures import LONG, Ranked
from bench.quality.splits import AHEAD, SEED, History, Split, date_of
from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import Strategy
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import summed
from fiel.strategies.popular import STRATEGY as POPULAR

Scores: TypeAlias = npt.NDArray[np.float64]

ASKED_AT_ONCE: Final = 256
"""People whose scores are held in memory together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a model answered, and how long it took to fit."""

    ranked: Ranked
    fit_s: float


def fiel(
    strategy: Strategy[Any], splits: Sequence[Split], *, cap: int | None = None, published: bool = False
) -> list[Run]:
    """Contributions added up, the total fitted, everybody ranked: by the strategy itself, as the server does it.

    Whom the strategy has no answer for is shown what is popular, the last rung of every ladder. The splits share who
    teaches. `cap`: how many items of a person teach, the latest; None for all. `published`: by the model as it would be
    published, and not by the exact one.
    """
    total = taught(strategy, splits[0], cap=cap)
    start = perf_counter()
    model = strategy.fit(total)
    fit_s = perf_counter() - start
    if published:
        model = strategy.release(model, total, seed=SEED)
    del total
    ladder = ((strategy, model), (POPULAR, POPULAR.fit(taught(POPULAR, splits[0], cap=None))))
    return [Run(ranked=_ranked(ladder, split), fit_s=fit_s) for split in splits]


def taught(strategy: Strategy[Any], split: Split, *, cap: int | None) -> dict[tuple[str, str], int]:
    """What the people who teach add up to."""
    return summed(strategy.contribution(_teaching(split, history, cap=cap)) for history in split.taught)


def popular(splits: Sequence[Split]) -> list[Run]:
    """The same list for everybody: items by how many people had them, where time is known in the last thirty days."""
    first = splits[0]
    since = first.today - AHEAD if first.seasonal else 0
    start = perf_counter()
    people = np.zeros(len(first.items))
    for history in first.taught:
        people[np.unique(history[history[:, 1] >= since, 0])] += 1
    fit_s = perf_counter() - start
    return [
        Run(ranked=_best(split, lambda shown: np.tile(people, (shown.shape[0], 1))), fit_s=fit_s) for split in splits
    ]


def ease(splits: Sequence[Split], *, ridge: float) -> list[Run]:
    """EASE as Steck writes it (WWW 2019), in plain numpy."""
    people = matrix(splits[0].taught, len(splits[0].items))
    start = perf_counter()
    dense = weights(people, ridge=ridge)
    fit_s = perf_counter() - start
    return [Run(ranked=_best(split, lambda shown: shown @ dense), fit_s=fit_s) for split in splits]


def weights(people: sparse.csr_matrix, *, ridge: float) -> Scores:
    """The dense item-item matrix, by one inverse."""
    gram = (people.T @ people).toarray()
    gram[np.diag_indices(len(gram))] += ridge
    dense: Scores = np.linalg.inv(gram)
    dense /= -np.diag(dense)
    np.fill_diagonal(dense, 0)
    return dense


def matrix(histories: Iterable[History], items: int) -> sparse.csr_matrix:
    """A row a person, with a one for each item they had."""
    rows = [np.unique(history[:, 0]) for history in histories]
    bounds = np.cumsum([0, *map(len, rows)])
    return sparse.csr_matrix((np.ones(bounds[-1]), np.concatenate(rows), bounds), shape=(len(rows), items))


def _teaching(split: Split, history: History, *, cap: int | None) -> Lesson:
    """What a person teaches: their latest items, each of the month of its latest purchase."""
    latest: dict[ItemId, date] = {}
    for item, day in history[::-1].tolist():
        latest.setdefault(split.items[item], date_of(day).replace(day=1))
    return Lesson(items=dict(islice(latest.items(), cap)))


def _ranked(ladder: Sequence[tuple[Strategy[Any], Any]], split: Split) -> Ranked:
    numbers = {item: number for number, item in enumerate(split.items)}
    shelf = {item: Item(id=item, title={"en": item}) for item in split.items}
    ranked = np.full((len(split.shown), LONG), -1, dtype=np.int64)
    for person, history in enumerate(split.shown):
        left_out = {split.items[item] for item in split.had[person].tolist()} if split.new else set[ItemId]()
        offered = {item: each for item, each in shelf.items() if item not in left_out}
        view = split.view(history)
        answers = (rung.rank(model, view, candidates=offered, k=LONG, draw=_no_chance) for rung, model in ladder)
        best = next(filter(None, answers), ())
        ranked[person, : len(best)] = [numbers[each.item] for each in best]
    return ranked


def _best(split: Split, scores: Callable[[sparse.csr_matrix], Scores]) -> Ranked:
    shown = matrix(split.shown, len(split.items))
    parts = []
    for start in range(0, shown.shape[0], ASKED_AT_ONCE):
        some = shown[start : start + ASKED_AT_ONCE]
        block = scores(some)
        if split.new:
            block[some.nonzero()] = -np.inf
        parts.append(np.argsort(-block, axis=1, kind="stable")[:, :LONG])
    return np.concatenate(parts)


def _no_chance() -> float:
    raise AssertionError("a strategy that is measured here leaves nothing to chance")
