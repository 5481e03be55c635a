"""Switzerland: the Federal Act on Data Protection of 2020 (FADP) and its ordinance (DPO)."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_THIRTY = Reply(within=Term(30, Unit.DAYS))
_NO_TERM = Cited(None, "FADP art. 6(5) and 32 give the right without a term")

LAW = Jurisdiction(
    code="ch",
    name={
        "es": "Ley federal de protección de datos (Suiza)",
        "en": "Federal Act on Data Protection (Switzerland)",
    },
    dpv="https://w3id.org/dpv/loc#CH",
    authority={
        "es": "el Comisionado federal de protección de datos (FDPIC)",
        "en": "the Federal Data Protection and Information Commissioner (FDPIC)",
    },
    calendar="CH",
    zone="Europe/Zurich",
    since=Cited(date(2023, 9, 1), "FADP of 25 September 2020, in force by decision of 31 August 2022"),
    mode=Cited(
        Mode.OPT_OUT,
        "FADP art. 30(2)(b) and 31: lawful until somebody expressly objects; art. 6(7) asks for express consent "
        "for sensitive data and high-risk profiling",
    ),
    replies={
        Right.ACCESS: Cited(_THIRTY, "FADP art. 25(7) and DPO art. 18(1); later only with notice of when"),
        Right.PORTABILITY: Cited(_THIRTY, "FADP art. 28 and DPO art. 22, which points to art. 18"),
        Right.RECTIFICATION: _NO_TERM,
        Right.ERASURE: _NO_TERM,
        Right.RESTRICTION: _NO_TERM,
        Right.OBJECTION: Cited(None, "FADP art. 30(2)(b) gives the right without a term"),
        Right.REVIEW: Cited(None, "FADP art. 21(2) gives the right without a term"),
    },
    last_day_moves=Cited(value=False, article="DPO art. 18(1) says nothing of it", confidence=Confidence.LOW),
    ages=Ages(
        consent=Cited(None, "Civil Code art. 16 and 19c: whoever can judge, without a number"),
        sensitive=Cited(None, "Civil Code art. 16 and 19c: whoever can judge, without a number"),
        advertising=Cited(None, "FADP art. 6 sets none"),
    ),
    blocks=Cited(value=False, article="FADP art. 6(4): destroyed or made anonymous"),
    blocks_within=Cited(None, "FADP art. 32 sets no term"),
    asks_again=Cited(None, "FADP art. 6(6) sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}), "no article obliges it; FADP art. 30(2)(b) takes an express objection"
    ),
    breach_hours=Cited(None, "FADP art. 24(1): as soon as possible, without a number"),
    complaint=Cited(None, "FADP art. 49 sets no term"),
)
"""The law of Switzerland; the holidays are those of the whole federation."""
