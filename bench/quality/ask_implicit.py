"""Asks `implicit` one question; run by the peers' own Python, which knows nothing of Fiel.

python ask_implicit.py ASKED.npz ANSWERED.npz
"""

import json
import sys
import warnings
from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender
from implicit.recommender_base import RecommenderBase
from implicit.utils import ParameterWarning
from scipy import sparse

NOTHING: Final = -1e30
"""Below it lies what implicit fills a list up with where nothing is left."""


def main(asked: str, answered: str) -> None:
    """Read the question, fit, recommend, write the lists and the seconds of the fit."""
    warnings.simplefilter("ignore", ParameterWarning)  # it tells of the conversions that it makes by itself
    files = np.load(asked)
    question = json.loads(str(files["question"]))
    taught, shown = (_matrix(files, side) for side in ("taught", "shown"))
    model = _model(question["kind"], question["settings"])
    start = perf_counter()
    model.fit(taught, show_progress=False)
    fit_s = perf_counter() - start
    people = np.arange(shown.shape[0])
    is_factors = question["kind"] == "als"
    ranked, scores = model.recommend(
        people,
        shown,
        N=question["long"],
        filter_already_liked_items=question["new"],
        **({"recalculate_user": True} if is_factors else {}),
    )
    ranked = np.where(scores > NOTHING, ranked, -1)
    np.savez(answered, ranked=ranked, fit_s=fit_s)


def _matrix(files: Mapping[str, Any], side: str) -> sparse.csr_matrix:
    indices, bounds = files[f"{side}_indices"], files[f"{side}_indptr"]
    ones = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix(
        (ones, indices.astype(np.int32), bounds.astype(np.int32)), shape=(len(bounds) - 1, int(files["items"]))
    )


def _model(kind: str, settings: Mapping[str, float]) -> RecommenderBase:
    if kind == "als":
        return AlternatingLeastSquares(
            factors=int(settings["factors"]),
            regularization=settings["regularization"],
            alpha=settings["alpha"],
            iterations=15,
            random_state=352,
        )
    neighbours = CosineRecommender if kind == "cosine" else BM25Recommender
    return neighbours(K=int(settings["K"]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
