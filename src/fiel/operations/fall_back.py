"""The answer for nobody in particular, without asking the store for anything: for a caller it cannot vouch for now.

Promise P8: a fault costs relevance and never privacy. Nothing here reads a person, a standing or a compartment.
"""

from datetime import UTC, datetime
from typing import Final

from fiel.core.ids import DecisionId
from fiel.core.permit import Refused
from fiel.core.use.decision import Degraded
from fiel.core.use.explanation import Decision, Outcome
from fiel.operations.decide import Ask
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.nobody import answer_nobody, question_of

_NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""When the clock fails as well: an answer so old that nobody keeps it."""


def fall_back(house: House, ask: Ask) -> Decision:
    """What everybody sees, made of what was last in force; raises `Unknown`, or `Unavailable` if nothing ever was."""
    published = house.shelf.last
    case = published.use_case(ask.use_case)
    at = _now(house)
    question = question_of(published, candidates=ask.candidates, context={}, limit=ask.limit, now=at)
    slate = answer_nobody(house, published, case.id, question=question, degraded=Degraded.STORE)
    outcome = Outcome(
        use_case=case.id,
        version=published.versions[case.id],
        at=at,
        level=slate.level,
        allowed=None,
        reason=Refused.NEVER_ASKED.value,
        degraded=slate.degraded,
        silent=slate.silent,
    )
    return Decision(id=DecisionId(""), outcome=outcome, strategy=slate.strategy, items=slate.items)


def _now(house: House) -> datetime:
    try:
        return house.clock.now()
    except Exception as fault:  # P8
        note("the clock does not answer", fault)
        return _NO_TIME
