"""`/v1/requests`: what people ask for under the law, and the clock of each; theirs by `/v1/subjects/{id}/requests`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec

from fiel.core.errors import Unknown
from fiel.core.ids import Identifier, RequestId, UseCaseId
from fiel.core.law import Right
from fiel.core.rights import LONGEST_REASON, Move, Request, State
from fiel.core.scope import Verb
from fiel.operations.attend import Turn, all_requests, attend, complaint, find_request, requests_of
from fiel.operations.exercise import Attended, Wish, exercise
from fiel.operations.house import House
from fiel.operations.prove import checkpoint
from fiel.web.api.choices import SUBJECT, entry_answer
from fiel.web.api.held import CertificateAnswer
from fiel.web.api.rights import certificate_answer
from fiel.web.api.wire import Asked, EntryAnswer, Name, Told
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave

OWN: Final = Leave(Verb.RIGHTS, person=True)
STAFF: Final = Leave(Verb.RIGHTS)

Reason = Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]


class RequestBody(Asked, frozen=True, kw_only=True):
    """What is asked for; without `use_case` it is about all of them."""

    kind: Literal["access", "portability", "rectification", "erasure", "restriction", "objection", "review"]
    use_case: Name | None = None
    note: Reason = ""


class TurnBody(Asked, frozen=True, kw_only=True):
    """Why: needed to verify (how the person was identified), to extend and to deny."""

    reason: Reason = ""


class StepAnswer(Told, frozen=True, kw_only=True):
    """One thing that happened to a request."""

    at: datetime
    move: str
    by: str
    reason: str


class ComplaintAnswer(Told, frozen=True, kw_only=True):
    """Where a refusal can be taken, in the languages that Fiel speaks, and until when (null: the law sets no day)."""

    authority: Mapping[str, str]
    until: date | None


class RequestAnswer(Told, frozen=True, kw_only=True):
    """A request: where it stands, under which law, and until when it is to be answered (null: a person must say).

    `subject` is null for the person themselves. `complaint`: where a refusal can be taken. `kept`: whether it can be
    asked for again. `entries` and `certificate` are what just followed from it.
    """

    id: str
    kind: str
    use_case: str | None
    subject: str | None
    law: str
    at: datetime
    received: date
    due: date | None
    state: str
    verified: bool
    extended: bool
    asked_by: str
    note: str
    steps: list[StepAnswer]
    complaint: ComplaintAnswer | None = None
    kept: bool = True
    entries: list[EntryAnswer] = msgspec.field(default_factory=list)
    certificate: CertificateAnswer | None = None


class RequestsAnswer(Told, frozen=True, kw_only=True):
    """Requests: what is due first comes first, what is over last; a person's own by age."""

    requests: list[RequestAnswer]


async def post(call: Call) -> RequestAnswer:
    """Take in a request; what can be done at once is done."""
    call.admitted.ask()
    body = call.read(RequestBody)
    wish = Wish(
        right=Right(body.kind),
        asked_by=call.admitted.attestation,
        use_case=None if body.use_case is None else UseCaseId(body.use_case),
        note=body.note,
    )
    return _answer(call, await done(exercise(call.house, call.subject(), wish)))


async def get_own(call: Call) -> RequestsAnswer:
    """What one person asked for."""
    call.admitted.ask()
    found = await asyncio.to_thread(requests_of, call.house, call.subject())
    return RequestsAnswer(requests=[told(call.house, each) for each in found])


async def post_revoke(call: Call) -> RequestAnswer:
    """Take back a request of one's own."""
    call.admitted.ask()
    subject = call.subject()
    found = await asyncio.to_thread(find_request, call.house, _name(call))
    if found.identifier != subject:
        raise Unknown("there is no such request", hint="whoever was erased took theirs along")
    turn = Turn(move=Move.REVOKE, by=call.admitted.attestation)
    return _answer(call, await done(attend(call.house, _name(call), turn)))


async def get_all(call: Call) -> RequestsAnswer:
    """Everybody's, what is due first first."""
    call.admitted.ask()
    found = await asyncio.to_thread(all_requests, call.house)
    return RequestsAnswer(requests=[told(call.house, each.request, whose=each.identifier) for each in found])


async def get_one(call: Call) -> RequestAnswer:
    """One of them."""
    call.admitted.ask()
    found = await asyncio.to_thread(find_request, call.house, _name(call))
    return told(call.house, found.request, whose=found.identifier)


def _turning(move: Move) -> Callable[[Call], Awaitable[RequestAnswer]]:
    async def act(call: Call) -> RequestAnswer:
        call.admitted.ask()
        body = call.read(TurnBody) if call.raw else TurnBody()
        turn = Turn(move=move, by=call.admitted.attestation, reason=body.reason)
        return _answer(call, await done(attend(call.house, _name(call), turn)))

    return act


def _name(call: Call) -> RequestId:
    return RequestId(call.parts["request"])


def _answer(call: Call, attended: Attended) -> RequestAnswer:
    certificate = attended.certificate
    return msgspec.structs.replace(
        told(call.house, attended.request),
        kept=attended.is_kept,
        entries=[entry_answer(each.recorded) for each in attended.chosen],
        certificate=certificate_answer(certificate, checkpoint(call.house), house=call.house) if certificate else None,
    )


def told(house: House, request: Request, *, whose: Identifier | None = None) -> RequestAnswer:
    """A request as it is answered."""
    against = complaint(house, request) if request.state is State.DENIED else None
    return RequestAnswer(
        id=request.id,
        kind=request.right.value,
        use_case=request.use_case,
        subject=f"{whose.kind.value}:{whose.value}" if whose else None,
        law=request.law,
        at=request.at,
        received=request.received,
        due=request.due,
        state=request.state.value,
        verified=request.verified,
        extended=request.extended,
        asked_by=request.asked_by.value,
        note=request.note,
        steps=[
            StepAnswer(at=step.at, move=step.move.value, by=step.by.value, reason=step.reason) for step in request.steps
        ],
        complaint=ComplaintAnswer(authority=against.authority, until=against.until) if against else None,
    )


_PROBLEMS: Final = frozenset({"unknown", "conflict"})
_TURNS: Final = {
    Move.VERIFY: "Note how the person was identified: before, nothing is granted",
    Move.APPROVE: "Begin: it will be done",
    Move.EXTEND: "Take the longer term of the law, once, with a reason",
    Move.FULFIL: "Say that it is done; what Fiel can do for it is done now",
    Move.DENY: "Refuse, with the reason",
}

ROUTES = (
    Route(
        method="POST",
        path=f"{SUBJECT}/requests",
        act=post,
        about="Ask for a right under the law",
        leave=OWN,
        takes=RequestBody,
        gives=RequestAnswer,
        problems=_PROBLEMS,
        example={"kind": "review", "use_case": "suggestions", "note": "Why was I shown this?"},
    ),
    Route(
        method="GET",
        path=f"{SUBJECT}/requests",
        act=get_own,
        about="What a person asked for under the law",
        leave=OWN,
        gives=RequestsAnswer,
    ),
    Route(
        method="POST",
        path=f"{SUBJECT}/requests/{{request}}/revoke",
        act=post_revoke,
        about="Take a request back, which only the person can",
        leave=OWN,
        gives=RequestAnswer,
        problems=_PROBLEMS,
    ),
    Route(
        method="GET",
        path="/v1/requests",
        act=get_all,
        about="All requests under the law, what is due first first",
        leave=STAFF,
        gives=RequestsAnswer,
    ),
    Route(
        method="GET",
        path="/v1/requests/{request}",
        act=get_one,
        about="One request, with all that became of it",
        leave=STAFF,
        gives=RequestAnswer,
        problems=frozenset({"unknown"}),
    ),
    *(
        Route(
            method="POST",
            path=f"/v1/requests/{{request}}/{move.value}",
            act=_turning(move),
            about=about,
            leave=STAFF,
            takes=TurnBody,
            empty_allowed=True,
            gives=RequestAnswer,
            problems=_PROBLEMS,
            example={"reason": "identified by their customer card"},
        )
        for move, about in _TURNS.items()
    ),
)
