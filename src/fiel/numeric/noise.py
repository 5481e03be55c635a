"""What of an item model may be published: pairs that enough people share, and chance on what every pair weighs.

Exactness leaks: who compares two publications of exact models reads off what somebody who left had (Calandrino et al.,
"You Might Also Like", IEEE S&P 2011). So a pair that few share is not told, and what is told wavers by about as much as
a few people weigh. Not differential privacy: an item's exact neighbours are inverted from the whole sum, which no noise
on single cells bounds. What it withstands is measured (`tests/privacy/test_difference.py`, ADR 3).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fiel.numeric.contributions import Cells
from fiel.numeric.neighbours import Neighbours

_LEAST_OWNED: Final = 1e-3
"""What is left at least of an item that wavers below nothing: a model has no item without people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How much of a model is kept back. Both in whole people of `person` each; a negative number is a ValueError.

    `together`: what the people who share a pair must weigh at least. `spread`: the standard deviation of the chance
    that is added to what they weigh, the same for both directions of a pair.
    """

    together: float
    spread: float
    person: int

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if self.together < 0 or self.spread < 0 or self.person < 1:
            raise ValueError("`together` and `spread` are numbers from 0, `person` is at least 1")


def blurred(model: Neighbours, total: Cells, noise: Noise, *, seed: int) -> Neighbours:
    """The model fitted to `total` as it may be told: a pure function of its arguments.

    What the people who share a pair weigh wavers; the weight of the pair wavers in proportion, and goes if they then
    weigh less than they must, or really do. How many have an item wavers, and how many do lately as much again.
    """
    sources = np.repeat(np.arange(len(model.items), dtype=np.int64), np.diff(model.indptr))
    low, high = np.minimum(sources, model.indices), np.maximum(sources, model.indices)
    pairs, of_pair = np.unique(low * len(model.items) + high, return_inverse=True)
    shared = _shared(model, total, pairs, person=noise.person)
    chance = np.random.default_rng(seed)  # noqa: TID251 - chance comes in as this argument
    told = shared + chance.normal(0.0, noise.spread, len(pairs))
    owners = model.owners + chance.normal(0.0, noise.spread, len(model.items))
    lately = model.lately + chance.normal(0.0, noise.spread, len(model.items))
    stay = (shared >= noise.together) & (told >= noise.together) & (told > 0) & (shared > 0)
    kept = stay[of_pair]
    scale = np.divide(told, shared, out=np.zeros_like(told), where=stay)
    lengths = np.bincount(sources[kept], minlength=len(model.items))
    return Neighbours(
        items=model.items,
        indptr=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        indices=model.indices[kept],
        weights=(model.weights[kept] * scale[of_pair[kept]]).astype(np.float32),
        owners=np.maximum(owners, _LEAST_OWNED).astype(np.float32),
        lately=np.maximum(lately, _LEAST_OWNED).astype(np.float32),
    )


def _shared(model: Neighbours, total: Cells, pairs: npt.NDArray[np.int64], *, person: int) -> npt.NDArray[np.float64]:
    """What the people who have both items of each pair weigh together, in whole people."""
    items, number = model.items, max(len(model.items), 1)
    cells = (total.get((items[pair // number], items[pair % number]), 0) for pair in pairs.tolist())
    return np.fromiter(cells, np.float64, len(pairs)) / person
