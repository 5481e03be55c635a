"""Fits classifiers on sets of attributes; run by the peers' own Python, which knows nothing of Fiel.

python ask_sklearn.py ASKED.npz ANSWERED.json
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

Column: TypeAlias = npt.NDArray[Any]
Columns: TypeAlias = Mapping[str, Column]
Rows: TypeAlias = npt.NDArray[np.int64]

SEED: Final = 222
ENOUGH: Final = 0.95
"""Forward selection stops at this share of what all attributes gain over chance, on the validation rows."""

MOST: Final = 6
DRAWS: Final = 200


def main(asked: str, answered: str) -> None:
    """Study both splits and write the rows."""
    files = np.load(asked)
    columns = {name: files[name] for name in files.files if name not in {"words", "personal"}}
    words, personal = set(files["words"].tolist()), files["personal"].tolist()
    number = len(columns["y"])
    shuffled = np.random.default_rng(SEED).permutation(number)
    rows: list[dict[str, object]] = []
    for split, order, shares in (("random", shuffled, (0.6, 0.8)), ("in time", np.arange(number), (0.5, 0.7))):
        cuts = np.split(order, [int(share * number) for share in shares])
        rows.extend(_studied(split, Study(columns, words, cuts), personal))
    Path(answered).write_text(json.dumps(rows))


class Study:
    """One split: what is fitted on, what chooses, what is reported."""

    def __init__(self, columns: Columns, words: set[str], cuts: Sequence[Rows]) -> None:
        """The columns by name, which of them are no quantities, and the rows of the three parts."""
        self.columns, self.words = columns, words
        self.train, self.validation, self.test = cuts
        self.answer = columns["y"]

    def scores(self, names: Sequence[str], rows: Rows) -> Column:
        """How likely a yes is, by a model of these attributes."""
        table = np.column_stack([self.columns[name] for name in names])
        model = HistGradientBoostingClassifier(
            random_state=SEED,
            max_iter=120,
            learning_rate=0.06,
            categorical_features=[name in self.words for name in names],
        )
        model.fit(table[self.train], self.answer[self.train])
        likely: Column = model.predict_proba(table[rows])[:, 1]
        return likely

    def chosen(self, names: Sequence[str]) -> float:
        """The area under the curve on the validation rows."""
        return float(roc_auc_score(self.answer[self.validation], self.scores(names, self.validation)))

    def forward(self, names: Sequence[str]) -> list[str]:
        """One attribute after another, each time the one that brings most, until it is nearly as good as with all."""
        aim = 0.5 + ENOUGH * (self.chosen(names) - 0.5)
        kept: list[str] = []
        while len(kept) < MOST:
            trials = {name: self.chosen([*kept, name]) for name in names if name not in kept}
            best = max(trials, key=lambda name: trials[name])
            kept.append(best)
            if trials[best] >= aim:
                break
        return kept


def _studied(split: str, study: Study, personal: Sequence[str]) -> Iterator[dict[str, object]]:
    every = [name for name in study.columns if name != "y" and not name.startswith("coarse ")]
    others = [name for name in every if name not in personal]
    coarse = [f"coarse {name}" if f"coarse {name}" in study.columns else name for name in every]
    sets = {
        "all 15": every,
        "8 personal": list(personal),
        "7 not about the person": others,
        "forward selection": study.forward(every),
        "coarse bands": coarse,
    }
    for name, chosen in sets.items():
        about = [each for each in chosen if each.removeprefix("coarse ") in personal]
        row = {"data": "bank_marketing", "split": split, "model": name}
        yield row | _measured(study, chosen) | {"unique": _unique(study.columns, about)}


def _measured(study: Study, chosen: Sequence[str]) -> dict[str, object]:
    truth, scores = study.answer[study.test], study.scores(chosen, study.test)
    low, high = _interval(truth, scores)
    top = np.argsort(-scores, kind="stable")[: len(scores) // 10]
    return {
        "auc": round(float(roc_auc_score(truth, scores)), 4),
        "auc_95": [round(low, 4), round(high, 4)],
        "lift@10%": round(float(truth[top].mean() / truth.mean()), 2),
        "attributes": list(chosen),
        "people": len(truth),
    }


def _interval(truth: Column, scores: Column) -> tuple[float, float]:
    """The 95 % interval of the area by drawing people again and again."""
    chance = np.random.default_rng(SEED)
    draws = [chance.integers(0, len(truth), len(truth)) for _ in range(DRAWS)]
    low, high = np.quantile([roc_auc_score(truth[draw], scores[draw]) for draw in draws], (0.025, 0.975))
    return float(low), float(high)


def _unique(columns: Columns, names: Sequence[str]) -> float:
    """The share of people whom these attributes tell from everybody else."""
    if not names:
        return 0.0
    _, alike = np.unique(np.column_stack([columns[name] for name in names]), axis=0, return_counts=True)
    return round(float((alike == 1).sum() / alike.sum()), 4)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
