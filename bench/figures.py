"""A measured figure, and how one is taken: medians of short rounds, subject and yardstick in turn."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns
from typing import TypeAlias

Step: TypeAlias = Callable[[], object]

ROUNDS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, and the yardstick measured in turn with it, both in `unit`."""

    what: str
    fiel: float
    peer: float
    peer_name: str
    unit: str

    @property
    def ratio(self) -> float:
        """How many times the yardstick Fiel takes."""
        return self.fiel / self.peer


def beside(what: str, fiel: Step, *, peer: Step, peer_name: str, calls: int) -> Figure:
    """Take turns of `calls` calls of each, so that a busy moment hits both; microseconds a call."""
    gc.collect()
    rounds = [(_microseconds(fiel, calls), _microseconds(peer, calls)) for _ in range(ROUNDS)]
    ours, theirs = (median(side) for side in zip(*rounds, strict=True))
    return Figure(what=what, fiel=ours, peer=theirs, peer_name=peer_name, unit="µs")


def _microseconds(step: Step, calls: int) -> float:
    start = perf_counter_ns()
    for _ in range(calls):
        step()
    return (perf_counter_ns() - start) / calls / 1000
