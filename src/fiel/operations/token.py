"""The name of a decision: a sealed token that tells Fiel what was decided, and nothing to anybody else.

So `none` decisions can be explained later without having been stored.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from fiel.core.errors import Malformed
from fiel.core.ids import AreaId, DecisionId, Place, Pseudonym, UseCaseId, Version
from fiel.core.promise.usecase import Level
from fiel.core.use.decision import Degraded, Silent
from fiel.core.use.explanation import Outcome
from fiel.operations.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a decision's name holds: the outcome, and where its use record lies, if it has one."""

    outcome: Outcome
    place: Place | None = None
    record: bytes = b""


def name_decision(house: House, trace: Trace) -> DecisionId:
    """The decision's name."""
    outcome = trace.outcome
    place = [trace.place.area, trace.place.pseudonym.hex(), trace.record.hex()] if trace.place else None
    allowed = None if outcome.allowed is None else outcome.allowed.word
    said = [outcome.level.word, allowed, outcome.reason, outcome.degraded, outcome.silent, outcome.control]
    fields = [place, outcome.use_case, outcome.version, outcome.at.isoformat(), *said]
    return DecisionId(house.tokens.seal(json.dumps(fields, separators=(",", ":")).encode()))


def trace_decision(house: House, name: DecisionId) -> Trace:
    """What a decision's name holds; raises `Malformed` for a name that Fiel did not give.

    Names given before there was a control share say nothing of it, for there was none.
    """
    try:
        fields = json.loads(house.tokens.open(name))
        place, use_case, version, at, level, allowed, reason, degraded, silent, *drawn = fields
        outcome = Outcome(
            use_case=UseCaseId(use_case),
            version=Version(version),
            at=datetime.fromisoformat(at),
            level=Level.named(level),
            allowed=None if allowed is None else Level.named(allowed),
            reason=reason,
            degraded=None if degraded is None else Degraded(degraded),
            silent=None if silent is None else Silent(silent),
            control=next(iter(drawn), None),
        )
        if place is None:
            return Trace(outcome=outcome)
        area, pseudonym, record = place
        return Trace(
            outcome=outcome,
            place=Place(area=AreaId(area), use_case=outcome.use_case, pseudonym=Pseudonym(bytes.fromhex(pseudonym))),
            record=bytes.fromhex(record),
        )
    except (TypeError, ValueError):
        raise Malformed("this is not the name of a decision") from None
