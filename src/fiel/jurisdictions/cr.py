"""Costa Rica: Law 8968 on the protection of the person before the treatment of their data."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_FIVE = Reply(within=Term(5, Unit.WORKING_DAYS))
_SEVEN = Cited(_FIVE, "Law 8968 art. 7: five *días hábiles*", Confidence.LOW)

LAW = Jurisdiction(
    code="cr",
    name={
        "es": "Ley 8968 de protección de la persona frente al tratamiento de sus datos (Costa Rica)",
        "en": "Law 8968 on the protection of the person before the treatment of their data (Costa Rica)",
    },
    dpv="https://w3id.org/dpv/loc#CR",
    authority={
        "es": "la Agencia de Protección de Datos de los Habitantes",
        "en": "the Agency for the Data Protection of Inhabitants (Prodhab)",
    },
    calendar="CR",
    zone="America/Costa_Rica",
    since=Cited(date(2011, 9, 5), "Law 8968, in the official gazette of 5 September 2011", Confidence.MEDIUM),
    mode=Cited(Mode.OPT_IN, "Law 8968 art. 5: express, precise and unequivocal", Confidence.MEDIUM),
    replies={
        Right.ACCESS: _SEVEN,
        Right.PORTABILITY: Cited(None, "not in Law 8968", Confidence.UNREAD),
        Right.RECTIFICATION: _SEVEN,
        Right.ERASURE: _SEVEN,
        Right.RESTRICTION: Cited(None, "not in Law 8968", Confidence.UNREAD),
        Right.OBJECTION: Cited(None, "Law 8968 art. 5 and 7: consent is revoked, without a term", Confidence.UNREAD),
        Right.REVIEW: Cited(None, "not in Law 8968", Confidence.UNREAD),
    },
    last_day_moves=Cited(value=False, article="Law 8968 art. 7 counts working days only"),
    ages=Ages(
        consent=Cited(None, "Law 8968 sets none", Confidence.UNREAD),
        sensitive=Cited(None, "Law 8968 art. 9 sets none", Confidence.UNREAD),
        advertising=Cited(None, "Law 8968 sets none", Confidence.UNREAD),
    ),
    blocks=Cited(value=False, article="Law 8968 art. 7: erased without setting aside first", confidence=Confidence.LOW),
    blocks_within=Cited(None, "Law 8968 art. 7 sets none", Confidence.UNREAD),
    asks_again=Cited(None, "Law 8968 sets none", Confidence.UNREAD),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; Law 8968 art. 5 lets consent be revoked at any time",
    ),
    breach_hours=Cited(None, "Decree 37554 art. 38: five working days, not in hours", Confidence.LOW),
    complaint=Cited(None, "Law 8968 art. 24 sets no term", Confidence.UNREAD),
)
"""The law of Costa Rica."""
