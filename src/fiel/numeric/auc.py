"""How well scores tell what was chosen from what was not, over pairs of people and items, and how sure one can be.

Pairs of one person hang together, so it is people who are counted and not pairs. Ties count half.

Source: Obuchowski, "Nonparametric Analysis of Clustered ROC Curve Data", Biometrics 1997, for the area; the lift is a
ratio of sums over people, its interval by the delta method.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from fiel.numeric.relevance import NORMAL_95, Interval

TOP: Final = 0.1
"""The share of pairs whose scores are highest, for the lift."""

_Scores = npt.NDArray[np.float64]
_Wanted = npt.NDArray[np.bool_]


def area(scores: npt.ArrayLike, wanted: npt.ArrayLike) -> Interval:
    """How often what was chosen scores above what was not (AUC); a row a person. One half where all are of one kind."""
    asked, yes = _pairs(scores, wanted)
    chosen, others = int(yes.sum()), int((~yes).sum())
    if not chosen or not others:
        return Interval(mean=0.5, low=0.5, high=0.5, people=len(asked))
    wins = np.where(yes, _beaten(asked, asked[~yes]) / others, 0).sum(axis=1)
    losses = np.where(yes, 0, 1 - _beaten(asked, asked[yes]) / chosen).sum(axis=1)
    mean = float(wins.sum() / chosen)
    mine, theirs = yes.sum(axis=1), (~yes).sum(axis=1)
    return _interval(mean, (wins - mine * mean) / chosen + (losses - theirs * mean) / others)


def lift(scores: npt.ArrayLike, wanted: npt.ArrayLike) -> Interval:
    """How many times more often something was chosen among the tenth of pairs that scores highest than among all."""
    asked, yes = _pairs(scores, wanted)
    chosen = int(yes.sum())
    if not chosen:
        return Interval(mean=1.0, low=1.0, high=1.0, people=len(asked))
    top = _top(asked)
    hits, places = (top * yes).sum(axis=1), top.sum(axis=1)
    mean = float(hits.sum() / places.sum() / (chosen / yes.size))
    parts = places / places.sum() + yes.sum(axis=1) / chosen - yes.shape[1] / yes.size
    return _interval(mean, mean * (hits / max(float(hits.sum()), 1.0) - parts))


def _pairs(scores: npt.ArrayLike, wanted: npt.ArrayLike) -> tuple[_Scores, _Wanted]:
    return np.asarray(scores, dtype=np.float64), np.asarray(wanted, dtype=np.bool_)


def _beaten(scores: _Scores, others: _Scores) -> _Scores:
    """How many of the others each score is above; a tie is half."""
    ordered = np.sort(others)
    strictly, tied = np.searchsorted(ordered, scores, "left"), np.searchsorted(ordered, scores, "right")
    return np.asarray((strictly + tied) / 2, dtype=np.float64)


def _top(scores: _Scores) -> _Scores:
    """1 for the pairs of the highest tenth, 0 for the others; those tied at its edge share what is left of it."""
    size = max(round(TOP * scores.size), 1)
    edge = np.partition(scores, -size, axis=None)[-size]
    above, tied = scores > edge, scores == edge
    shared: _Scores = above + tied * ((size - above.sum()) / tied.sum())
    return shared


def _interval(mean: float, parts: _Scores) -> Interval:
    """The mean with its interval, from what each person moves it by."""
    people = len(parts)
    error = math.sqrt(people / (people - 1) * float((parts**2).sum())) if people > 1 else math.inf
    return Interval(mean=mean, low=mean - NORMAL_95 * error, high=mean + NORMAL_95 * error, people=people)
