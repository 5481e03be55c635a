"""Uruguay: Law 18.331 on the protection of personal data and habeas data."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_FIVE = Reply(within=Term(5, Unit.WORKING_DAYS))
_MADE_RIGHT = Cited(_FIVE, "Law 18.331 art. 15: five *días hábiles*", Confidence.MEDIUM)

LAW = Jurisdiction(
    code="uy",
    name={
        "es": "Ley 18.331 de protección de datos personales (Uruguay)",
        "en": "Law 18.331 on the protection of personal data (Uruguay)",
    },
    dpv="https://w3id.org/dpv/loc#UY",
    authority={
        "es": "la Unidad Reguladora y de Control de Datos Personales",
        "en": "the Regulatory and Control Unit of Personal Data (URCDP)",
    },
    calendar="UY",
    zone="America/Montevideo",
    since=Cited(date(2008, 8, 18), "Law 18.331, in the official gazette of 18 August 2008", Confidence.MEDIUM),
    mode=Cited(Mode.OPT_IN, "Law 18.331 art. 9: free, prior, express and informed", Confidence.MEDIUM),
    replies={
        Right.ACCESS: Cited(_FIVE, "Law 18.331 art. 14: five *días hábiles*", Confidence.MEDIUM),
        Right.PORTABILITY: Cited(None, "not in Law 18.331", Confidence.UNREAD),
        Right.RECTIFICATION: _MADE_RIGHT,
        Right.ERASURE: _MADE_RIGHT,
        Right.RESTRICTION: Cited(None, "Law 18.331 art. 15 marks what is being examined", Confidence.UNREAD),
        Right.OBJECTION: Cited(None, "Law 18.331 art. 21 sets no term", Confidence.UNREAD),
        Right.REVIEW: Cited(None, "Law 18.331 art. 16 sets no term", Confidence.UNREAD),
    },
    last_day_moves=Cited(value=False, article="Law 18.331 art. 14 and 15 count working days only"),
    ages=Ages(
        consent=Cited(None, "Law 18.331 sets none", Confidence.UNREAD),
        sensitive=Cited(None, "Law 18.331 art. 18 sets none", Confidence.UNREAD),
        advertising=Cited(None, "Law 18.331 art. 21 sets none", Confidence.UNREAD),
    ),
    blocks=Cited(value=False, article="Law 18.331 art. 15: erased, or marked meanwhile", confidence=Confidence.LOW),
    blocks_within=Cited(None, "Law 18.331 art. 15 sets none", Confidence.UNREAD),
    asks_again=Cited(None, "Law 18.331 art. 21 sets none", Confidence.UNREAD),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; Law 18.331 art. 21 lets people be taken out of advertising at any time",
    ),
    breach_hours=Cited(72, "Decree 64/2020 art. 4", Confidence.LOW),
    complaint=Cited(None, "Law 18.331 art. 37 sets no term", Confidence.UNREAD),
)
"""The law of Uruguay."""
