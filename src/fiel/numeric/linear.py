"""Linear regression of choices on what people declared, as a pure function of a total of integers: Σxxᵀ and Σrx.

One regression for each item, all solved at once: how likely somebody is to choose it, given what they told (x). A word
counts 1 for whoever said it. A number counts in hundredths, from -10,000 to 10,000, so that sums of some nine million
people stay within 64 bits; it comes with a word of its own (`NAME=`) that says that there is one.

Source: Hoerl and Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", Technometrics 1970. That
yes and no are regressed like numbers is the linear probability model; what it predicts beyond 0 and 1 is bent back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import combinations_with_replacement
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.linalg import LinAlgError, solve

from fiel.numeric.contributions import Cell, Cells

FIXED: Final = 100
"""Into so many parts a unit is cut: hundredths."""

FARTHEST: Final = 10_000
"""Beyond it a number counts as this much."""

EVERYBODY: Final = "*"
"""The word that everybody counts for: what is so before anything is known of somebody."""

CHOSEN: Final = "@"
"""Before the name of an item, where a cell says how a choice goes with a word."""

_EDGE: Final = 0.05
"""Nearer than this to 0 or 1 a prediction is bent, so that it never reaches either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridge:
    """What a fit is asked for.

    `ridge`: how many people's worth of doubt is held against each word. `fewest`: words and items of fewer people stay
    out, since they would tell of these people. `at_most_words`, `at_most_items`: how many a model may have.
    `spread`: of the chance that `fit` may add to how many of each word chose each item, in people (standard deviation).
    """

    ridge: float
    fewest: int
    at_most_words: int
    at_most_items: int
    spread: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Linear:
    """`base` of each item, and what a unit of each word adds to it (`weights[word, item]`); `people` chose the item."""

    words: tuple[str, ...]
    items: tuple[str, ...]
    people: npt.NDArray[np.int64]
    base: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    places: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Know where each word stands."""
        object.__setattr__(self, "places", {name: place for place, name in enumerate(self.words)})


def word(name: str, said: str) -> dict[str, int]:
    """What a word counts."""
    return {f"{name}={said}": 1}


def number(name: str, value: float) -> dict[str, int]:
    """What a number counts: itself in hundredths, and that there is one."""
    return {f"{name}=": 1, name: round(FIXED * min(max(value, -FARTHEST), FARTHEST))}


def observed(told: Mapping[str, int], chosen: Collection[str]) -> dict[Cell, int]:
    """What one person adds: each product of what they told, and for each item they chose what they told."""
    known = {EVERYBODY: 1, **told}
    pairs = combinations_with_replacement(sorted(known), 2)
    products = {(one, other): known[one] * known[other] for one, other in pairs}
    choices = {(name, f"{CHOSEN}{item}"): count for name, count in known.items() for item in set(chosen)}
    return {cell: count for cell, count in (products | choices).items() if count}


def fit(total: Cells, tuning: Ridge, *, seed: int | None = None) -> Linear:
    """Solve the total: (Σxxᵀ + λI)⁻¹ Σrx, a number measured from its mean in its own spread, `EVERYBODY` without doubt.

    A function of its arguments, bit for bit on one machine with one number of threads. With a `seed` there is chance on
    each choice of each word, so that comparing two models does not read off one person's. Not differential privacy: how
    words go together is exact. ValueError for a total that no people add up to.
    """
    words = _words(total, tuning)
    items = _most({item: count for item, count in _owners(total).items() if count >= tuning.fewest}, tuning)
    if not words or not items:
        return _linear((), (), people=[], solved=np.zeros((1, 0)))
    names = (EVERYBODY, *words)
    gram = np.array([[total.get(_pair(one, other), 0) for other in names] for one in names], dtype=np.float64)
    choices = np.array([[total.get((name, CHOSEN + item), 0) for item in items] for name in names], dtype=np.float64)
    measure = _measure(names, gram)
    chosen = measure @ choices
    if seed is not None:
        chosen += np.random.default_rng(seed).normal(0.0, tuning.spread, chosen.shape)  # noqa: TID251 - an argument's
    doubt = np.full(len(names), tuning.ridge)
    doubt[0] = 0
    try:
        weights = solve(measure @ gram @ measure.T + np.diag(doubt), chosen, assume_a="pos")
    except LinAlgError:
        raise ValueError("the total cannot be solved: no people add up to it; add it up again") from None
    people = [total[EVERYBODY, CHOSEN + item] for item in items]
    return _linear(words, items, people=people, solved=measure.T @ weights)


def predicted(model: Linear, told: Mapping[str, int]) -> npt.NDArray[np.float64]:
    """How likely each item is for whoever told this: above 0 and below 1, rising with the sum of `base` and words."""
    likely = model.base.astype(np.float64)
    for place, count in known(model, told):
        likely += count * model.weights[place].astype(np.float64)
    return bent(likely)


def known(model: Linear, told: Mapping[str, int]) -> list[tuple[int, int]]:
    """The places of those words that the model knows, with what they count."""
    return [(model.places[name], count) for name, count in sorted(told.items()) if name in model.places]


def bent(likely: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A sum as a likelihood: itself between the edges, beyond them ever nearer to 0 or 1, and still rising."""
    low = _EDGE**2 / np.maximum(2 * _EDGE - likely, _EDGE)
    high = 1 - _EDGE**2 / np.maximum(likely - 1 + 2 * _EDGE, _EDGE)
    return np.where(likely < _EDGE, low, np.where(likely > 1 - _EDGE, high, likely))


def flaw(model: Linear) -> str | None:
    """What does not fit together in a model, None if it all does."""
    words, items = len(model.words), len(model.items)
    if model.people.shape != (items,) or model.base.shape != (items,) or model.weights.shape != (words, items):
        return "it has another number of weights than of words and items"
    if not _ascend(model.words) or not _ascend(model.items) or "" in model.items:
        return "its words and its items are distinct names in ascending order"
    if not (np.isfinite(model.base).all() and np.isfinite(model.weights).all() and (model.people > 0).all()):
        return "its weights are finite, and each item was chosen by somebody"
    return None


def _linear(
    words: tuple[str, ...], items: tuple[str, ...], *, people: list[int], solved: npt.NDArray[np.float64]
) -> Linear:
    owners, weights = np.array(people, dtype=np.int64), solved.astype(np.float32)
    return Linear(words=words, items=items, people=owners, base=weights[0], weights=weights[1:])


def _words(total: Cells, tuning: Ridge) -> tuple[str, ...]:
    """The words that enough people said, the most common ones, and the numbers behind them that are not all alike."""
    said = {one: count for (one, other), count in total.items() if one == other and "=" in one}
    if any(count < 0 for count in said.values()) or total.get((EVERYBODY, EVERYBODY), 0) < 0:
        raise ValueError("the total has a negative count: more was forgotten than was learnt; add it up again")
    enough = {name: count for name, count in said.items() if count >= tuning.fewest}
    common = nsmallest(tuning.at_most_words, enough, key=lambda name: (-enough[name], name))
    numbers = [name[:-1] for name in common if name.endswith("=") and _spreads(total, name[:-1])]
    return tuple(sorted([*common, *numbers]))


def _spreads(total: Cells, name: str) -> bool:
    squares, people = total.get((name, name), 0), total[f"{name}=", f"{name}="]
    return people * squares > total.get(_pair(EVERYBODY, name), 0) ** 2


def _owners(total: Cells) -> dict[str, int]:
    """How many chose each item."""
    return {
        other.removeprefix(CHOSEN): count
        for (one, other), count in total.items()
        if one == EVERYBODY and other.startswith(CHOSEN)
    }


def _most(owners: Mapping[str, int], tuning: Ridge) -> tuple[str, ...]:
    return tuple(sorted(nsmallest(tuning.at_most_items, owners, key=lambda item: (-owners[item], item))))


def _pair(one: str, other: str) -> Cell:
    return (one, other) if one <= other else (other, one)


def _measure(names: tuple[str, ...], gram: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How each number is measured: from the mean of those who have one, in standard deviations. All else stays."""
    measure = np.eye(len(names))
    place = {name: at for at, name in enumerate(names)}
    for name in names:
        if "=" not in name and name != EVERYBODY:
            own, there = place[name], place[f"{name}="]
            people, mean = gram[there, there], gram[0, own] / gram[there, there]
            spread = np.sqrt(gram[own, own] / people - mean**2)
            measure[own, own], measure[own, there] = 1 / spread, -mean / spread
    return measure


def _ascend(names: Iterable[str]) -> bool:
    listed = list(names)
    return listed == sorted(set(listed))
