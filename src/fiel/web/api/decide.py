"""`POST /v1/decide`: always a 200 for a request that can be read; a refusal is an answer, a fault is a private one."""

import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, IdentifierKind, ItemId, UseCaseId
from fiel.core.law import Signal
from fiel.core.scope import Verb
from fiel.core.text import Value
from fiel.core.use.explanation import Decision
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import say_why
from fiel.operations.published import Published
from fiel.web.api.slate import slate
from fiel.web.api.wire import DecideAnswer, DecideRequest, SubjectRef
from fiel.web.api.wire import Value as Wired
from fiel.web.problems import Refused
from fiel.web.route import Call, Route, settled

_log = logging.getLogger(__name__)

KEPT: Final = timedelta(minutes=15)
"""How long an answer may be shown again. A withdrawal works on the next decision, not on a copy of this one."""


async def post(call: Call) -> DecideAnswer:
    """Decide for one person and use case."""
    wanted = await call.read(DecideRequest)
    published = _in_force(call)
    case = published.use_case(UseCaseId(wanted.use_case))
    call.caller.ask(Verb.DECIDE, area=case.area, use_case=case.id)
    language = wanted.language or published.promise.languages[0]
    if language not in call.house.phrases:
        raise Malformed("there are no sentences in that language", hint=f"use one of {', '.join(call.house.phrases)}")
    prepared = decide(call.house, _ask(call, wanted))
    if prepared.ticket is not None:
        await settled(prepared.ticket)
    return _answer(call, prepared.release(), language=language)


def _in_force(call: Call) -> Published:
    """What is in force; if the store does not say, what was in force when it last did (promise P8)."""
    try:
        return call.published()
    except Exception:  # P8: without a store there is still the answer for nobody in particular
        _log.exception("the store does not answer")
        return call.house.shelf.last


def _ask(call: Call, wanted: DecideRequest) -> Ask:
    gpc = wanted.signals.gpc or call.request.headers.get("sec-gpc") == "1"
    return Ask(
        use_case=UseCaseId(wanted.use_case),
        subject=_subject(call, wanted.subject),
        context={key: _value(value) for key, value in wanted.context.items()},
        candidates=None if wanted.candidates is None else tuple(ItemId(each) for each in wanted.candidates),
        limit=wanted.limit,
        signals=frozenset({Signal.GPC}) if gpc else frozenset(),
    )


def _subject(call: Call, wanted: SubjectRef) -> Identifier:
    """The one person that is named; a subject token may ask about nobody else."""
    if (wanted.user_id is None) == (wanted.anonymous_id is None):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "`subject` names one of `user_id` and `anonymous_id`")
    kind = IdentifierKind.USER if wanted.user_id is not None else IdentifierKind.ANONYMOUS
    identifier = Identifier(kind, wanted.user_id or wanted.anonymous_id or "")
    return call.caller.subject(f"{identifier.kind.value}:{identifier.value}")


def _value(value: Wired) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _answer(call: Call, decision: Decision, *, language: str) -> DecideAnswer:
    outcome = decision.outcome
    return DecideAnswer(
        decision_id=decision.id,
        use_case=outcome.use_case,
        version=outcome.version,
        level=outcome.level.word,
        allowed=None if outcome.allowed is None else outcome.allowed.word,
        reason=outcome.reason,
        degraded=outcome.degraded,
        silent=outcome.silent,
        items=slate(decision.items, call.house.shelf.last, language=language),
        explanation=say_why(call.house, outcome, decision.items, language=language),
        expires_at=outcome.at + KEPT,
        why_url=f"/why/{decision.id}" if decision.id else None,
    )


ROUTES = (
    Route(
        method="POST",
        path="/v1/decide",
        act=post,
        about="Decide what to show one person for one use case",
        verb=Verb.DECIDE,
        takes=DecideRequest,
        gives=DecideAnswer,
    ),
)
