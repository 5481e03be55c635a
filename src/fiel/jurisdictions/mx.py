"""Mexico: the federal law on personal data held by private parties (LFPDPPP) of 2025."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_TWENTY = Cited(
    Reply(
        within=Term(20, Unit.WORKING_DAYS),
        extension=Term(20, Unit.WORKING_DAYS),
        then=Term(15, Unit.WORKING_DAYS),
    ),
    "LFPDPPP 2025 art. 31: twenty *días hábiles* to answer, longer once by as much, and fifteen to carry out",
    Confidence.MEDIUM,
)

LAW = Jurisdiction(
    code="mx",
    name={
        "es": "Ley Federal de Protección de Datos Personales en Posesión de los Particulares (México, 2025)",
        "en": "Federal Law on Protection of Personal Data held by Private Parties (Mexico, 2025)",
    },
    dpv="https://w3id.org/dpv/loc#MX",
    authority={
        "es": "la Secretaría Anticorrupción y Buen Gobierno",
        "en": "the Secretariat of Anti-Corruption and Good Government",
    },
    calendar="MX",
    zone="America/Mexico_City",
    since=Cited(date(2025, 3, 21), "LFPDPPP 2025, transitory article 1"),
    mode=Cited(Mode.OPT_OUT, "LFPDPPP 2025 art. 7 and 8: tacit as a rule, express for sensitive and financial data"),
    replies={
        Right.ACCESS: _TWENTY,
        Right.PORTABILITY: Cited(None, "not in LFPDPPP 2025"),
        Right.RECTIFICATION: _TWENTY,
        Right.ERASURE: _TWENTY,
        Right.RESTRICTION: Cited(None, "LFPDPPP 2025 art. 24 and 25: blocked before erased, without a term of its own"),
        Right.OBJECTION: _TWENTY,
        Right.REVIEW: Cited(
            _TWENTY.value, "LFPDPPP 2025 art. 26(II): objection to automated treatment, art. 31", Confidence.MEDIUM
        ),
    },
    last_day_moves=Cited(value=False, article="LFPDPPP 2025 art. 31 counts working days only"),
    ages=Ages(
        consent=Cited(None, "LFPDPPP 2025 sets none; representation under 18 by civil law", Confidence.UNREAD),
        sensitive=Cited(None, "LFPDPPP 2025 art. 8 sets none", Confidence.UNREAD),
        advertising=Cited(None, "LFPDPPP 2025 sets none", Confidence.UNREAD),
    ),
    blocks=Cited(value=True, article="LFPDPPP 2025 art. 24: blocked first, then erased", confidence=Confidence.MEDIUM),
    blocks_within=Cited(None, "LFPDPPP 2025 art. 24 sets none of its own"),
    asks_again=Cited(None, "LFPDPPP 2025 sets none", Confidence.UNREAD),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; LFPDPPP 2025 art. 26 takes an objection at any time",
    ),
    breach_hours=Cited(None, "LFPDPPP 2025 art. 19: people are told at once, without a number"),
    complaint=Cited(Term(15, Unit.WORKING_DAYS), "LFPDPPP 2025 art. 40: fifteen days after the answer", Confidence.LOW),
)
"""The law of Mexico."""
