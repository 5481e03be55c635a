"""What became of a slate: a reward noted on its use record, while the person still permits that use."""

import math
from concurrent.futures import Future
from typing import Final

from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import DecisionId
from fiel.core.permit import Act, Refusal
from fiel.operations.house import House
from fiel.operations.token import Trace, trace_decision
from fiel.operations.weigh import Question, weigh_place
from fiel.ports import Transaction

LARGEST_REWARD: Final = 1e9
"""A reward lies between minus and plus this."""


def reward(house: House, name: DecisionId, value: float) -> Future[bool]:
    """Note a reward; False if there is no record to note it on, or no permit any more."""
    if not math.isfinite(value) or abs(value) > LARGEST_REWARD:
        raise Malformed("`reward` is a finite number between -1e9 and 1e9")
    trace = trace_decision(house, name)
    return house.store.write(lambda tx: _note(house, tx, trace, value=value))


def _note(house: House, tx: Transaction, trace: Trace, *, value: float) -> bool:
    if trace.place is None or trace.outcome.use_case not in house.shelf.now(tx).promise.use_cases:
        return False
    question = Question(act=Act.USE, now=house.clock.now())
    ruling = weigh_place(house, tx, trace.place, question=question).ruling
    if isinstance(ruling, Refusal):
        return False
    try:
        return tx.uses.reward(ruling, trace.record, value)
    except (KeyMissing, Tampered):
        return False
