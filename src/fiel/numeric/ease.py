"""Item-to-item similarity (EASE) as a pure function of a total of integer Gram cells, pruned to near neighbours.

Not a ranking of a person's slate: what is masked, blended or shown is for a strategy to say.

Each item is explained by the others in one linear regression for all items, solved in closed form from the Gram matrix.
The plain ridge is from Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, arXiv 1905.03375. A
second penalty, in proportion to how many have an item, does what dropping items out at random would do on average: it
keeps a common item from being explained by a crowd of near copies. From Steck, "Autoencoders that don't overfit towards
the Identity", NeurIPS 2020. Lifting rare targets is Fiel's own and measured: see `Tuning`.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import lapack

from fiel.numeric.contributions import Cells, months
from fiel.numeric.fading import faded
from fiel.numeric.neighbours import Neighbours, decode, descending, encode, score, terms

__all__ = ["Neighbours", "Tuning", "decode", "descending", "encode", "fit", "score", "terms"]

_Matrix: TypeAlias = npt.NDArray[np.float64]
_Places: TypeAlias = npt.NDArray[np.int32]
_Weights: TypeAlias = npt.NDArray[np.float32]

_MONTH: Final = 30
"""Days that a month is taken for."""

_OLDEST: Final = 2.0**-60
"""What somebody weighs who chose in no known month, so that no item weighs nothing."""

_BLOCK: Final = 256
"""How many rows of the item-item weights exist at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What a fit is asked for. A value out of range is a ValueError.

    `ridge`: how many people a rare pair must outweigh. `dropout`: the second penalty, as a part of how many have the
    item. `rarity`: from 0, what speaks for an item is divided by its number of people to that power. `neighbours`: how
    many items one item may speak for. `at_most_items`: how many a model may have; those of fewest people stay out.
    `person`: what one whole person weighs in the total. `together`: pairs that so many whole people share, or more, are
    kept before others; 0 where that is no matter. `fading`: after how many days whoever chose an item counts half in
    what is chosen lately; None if it is no matter when.
    """

    ridge: float
    neighbours: int
    at_most_items: int
    dropout: float = 0.0
    rarity: float = 0.0
    person: int = 1
    together: float = 0.0
    fading: float | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense before anything is solved."""
        if not (math.isfinite(self.ridge) and self.ridge > 0):
            raise ValueError("`ridge` must be a finite number above 0")
        if not all(0 <= each < math.inf for each in (self.dropout, self.rarity, self.together)):
            raise ValueError("`dropout`, `rarity` and `together` must be finite numbers from 0")
        if self.fading is not None and not self.fading > 0:
            raise ValueError("`fading` must be a number of days above 0")
        if self.neighbours < 1 or self.at_most_items < 1 or self.person < 1:
            raise ValueError("`neighbours`, `at_most_items` and `person` must be at least 1")


def fit(total: Cells, tuning: Tuning) -> Neighbours:
    """Solve the total for the item weights and keep, for each source item, its largest positive ones.

    The items are those that weigh most (ties by id); memory is 8 bytes times their square, once. Cells that count
    single items are left aside; those of months say what is chosen lately. The result is a function of the total alone,
    bit for bit on one machine with one number of threads; another number of threads may change the last bits.

    ValueError: a negative cell, a pair out of order, or a total that no people add up to.
    """
    cells = _cells(total)
    if (cells.numbers < 0).any():
        raise ValueError("the total has a negative cell: more was forgotten than was learnt; add it up again")
    own = np.flatnonzero((cells.columns == cells.rows) & (cells.numbers > 0))
    weights_of = dict(zip(cells.columns[own].tolist(), cells.numbers[own].tolist(), strict=True))
    heaviest = heapq.nsmallest(tuning.at_most_items, weights_of, key=lambda at: (-weights_of[at], cells.names[at]))
    chosen = sorted(heaviest, key=cells.names.__getitem__)
    items = [cells.names[at] for at in chosen]
    gram = _lower_gram(cells, chosen)
    people = gram.diagonal() / tuning.person
    gram[np.diag_indices(len(items))] += tuning.person * (tuning.dropout * people + tuning.ridge)
    lift = (people + tuning.ridge) ** -tuning.rarity
    shared = _shared(cells, chosen, least=tuning.person * tuning.together)
    indptr, indices, weights = _pruned(_inverse(gram), lift, keep=tuning.neighbours, shared=shared)
    owners, lately = people.astype(np.float32), _lately(total, dict(zip(items, people.tolist(), strict=True)), tuning)
    return Neighbours(items=tuple(items), indptr=indptr, indices=indices, weights=weights, owners=owners, lately=lately)


def _lately(total: Cells, people: Mapping[str, float], tuning: Tuning) -> _Weights:
    """What the people of each item weigh, each less by the months since: of the latest month of the total all of it."""
    dated = months(total)
    lately = {item: weight * (_OLDEST if dated else 1) for item, weight in people.items()}
    latest = max((month for _, month, _ in dated), default=0)
    for item, month, number in dated:
        if item in lately:
            lately[item] += number / tuning.person * faded(_MONTH * (latest - month), tuning.fading)
    return np.fromiter(lately.values(), np.float32, len(lately))


class _CellArrays(NamedTuple):
    """A total by columns: the places in `names` of each cell's two names, and its number."""

    names: list[str]
    columns: _Places
    rows: _Places
    numbers: npt.NDArray[np.int64]


def _cells(total: Cells) -> _CellArrays:
    """The cells as arrays: each name is looked up once, since that is what a large total takes longest for."""
    places: defaultdict[str, int] = defaultdict(count().__next__)
    columns = np.fromiter(map(places.__getitem__, map(itemgetter(0), total)), np.int32, len(total))
    rows = np.fromiter(map(places.__getitem__, map(itemgetter(1), total)), np.int32, len(total))
    return _CellArrays(list(places), columns, rows, np.fromiter(total.values(), np.int64, len(total)))


def _lower_gram(cells: _CellArrays, chosen: list[int]) -> _Matrix:
    """The pairs of the chosen items as the lower triangle of a dense matrix in column order, zero above it."""
    rows, columns, numbers = _placed(cells, chosen)
    if (rows < columns).any():
        raise ValueError("a pair of the total is out of order: a Gram cell names the lesser id first")
    gram = np.zeros((len(chosen), len(chosen)), order="F")
    gram[rows, columns] = numbers
    return gram


def _shared(cells: _CellArrays, chosen: list[int], *, least: float) -> sparse.csr_array | None:
    """Which pairs of the chosen items weigh at least so much, both ways; None if all do."""
    if not least:
        return None
    rows, columns, numbers = _placed(cells, chosen)
    enough = (numbers >= least) & (rows != columns)
    one, other = rows[enough], columns[enough]
    ones = np.ones(2 * len(one), np.bool_)
    return sparse.csr_array((ones, (np.append(one, other), np.append(other, one))), shape=(len(chosen), len(chosen)))


def _placed(cells: _CellArrays, chosen: list[int]) -> tuple[_Places, _Places, npt.NDArray[np.int64]]:
    """Rows, columns and numbers of the cells that are pairs of chosen items and not zero."""
    place = np.full(len(cells.names), -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    columns, rows = place[cells.columns], place[cells.rows]
    inside = (rows >= 0) & (columns >= 0) & (cells.numbers != 0)
    return rows[inside], columns[inside], cells.numbers[inside]


def _inverse(lower: _Matrix) -> _Matrix:
    """The lower triangle of the inverse of a positive definite matrix given by its own, in the same memory."""
    if not lower.size:
        return lower
    factor, unfactored = lapack.dpotrf(lower, lower=1, clean=0, overwrite_a=1)
    if unfactored:
        raise ValueError("the total cannot be solved: no people add up to it, or `ridge` is too small; add it up again")
    inverse: _Matrix
    inverse, singular = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if singular:
        raise ValueError("the total cannot be inverted: `ridge` is too small; raise it")
    return inverse


def _pruned(
    inverse: _Matrix, lift: npt.NDArray[np.float64], *, keep: int, shared: sparse.csr_array | None
) -> tuple[_Places, _Places, _Weights]:
    """The largest positive weights of each source as bounds, targets and weights; one block of sources at a time.

    Those of `shared` pairs are kept before all others, if it is told which they are.
    """
    scale = -lift / inverse.diagonal()
    lengths, targets, weights = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for start in range(0, len(inverse), _BLOCK):
        stop = min(start + _BLOCK, len(inverse))
        block = (_rows(inverse, start, stop) * scale).astype(np.float32)
        block[np.arange(stop - start), np.arange(start, stop)] = 0
        ranked = block.astype(np.float64)
        if shared is not None:
            ranked[(block > 0) & shared[start:stop].toarray()] += block.max()
        kept = _largest(ranked, keep)
        lengths.append(kept.sum(axis=1))
        targets.append(np.nonzero(kept)[1].astype(np.int32))
        weights.append(block[kept])
    indptr = np.cumsum(np.concatenate(lengths)).astype(np.int32)
    return indptr, np.concatenate(targets), np.concatenate(weights)


def _rows(lower: _Matrix, start: int, stop: int) -> _Matrix:
    """Whole rows of a symmetric matrix of which only the lower triangle is filled in."""
    rows = np.empty((stop - start, len(lower)))
    rows[:, :start] = lower[start:stop, :start]
    rows[:, start:] = lower[start:, start:stop].T
    corner = lower[start:stop, start:stop]
    rows[:, start:stop] = np.tril(corner) + np.tril(corner, -1).T
    return rows


def _largest(block: _Matrix, keep: int) -> npt.NDArray[np.bool_]:
    """Which weights of each row are positive and among its `keep` largest; of equal ones the first stay."""
    kept = block > 0
    if keep >= block.shape[1]:
        return kept
    least = np.partition(block, -keep, axis=1)[:, -keep]
    kept &= block >= least[:, None]
    for row in np.flatnonzero(kept.sum(axis=1) > keep):
        surplus = int(kept[row].sum()) - keep
        kept[row, np.flatnonzero(block[row] == least[row])[-surplus:]] = False
    return kept
