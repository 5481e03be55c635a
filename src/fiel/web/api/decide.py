"""`POST /v1/decide`: always a 200 for a request that can be read; a refusal is an answer, a fault is a private one."""

import logging
from datetime import timedelta
from typing import Final

from fiel.core.ids import Identifier, IdentifierKind, ItemId, UseCaseId
from fiel.core.scope import Verb
from fiel.core.text import Value
from fiel.core.use.explanation import Decision
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import say_why
from fiel.operations.fall_back import fall_back
from fiel.operations.published import Published
from fiel.web.api.slate import slate
from fiel.web.api.wire import DecideAnswer, DecideRequest, LevelWord, SubjectRef, word
from fiel.web.api.wire import Value as Wired
from fiel.web.languages import asked_for
from fiel.web.problems import malformed
from fiel.web.route import Call, Route, settled
from fiel.web.security import ME, Leave
from fiel.web.signals import HEADER, signals_of

_log = logging.getLogger(__name__)

KEPT: Final = timedelta(minutes=15)
"""How long an answer may be shown again. A withdrawal works on the next decision, not on a copy of this one."""

LARGEST: Final = 1 << 20
"""Bytes of a question: it may name ten thousand candidates."""


async def post(call: Call) -> DecideAnswer:
    """Decide for one person and use case."""
    wanted = call.read(DecideRequest)
    published = _in_force(call)
    call.admitted.ask(published.use_case(UseCaseId(wanted.use_case)))
    language = asked_for(call.house, published, wanted.language)
    return _answer(call, await _decided(call, _ask(call, wanted)), language=language)


async def _decided(call: Call, ask: Ask) -> Decision:
    if call.admitted.unseen:
        return fall_back(call.house, ask)
    prepared = decide(call.house, ask)
    if prepared.ticket is not None:
        await settled(prepared.ticket)
    return prepared.release()


def _in_force(call: Call) -> Published:
    """What is in force; if the store does not say, what was in force when it last did (promise P8)."""
    try:
        return call.published()
    except Exception as fault:  # P8: without a store there is still the answer for nobody in particular
        _log.error("the store does not answer: %s", type(fault).__name__)
        return call.house.shelf.last


def _ask(call: Call, wanted: DecideRequest) -> Ask:
    return Ask(
        use_case=UseCaseId(wanted.use_case),
        subject=_subject(call, wanted.subject),
        context={key: _value(value) for key, value in wanted.context.items()},
        candidates=None if wanted.candidates is None else tuple(ItemId(each) for each in wanted.candidates),
        limit=wanted.limit,
        signals=signals_of(call.request, gpc=wanted.signals.gpc),
    )


def _subject(call: Call, wanted: SubjectRef | None) -> Identifier:
    """The one person that is named; a subject token may ask about nobody else, and need not say whom."""
    if wanted is None and call.admitted.person is not None:
        return call.admitted.subject(ME)
    if wanted is None or (wanted.user_id is None) == (wanted.anonymous_id is None):
        raise malformed("/subject", "names one of `user_id` and `anonymous_id`")
    kind = IdentifierKind.USER if wanted.user_id is not None else IdentifierKind.ANONYMOUS
    identifier = Identifier(kind, wanted.user_id or wanted.anonymous_id or "")
    return call.admitted.subject(f"{identifier.kind.value}:{identifier.value}")


def _value(value: Wired) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _answer(call: Call, decision: Decision, *, language: str) -> DecideAnswer:
    outcome = decision.outcome
    return DecideAnswer(
        decision_id=decision.id,
        use_case=outcome.use_case,
        version=outcome.version,
        level=LevelWord(outcome.level.word),
        allowed=word(outcome.allowed),
        reason=outcome.reason,
        degraded=outcome.degraded,
        silent=outcome.silent,
        control=outcome.control is not None,
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
        leave=Leave(Verb.DECIDE, person=True, unseen=True),
        takes=DecideRequest,
        largest=LARGEST,
        headers={HEADER: "`1`: the person's browser asks that their data be neither sold nor shared"},
        gives=DecideAnswer,
        problems=frozenset({"unknown"}),
        example={
            "use_case": "suggestions",
            "subject": {"user_id": "customer-42"},
            "context": {"item": "85123A"},
            "limit": 5,
            "language": "es",
        },
        shows={
            "decision_id": "gAAAAQ",
            "use_case": "suggestions",
            "version": "5f0c",
            "level": "observed",
            "allowed": "observed",
            "reason": "permitted",
            "degraded": None,
            "silent": None,
            "control": False,
            "items": [
                {
                    "id": "22423",
                    "score": 0.41,
                    "because": [{"kind": "purchase", "name": "item", "value": "85123A", "weight": 0.3}],
                    "title": "Soporte para tartas de tres pisos",
                }
            ],
            "explanation": "Lo primero está aquí por «Portavelas de corazón», que está en «Tus compras».",
            "expires_at": "2026-11-24T12:15:00Z",
            "why_url": "/why/gAAAAQ",
        },
    ),
)
