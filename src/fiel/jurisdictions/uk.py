"""The United Kingdom: its General Data Protection Regulation with the Data Protection Act 2018."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

LAW = Jurisdiction(
    code="uk",
    name={
        "es": "RGPD del Reino Unido y Ley de protección de datos de 2018",
        "en": "UK GDPR and Data Protection Act 2018",
    },
    dpv="https://w3id.org/dpv/loc#GB",
    authority={
        "es": "la autoridad de información del Reino Unido (ICO)",
        "en": "the Information Commissioner's Office (ICO)",
    },
    calendar="GB-ENG",
    zone="Europe/London",
    since=Cited(date(2018, 5, 25), "DPA 2018 sec. 212 and S.I. 2018/625; the UK GDPR since 2021-01-01"),
    mode=Cited(Mode.OPT_IN, "UK GDPR art. 4(11) and 7"),
    replies=dict.fromkeys(
        Right,
        Cited(
            Reply(within=Term(1, Unit.MONTHS), extension=Term(2, Unit.MONTHS)),
            "UK GDPR art. 12(3) and 12A: one month, and two further months where necessary",
        ),
    ),
    last_day_moves=Cited(
        value=True,
        article="ICO guidance on UK GDPR art. 12(3): on to the next working day",
        confidence=Confidence.MEDIUM,
    ),
    ages=Ages(
        consent=Cited(13, "DPA 2018 sec. 9"),
        sensitive=Cited(13, "DPA 2018 sec. 9: no other age for art. 9"),
        advertising=Cited(None, "UK GDPR recital 71 sets none; standard 12 of the children's code asks that it be off"),
    ),
    blocks=Cited(value=False, article="UK GDPR art. 17: erased without setting aside first"),
    blocks_within=Cited(None, "UK GDPR art. 18 and 12(3): no term of its own"),
    asks_again=Cited(None, "UK GDPR art. 7 sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; UK GDPR art. 21(5) lets objections be made by technical means",
    ),
    breach_hours=Cited(72, "UK GDPR art. 33(1)"),
    complaint=Cited(None, "UK GDPR art. 77 sets no term"),
)
"""The law of the United Kingdom; the holidays are those of England and Wales."""
