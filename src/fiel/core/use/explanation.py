"""Why somebody sees what they see, as data (GDPR art. 13-15; DSA art. 27). Sentences come from the locales.

Not a sales text: it names the rung that was used, why no other, and the facts that weighed most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fiel.core.ids import DecisionId, UseCaseId, Version
from fiel.core.permit import PERMITTED, Permit, Refusal
from fiel.core.promise.usecase import Level
from fiel.core.use.decision import Degraded, Reason, Scored, Silent

UNREAD: Final = frozenset({Degraded.STORE, Degraded.KEY, Degraded.CLOCK})
"""The faults under which nobody knows what a person chose, or cannot open what they agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided, without the items. `level` is the rung really used, `allowed` the permit's level or None.

    `reason` is the needle's verdict and nothing else; a fall to a lower rung is `degraded`, saying nothing `silent`.
    `control`: the share of those who let it be measured that see level `none` this month, if the person is of them.
    """

    use_case: UseCaseId
    version: Version
    at: datetime
    level: Level
    allowed: Level | None
    reason: str
    degraded: Degraded | None
    silent: Silent | None
    control: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One answer, whole. `id` is empty where a fault left no way to name it."""

    id: DecisionId
    outcome: Outcome
    strategy: str
    items: tuple[Scored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The key of the sentence that explains an answer, and what it is filled with: its one reason, or a share."""

    key: str
    reason: Reason | None = None
    share: float | None = None


ABOUT_NOBODY: Final = frozenset({"popular", "editorial"})
"""Kinds of reasons that say what everybody chooses: they explain no answer that was made for one person."""


def verdict(ruling: Permit | Refusal) -> str:
    """The needle's verdict in the contract's word."""
    return PERMITTED if isinstance(ruling, Permit) else ruling.why.value


def explain(outcome: Outcome, items: Sequence[Scored]) -> Explanation:
    """The explanation: silence first, then a no, a draw, the fall to the last rung; else the heaviest reason."""
    if outcome.silent is not None:
        return Explanation(key=f"silent.{outcome.silent.value}")
    if outcome.level == Level.NONE:
        # Where it could not be read what somebody chose, the verdict is a precaution and no fact about them.
        if outcome.degraded in UNREAD:
            return Explanation(key=f"none.{outcome.degraded.value}")
        if outcome.reason != PERMITTED:
            return Explanation(key=f"none.{outcome.reason}")
        if outcome.control is not None:
            return Explanation(key="control.decision", share=outcome.control)
        return Explanation(key=f"none.{(outcome.degraded or Degraded.NO_DATA).value}")
    first = next((scored.because for scored in items if scored.because), ())
    heaviest = next((reason for reason in first if reason.kind not in ABOUT_NOBODY), None)
    if heaviest is None:
        return Explanation(key="because.level")
    kinds = {"context", "attribute", "fact"}
    return Explanation(key=f"because.{heaviest.kind if heaviest.kind in kinds else 'event'}", reason=heaviest)
