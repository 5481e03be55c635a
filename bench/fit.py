"""How long a fit takes: Fiel's from its integer total; the yardstick is a bare EASE in numpy from the purchases."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from bench.figures import Figure, Step
from bench.quality import models
from bench.quality.purchases import online_retail
from bench.quality.splits import strong
from fiel.strategies.similar_items import STRATEGY

ROUNDS = 5
"""In turn, so that a busy moment hits both."""


def figures() -> Iterator[Figure]:
    """One fit of all that 3,534 customers of Online Retail teach without a cap: 3,659 items, 3.8 million cells."""
    _, split = strong(online_retail(), held_out=400)
    total = models.taught(STRATEGY, split, cap=None)
    people = models.matrix(split.taught, len(split.items))
    rounds = [
        (_seconds(lambda: STRATEGY.fit(total)), _seconds(lambda: models.weights(people, ridge=200.0)))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (median(side) * 1e6 for side in zip(*rounds, strict=True))
    yield Figure(what="fit of 3,659 items", fiel=ours, peer=theirs, peer_name="a bare EASE in numpy", unit="µs")


def _seconds(step: Step) -> float:
    start = perf_counter()
    step()
    return perf_counter() - start
