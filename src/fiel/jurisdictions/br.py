"""Brazil: the General Personal Data Protection Law 13.709/2018 (LGPD)."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_OPEN: Cited[Reply | None] = Cited(
    None, "LGPD art. 18(5): within the terms of a regulation that sets none yet", Confidence.MEDIUM
)

LAW = Jurisdiction(
    code="br",
    name={
        "es": "Ley general de protección de datos personales 13.709/2018 (Brasil)",
        "en": "General Personal Data Protection Law 13.709/2018 (Brazil)",
    },
    dpv="https://w3id.org/dpv/loc#BR",
    authority={
        "es": "la Agencia Nacional de Protección de Datos (ANPD)",
        "en": "the National Data Protection Agency (ANPD)",
    },
    calendar="BR",
    zone="America/Sao_Paulo",
    since=Cited(date(2020, 9, 18), "LGPD art. 65, by Law 14.058/2020"),
    mode=Cited(Mode.OPT_IN, "LGPD art. 7(I) and 8; on legitimate interest, art. 10 and 18(2)"),
    replies={
        Right.ACCESS: Cited(
            Reply(within=Term(15, Unit.DAYS)),
            "LGPD art. 19(II): in full within fifteen days; art. 19(I): in short at once",
        ),
        Right.PORTABILITY: _OPEN,
        Right.RECTIFICATION: _OPEN,
        Right.ERASURE: _OPEN,
        Right.RESTRICTION: _OPEN,
        Right.OBJECTION: _OPEN,
        Right.REVIEW: Cited(None, "LGPD art. 20 gives the right without a term"),
    },
    last_day_moves=Cited(value=False, article="LGPD art. 19 says nothing of it", confidence=Confidence.LOW),
    ages=Ages(
        consent=Cited(12, "LGPD art. 14(1): below it a parent, specifically and apart", Confidence.MEDIUM),
        sensitive=Cited(12, "LGPD art. 14(1): no other age for art. 11", Confidence.MEDIUM),
        advertising=Cited(18, "Law 15.211/2025: no profiles of minors for advertising", Confidence.MEDIUM),
    ),
    blocks=Cited(value=False, article="LGPD art. 18(IV): blocked where asked for, not before every erasure"),
    blocks_within=Cited(None, "LGPD art. 18(5) sets none"),
    asks_again=Cited(None, "LGPD art. 8 sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}), "no article obliges it; LGPD art. 8(5) takes a revocation at any time"
    ),
    breach_hours=Cited(None, "Resolution CD/ANPD 15/2024 art. 6: three working days, not in hours", Confidence.MEDIUM),
    complaint=Cited(None, "LGPD art. 18(1) sets no term"),
)
"""The law of Brazil."""
