"""`/v1/subjects/{id}/choices`: see, give, lower, refuse, withdraw; `objections` where nobody is asked for consent."""

from http import HTTPStatus

from starlette.responses import Response

from fiel.core.consent.choice import Status
from fiel.core.consent.leaf import document_of
from fiel.core.ids import Notice
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.scope import Verb
from fiel.operations.choose import Choice, choose
from fiel.operations.prove import receipt_of
from fiel.operations.show import Stand, show_choices
from fiel.web.api.wire import ChoiceAnswer, ChoiceRequest, ChoicesAnswer, ObjectionRequest, StandingAnswer
from fiel.web.idempotency import REPLAYED, once
from fiel.web.problems import Fault, Refused
from fiel.web.route import Call, Route, body_of, decoded, done, json_response

PATH = "/v1/subjects/{id:path}"

ASKED = {Status.GIVEN.value: Status.GIVEN, Status.REFUSED.value: Status.REFUSED}
"""What may be put; withdrawing is a DELETE, objecting a path of its own."""


async def get(call: Call) -> ChoicesAnswer:
    """Where somebody stands with every use case that the caller may see."""
    subject = call.caller.subject(call.part("id"))
    stands = [stand for stand in show_choices(call.house, subject) if _may_see(call, stand.use_case)]
    if not stands:
        call.caller.ask(Verb.CHOICES)
    return ChoicesAnswer(choices=[standing_answer(stand) for stand in stands])


async def put(call: Call) -> Response:
    """Give or refuse."""
    case = call.use_case(Verb.CHOICES, call.part("use_case"))
    raw = await body_of(call.request)
    wanted = decoded(raw, ChoiceRequest)
    if wanted.status not in ASKED:
        raise _wrong("status", "`given` or `refused`; withdrawing is a DELETE")
    choice = Choice(
        use_case=case.id,
        status=ASKED[wanted.status],
        attested_by=call.caller.attestation,
        interface=wanted.interface,
        language=wanted.language,
        level=_level(wanted.level),
        contributes=wanted.contributes,
        notice=Notice(wanted.notice) if wanted.notice is not None else None,
    )
    return await _chosen(call, choice, raw=raw)


async def delete(call: Call) -> Response:
    """Withdraw: no reason is asked, and no notice need be shown."""
    case = call.use_case(Verb.CHOICES, call.part("use_case"))
    choice = Choice(use_case=case.id, status=Status.WITHDRAWN, attested_by=call.caller.attestation, interface="api")
    return await _chosen(call, choice, raw=b"")


async def post_objection(call: Call) -> Response:
    """Object, in full or to all beyond a level."""
    case = call.use_case(Verb.CHOICES, call.part("use_case"))
    raw = await body_of(call.request)
    wanted = decoded(raw, ObjectionRequest) if raw else ObjectionRequest()
    choice = Choice(
        use_case=case.id,
        status=Status.OBJECTED,
        attested_by=call.caller.attestation,
        interface=wanted.interface,
        language=wanted.language,
        level=_level(wanted.level) or Level.NONE,
    )
    return await _chosen(call, choice, raw=raw)


async def _chosen(call: Call, choice: Choice, *, raw: bytes) -> Response:
    subject = call.caller.subject(call.part("id"))
    chosen = await done(choose(call.house, subject, choice, once=once(call, raw)))
    with call.house.store.read() as tx:
        receipt = receipt_of(call.house, tx, chosen.person, recorded=chosen.recorded)
    entry = {**document_of(chosen.recorded.entry), "position": chosen.recorded.position}
    response = json_response(ChoiceAnswer(entry=entry, receipt=receipt, effects=list(chosen.effects)))
    if chosen.again:
        response.headers[REPLAYED] = "true"
    return response


def _level(word: str | None) -> Level | None:
    if word is None:
        return None
    try:
        return Level.named(word)
    except ValueError:
        raise _wrong("level", f"one of {', '.join(level.word for level in Level)}") from None


def _wrong(name: str, what: str) -> Refused:
    fault = Fault(pointer=f"/{name}", detail=f"must be {what}")
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "the body is not what this takes", errors=[fault])


def _may_see(call: Call, case: UseCase) -> bool:
    if call.caller.person is not None:
        return True
    scope = call.caller.scope
    return scope is not None and scope.allows(Verb.CHOICES, area=case.area, use_case=case.id)


def standing_answer(stand: Stand) -> StandingAnswer:
    """Where a person stands, as they see it."""
    standing, case = stand.standing, stand.use_case
    return StandingAnswer(
        use_case=case.id,
        area=case.area,
        basis=case.basis.value,
        status=standing.status.value,
        level=standing.level.word,
        contributes=standing.contributes,
        reason=stand.reason,
        allowed=None if stand.allowed is None else stand.allowed.word,
        version=stand.version,
        notice=stand.notice,
        since=standing.since,
        at=standing.at,
    )


ROUTES = (
    Route(
        method="GET",
        path=f"{PATH}/choices",
        act=get,
        about="Where a person stands with every use case",
        verb=Verb.CHOICES,
        gives=ChoicesAnswer,
    ),
    Route(
        method="PUT",
        path=f"{PATH}/choices/{{use_case}}",
        act=put,
        about="Give or refuse, with a level and whether to teach",
        verb=Verb.CHOICES,
        takes=ChoiceRequest,
        gives=ChoiceAnswer,
    ),
    Route(
        method="DELETE",
        path=f"{PATH}/choices/{{use_case}}",
        act=delete,
        about="Withdraw",
        verb=Verb.CHOICES,
        gives=ChoiceAnswer,
    ),
    Route(
        method="POST",
        path=f"{PATH}/objections/{{use_case}}",
        act=post_objection,
        about="Object to a use case that rests on another basis than consent",
        verb=Verb.CHOICES,
        takes=ObjectionRequest,
        gives=ChoiceAnswer,
    ),
)
