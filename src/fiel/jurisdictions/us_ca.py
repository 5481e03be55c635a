"""California: the Consumer Privacy Act as changed by the Privacy Rights Act (CCPA), with its regulations."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_KNOWN = Cited(
    Reply(within=Term(45, Unit.DAYS), extension=Term(45, Unit.DAYS)),
    "Civil Code 1798.130(a)(2) and 11 CCR 7021(b): forty-five calendar days, and forty-five more",
)
_STOPPED = Reply(within=Term(15, Unit.WORKING_DAYS))

LAW = Jurisdiction(
    code="us-ca",
    name={
        "es": "Ley de privacidad del consumidor de California (CCPA)",
        "en": "California Consumer Privacy Act (CCPA)",
    },
    dpv="https://w3id.org/dpv/loc#US-CA",
    authority={
        "es": "la Agencia de Protección de la Privacidad de California",
        "en": "the California Privacy Protection Agency",
    },
    calendar="US-CA",
    zone="America/Los_Angeles",
    since=Cited(date(2023, 1, 1), "Proposition 24 of 2020, sec. 31(a)"),
    mode=Cited(Mode.OPT_OUT, "Civil Code 1798.120 and 1798.121: sold or shared until somebody says no"),
    replies={
        Right.ACCESS: _KNOWN,
        Right.PORTABILITY: _KNOWN,
        Right.RECTIFICATION: Cited(_KNOWN.value, "Civil Code 1798.106 and 11 CCR 7021(b)"),
        Right.ERASURE: Cited(_KNOWN.value, "Civil Code 1798.105 and 11 CCR 7021(b)"),
        Right.RESTRICTION: Cited(_STOPPED, "Civil Code 1798.121 and 11 CCR 7027(g): limits on sensitive data"),
        Right.OBJECTION: Cited(_STOPPED, "Civil Code 1798.120 and 11 CCR 7026(f): sale and sharing"),
        Right.REVIEW: Cited(None, "11 CCR 7200 and following on automated decisions were not read", Confidence.UNREAD),
    },
    last_day_moves=Cited(value=False, article="11 CCR 7021(b) counts calendar days", confidence=Confidence.LOW),
    ages=Ages(
        consent=Cited(16, "Civil Code 1798.120(c): sale and sharing; below 13 a parent", Confidence.MEDIUM),
        sensitive=Cited(16, "Civil Code 1798.120(c): no other age", Confidence.MEDIUM),
        advertising=Cited(16, "Civil Code 1798.120(c)", Confidence.MEDIUM),
    ),
    blocks=Cited(value=False, article="Civil Code 1798.105: deleted without setting aside first"),
    blocks_within=Cited(None, "11 CCR 7027 sets none of its own"),
    asks_again=Cited(12, "Civil Code 1798.135(c)(4): twelve months before somebody is asked to come back"),
    honours=Cited(frozenset({Signal.GPC}), "11 CCR 7025(b): binding as an opt-out of sale and sharing"),
    breach_hours=Cited(
        None, "Civil Code 1798.82: people are told within thirty days, by a law of 2025", Confidence.LOW
    ),
    complaint=Cited(None, "Civil Code 1798.199.45 sets no term"),
)
"""The law of California."""
