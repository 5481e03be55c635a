"""The rights of the person (GDPR art. 15-22): what opens a compartment for the one it is about, and requests.

A request is what somebody asked for and all that became of it since: its state is what its steps add up to. What Fiel
can do at once for whoever proved to be the one they are, it does at once; the clock of the law runs for the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Conflict, Malformed
from fiel.core.ids import Place, RequestId, UseCaseId
from fiel.core.law import Right

LONGEST_REASON: Final = 1_000
"""Characters of a reason, or of what somebody wrote with their request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccess:
    """Leave for a person to see what is held about them and take it along. Made here and nowhere else.

    `by` says who speaks: the person themselves, or the controller on their behalf. The mandates for use and for upkeep
    are elsewhere: `core/permit.py` names all three.
    """

    place: Place
    by: Attestation


def own_access(place: Place, *, by: Attestation) -> OwnAccess:
    """The mandate of a person, or of the controller answering them, to one of their compartments."""
    return OwnAccess(place=place, by=by)


class State(StrEnum):
    """Where a request stands, in the words of the Data Rights Protocol."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    FULFILLED = "fulfilled"
    REVOKED = "revoked"
    DENIED = "denied"
    EXPIRED = "expired"


class Move(StrEnum):
    """What can happen to a request.

    `VERIFY`: it is shown that the person themselves asks. `APPROVE`: it will be done. `EXTEND`: the longer term of the
    law is taken. `REVOKE`: the person takes it back. `LAPSE`: nobody verified it in time.
    """

    VERIFY = "verify"
    APPROVE = "approve"
    EXTEND = "extend"
    FULFIL = "fulfil"
    DENY = "deny"
    REVOKE = "revoke"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a request: when, what, by whom, and why, where a reason is due."""

    at: datetime
    move: Move
    by: Attestation
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asked for. `use_case` None: for all of them.

    `received` is the day on which it came in where the law holds, `due` the last day to answer it, None where a person
    must say by when. `note` is what the person wrote.
    """

    id: RequestId
    right: Right
    use_case: UseCaseId | None
    law: str
    at: datetime
    received: date
    due: date | None
    asked_by: Attestation
    note: str = ""
    state: State = State.OPEN
    verified: bool = False
    extended: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.state in OVER


OVER: Final = frozenset({State.FULFILLED, State.REVOKED, State.DENIED, State.EXPIRED})

_RUNNING: Final = frozenset({State.OPEN, State.IN_PROGRESS})
_LEADS: Final[Mapping[Move, tuple[frozenset[State], State | None]]] = {
    Move.VERIFY: (frozenset({State.OPEN}), None),
    Move.APPROVE: (frozenset({State.OPEN}), State.IN_PROGRESS),
    Move.EXTEND: (_RUNNING, None),
    Move.FULFIL: (frozenset({State.IN_PROGRESS}), State.FULFILLED),
    Move.DENY: (_RUNNING, State.DENIED),
    Move.REVOKE: (_RUNNING, State.REVOKED),
    Move.LAPSE: (frozenset({State.OPEN}), State.EXPIRED),
}
"""From where each move is made, and to which state it leads; None where the state stays."""

_VERIFIED_ONLY: Final = frozenset({Move.APPROVE, Move.EXTEND, Move.FULFIL})
_REASONED: Final = frozenset({Move.VERIFY, Move.EXTEND, Move.DENY})


def advance(request: Request, step: Step, *, due: date | None = None) -> Request:
    """The request after one more step; `due` is the new last day of an extension.

    Raises `Conflict` for a step that cannot follow, `Malformed` for one without the reason that it needs: how the
    person was identified, why the answer takes longer or is no (GDPR art. 12(3), 12(4), 12(6)).
    """
    starts, leads_to = _LEADS[step.move]
    if request.state not in starts:
        raise Conflict(f"`{step.move.value}` cannot follow: the request is `{request.state.value}`")
    _refuse_what_is_not_due(request, step)
    return replace(
        request,
        state=leads_to or request.state,
        verified=request.verified or step.move is Move.VERIFY,
        extended=request.extended or step.move is Move.EXTEND,
        due=due if step.move is Move.EXTEND else request.due,
        steps=(*request.steps, step),
    )


def _refuse_what_is_not_due(request: Request, step: Step) -> None:
    if step.move in _VERIFIED_ONLY and not request.verified:
        raise Conflict(f"`{step.move.value}` needs to know that the person themselves asks", hint="verify it first")
    if step.move in {Move.VERIFY, Move.LAPSE} and request.verified:
        raise Conflict("it was verified before")
    if step.move is Move.EXTEND and request.extended:
        raise Conflict("the term is made longer once only")
    if step.move is Move.REVOKE and step.by is not Attestation.PERSON:
        raise Conflict("only the person takes a request back", hint="deny it, with the reason")
    if step.move is Move.LAPSE and step.by is not Attestation.MACHINE:
        raise Conflict("a request lapses by time alone")
    if step.move in _REASONED and step.by is not Attestation.PERSON and not step.reason.strip():
        raise Malformed(f"`{step.move.value}` needs a reason")
    if len(step.reason) > LONGEST_REASON:
        raise Malformed(f"a reason has at most {LONGEST_REASON:,} characters")
