"""Fiel's own linear sums on sets of attributes: the same rows, splits and sets as the classifiers of other projects.

Nothing is tuned: the ridge is that of `propensity`. Numbers count in a straight line, coarse bands as words.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fiel.numeric.auc import area, lift
from fiel.numeric.contributions import summed
from fiel.numeric.linear import fit, number, observed, predicted, word
from fiel.strategies.propensity import TUNED

Columns = Mapping[str, npt.NDArray[Any]]

SEED: Final = 222
SPLITS: Final = (("random", (0.6, 0.8)), ("in time", (0.5, 0.7)))
"""As in `ask_sklearn`: where the rows are cut into those that teach, those that choose and those that are asked."""

YES: Final = "yes"


def rows(columns: Columns, words: Sequence[str], sets: Mapping[str, Sequence[str]]) -> Iterator[dict[str, object]]:
    """A row for each set of attributes on each split: how well the yes is told, with intervals by person."""
    people = len(columns["y"])
    shuffled = np.random.default_rng(SEED).permutation(people)
    for split, shares in SPLITS:
        order = shuffled if split == "random" else np.arange(people)
        train, _, test = np.split(order, [int(share * people) for share in shares])
        for name, chosen in sets.items():
            row = {"data": "bank_marketing", "split": split, "model": f"fiel linear sums, {name}"}
            yield row | _measured(columns, frozenset(words), chosen, train=train, test=test)


def _measured(
    columns: Columns,
    words: frozenset[str],
    chosen: Sequence[str],
    *,
    train: npt.NDArray[np.int64],
    test: npt.NDArray[np.int64],
) -> dict[str, object]:
    def told(row: int) -> dict[str, int]:
        counted: dict[str, int] = {}
        for name in chosen:
            value = columns[name][row].item()
            counted |= word(name.replace(" ", "_"), str(value)) if name in words else number(name, value)
        return counted

    answers = columns["y"]
    model = fit(summed(observed(told(row), [YES] if answers[row] else []) for row in train.tolist()), TUNED)
    scores, truth = [predicted(model, told(row)) for row in test.tolist()], answers[test].reshape(-1, 1).astype(bool)
    found, most = area(scores, truth), lift(scores, truth)
    return {
        "auc": round(found.mean, 4),
        "auc_95": [round(found.low, 4), round(found.high, 4)],
        "lift@10%": round(most.mean, 2),
        "lift_95": [round(most.low, 2), round(most.high, 2)],
        "attributes": list(chosen),
        "people": len(truth),
    }
