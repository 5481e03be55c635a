"""Chile: Law 19.628 as changed by Law 21.719."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_THIRTY = Cited(
    Reply(within=Term(30, Unit.DAYS), extension=Term(30, Unit.DAYS)),
    "Law 19.628 art. 11, by Law 21.719: thirty *días corridos*, and thirty more once",
)

LAW = Jurisdiction(
    code="cl",
    name={
        "es": "Ley 19.628, modificada por la Ley 21.719 (Chile)",
        "en": "Law 19.628, as changed by Law 21.719 (Chile)",
    },
    dpv="https://w3id.org/dpv/loc#CL",
    authority={
        "es": "la Agencia de Protección de Datos Personales",
        "en": "the Personal Data Protection Agency",
    },
    calendar="CL",
    zone="America/Santiago",
    since=Cited(date(2026, 12, 1), "Law 21.719, transitory article 1"),
    mode=Cited(Mode.OPT_IN, "Law 19.628 art. 12, by Law 21.719: prior, specific and unequivocal"),
    replies=dict.fromkeys(Right, _THIRTY),
    last_day_moves=Cited(
        value=False, article="Law 19.628 art. 11, by Law 21.719, says nothing of it", confidence=Confidence.LOW
    ),
    ages=Ages(
        consent=Cited(14, "Law 19.628 art. 16 quater, by Law 21.719: below it, the parents"),
        sensitive=Cited(16, "Law 19.628 art. 16 quater, by Law 21.719: sensitive data below it, the parents"),
        advertising=Cited(None, "Law 19.628 art. 8, by Law 21.719, sets none"),
    ),
    blocks=Cited(value=True, article="Law 19.628 art. 8 ter, by Law 21.719: set aside while a request is open"),
    blocks_within=Cited(
        Term(2, Unit.WORKING_DAYS), "Law 19.628 art. 11, by Law 21.719: within two *días hábiles*, no use meanwhile"
    ),
    asks_again=Cited(None, "Law 19.628 art. 12, by Law 21.719, sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; Law 19.628 art. 8, by Law 21.719, takes an objection at any time",
    ),
    breach_hours=Cited(None, "Law 19.628 art. 14 sexies, by Law 21.719: without undue delay, without a number"),
    complaint=Cited(
        Term(30, Unit.WORKING_DAYS), "Law 19.628 art. 11 and 41, by Law 21.719: thirty *días hábiles* to the Agency"
    ),
)
"""The law of Chile from December 2026 on."""
