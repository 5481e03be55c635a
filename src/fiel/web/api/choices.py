"""`/v1/subjects/{id}/choices`: see, give, lower, refuse, withdraw; `objections` where nobody is asked for consent."""

from typing import Final

import msgspec
from starlette.responses import Response

from fiel.core.consent.choice import Status
from fiel.core.consent.leaf import document_of
from fiel.core.ids import Notice, UseCaseId
from fiel.core.promise.usecase import Level
from fiel.core.scope import Verb
from fiel.operations.choose import Choice, choose
from fiel.operations.prove import receipt
from fiel.operations.show import Stand, show_choices
from fiel.ports import Recorded
from fiel.web.api.wire import (
    ChoiceAnswer,
    ChoiceRequest,
    ChoicesAnswer,
    EntryAnswer,
    LevelWord,
    ObjectionRequest,
    StandingAnswer,
    WithdrawalQuery,
    word,
    words,
)
from fiel.web.idempotency import HEEDED, REPLAYED, once
from fiel.web.route import Call, Route, done, json_response
from fiel.web.security import Leave

SUBJECT: Final = "/v1/subjects/{id}"

LEAVE: Final = Leave(Verb.CHOICES, person=True)

ASKED: Final = {"given": Status.GIVEN, "refused": Status.REFUSED}
"""What may be put; withdrawing is a DELETE, objecting a path of its own."""


async def get(call: Call) -> ChoicesAnswer:
    """Where somebody stands with every use case that the caller may see."""
    stands = [stand for stand in show_choices(call.house, call.subject()) if call.admitted.covers(stand.use_case)]
    return ChoicesAnswer(choices=[standing_answer(stand) for stand in stands])


async def put(call: Call) -> Response:
    """Give or refuse."""
    wanted = call.read(ChoiceRequest)
    choice = Choice(
        use_case=UseCaseId(call.parts["use_case"]),
        status=ASKED[wanted.status],
        attested_by=call.admitted.attestation,
        interface=wanted.interface,
        language=wanted.language,
        level=_level(wanted.level),
        contributes=wanted.contributes,
        notice=Notice(wanted.notice) if wanted.notice is not None else None,
    )
    return await _chosen(call, choice)


async def delete(call: Call) -> Response:
    """Withdraw: no reason is asked, and no notice need be shown."""
    wanted = call.asked(WithdrawalQuery)
    choice = Choice(
        use_case=UseCaseId(call.parts["use_case"]),
        status=Status.WITHDRAWN,
        attested_by=call.admitted.attestation,
        interface=wanted.interface,
        language=wanted.language,
    )
    return await _chosen(call, choice)


async def post_objection(call: Call) -> Response:
    """Object, in full or to all beyond a level."""
    wanted = call.read(ObjectionRequest) if call.raw else ObjectionRequest()
    choice = Choice(
        use_case=UseCaseId(call.parts["use_case"]),
        status=Status.OBJECTED,
        attested_by=call.admitted.attestation,
        interface=wanted.interface,
        language=wanted.language,
        level=_level(wanted.level),
    )
    return await _chosen(call, choice)


async def _chosen(call: Call, choice: Choice) -> Response:
    subject = call.subject()
    call.use_case()
    chosen = await done(choose(call.house, subject, choice, once=once(call)))
    response = json_response(
        ChoiceAnswer(
            entry=entry_answer(chosen.recorded),
            receipt=receipt(call.house, chosen.person, recorded=chosen.recorded),
            effects=msgspec.convert(chosen.effects, list),
        )
    )
    if chosen.again:
        response.headers[REPLAYED] = "true"
    return response


def _level(name: LevelWord | None) -> Level | None:
    return None if name is None else Level.named(name.value)


def entry_answer(recorded: Recorded) -> EntryAnswer:
    """An entry, and where it stands in the ledger."""
    return msgspec.convert({**document_of(recorded.entry), "position": recorded.position}, EntryAnswer)


def standing_answer(stand: Stand) -> StandingAnswer:
    """Where a person stands, as they see it."""
    standing, case = stand.standing, stand.use_case
    return StandingAnswer(
        use_case=case.id,
        area=case.area,
        basis=case.basis.value,
        status=standing.status.value,
        level=LevelWord(standing.level.word),
        levels=words(case.levels),
        contributes=standing.contributes,
        reason=stand.reason,
        allowed=word(stand.allowed),
        version=stand.version,
        notice=stand.notice,
        since=standing.since,
        at=standing.at,
    )


_PROBLEMS: Final = frozenset({"unknown", "conflict"})

ROUTES = (
    Route(
        method="GET",
        path=f"{SUBJECT}/choices",
        act=get,
        about="Where a person stands with every use case",
        leave=LEAVE,
        gives=ChoicesAnswer,
    ),
    Route(
        method="PUT",
        path=f"{SUBJECT}/choices/{{use_case}}",
        act=put,
        about="Give or refuse, with a level and whether to teach",
        leave=LEAVE,
        takes=ChoiceRequest,
        headers=HEEDED,
        gives=ChoiceAnswer,
        problems=_PROBLEMS,
        example={
            "status": "given",
            "level": "declared",
            "contributes": False,
            "notice": "the `notice` of the use case as it was shown",
            "language": "es",
            "interface": "preferences",
        },
    ),
    Route(
        method="DELETE",
        path=f"{SUBJECT}/choices/{{use_case}}",
        act=delete,
        about="Withdraw",
        leave=LEAVE,
        query=WithdrawalQuery,
        headers=HEEDED,
        gives=ChoiceAnswer,
        problems=_PROBLEMS,
    ),
    Route(
        method="POST",
        path=f"{SUBJECT}/objections/{{use_case}}",
        act=post_objection,
        about="Object to a use case that rests on another basis than consent, in full or beyond a level",
        leave=LEAVE,
        takes=ObjectionRequest,
        empty_allowed=True,
        headers=HEEDED,
        gives=ChoiceAnswer,
        problems=_PROBLEMS,
        example={"level": "declared", "language": "es", "interface": "preferences"},
    ),
)
