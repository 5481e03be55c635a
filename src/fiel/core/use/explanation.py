"""Why somebody sees what they see, as data (GDPR art. 13-15; DSA art. 27). Sentences come from the locales.

Not a sales text: it names the rung that was used, why no other, and the facts that weighed most.
"""

from dataclasses import dataclass
from datetime import datetime

from fiel.core.ids import DecisionId, UseCaseId, Version
from fiel.core.permit import PERMITTED, Permit, Refusal
from fiel.core.promise.usecase import Level
from fiel.core.use.decision import Degraded, Reason, Scored, Silent, Slate


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One answer, whole. `allowed` is the permit's level or None; `reason` the needle's verdict and nothing else."""

    id: DecisionId
    use_case: UseCaseId
    version: Version
    at: datetime
    level: Level
    allowed: Level | None
    reason: str
    degraded: Degraded | None
    silent: Silent | None
    strategy: str
    items: tuple[Scored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The key of the sentence that explains an answer, and the one reason it is filled with, if it has one."""

    key: str
    reason: Reason | None = None


def verdict(ruling: Permit | Refusal) -> str:
    """The needle's verdict in the contract's word."""
    return PERMITTED if isinstance(ruling, Permit) else ruling.why.value


def explain(slate: Slate, ruling: Permit | Refusal) -> Explanation:
    """The explanation of a slate: silence first, then a no, then the fall to a lower rung, then the heaviest reason."""
    if slate.silent is not None:
        return Explanation(key=f"silent.{slate.silent.value}")
    if slate.level == Level.NONE:
        if isinstance(ruling, Refusal):
            return Explanation(key=f"none.{ruling.why.value}")
        return Explanation(key=f"none.{(slate.degraded or Degraded.NO_DATA).value}")
    heaviest = next((scored.because[0] for scored in slate.items if scored.because), None)
    return Explanation(key=f"because.{heaviest.kind}" if heaviest else "because.level", reason=heaviest)
