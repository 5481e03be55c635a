"""Spain: the General Data Protection Regulation with Organic Law 3/2018 (LOPDGDD)."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Jurisdiction, Mode, Reply, Right, Signal

_MONTH = Cited(
    Reply(within=Term(1, Unit.MONTHS), extension=Term(2, Unit.MONTHS)),
    "GDPR art. 12(3): one month of receipt, and two further months where necessary",
)

LAW = Jurisdiction(
    code="es",
    name={
        "es": "RGPD y Ley Orgánica 3/2018 de protección de datos (España)",
        "en": "GDPR and Organic Law 3/2018 on data protection (Spain)",
    },
    dpv="https://w3id.org/dpv/loc#ES",
    authority={"es": "la Agencia Española de Protección de Datos", "en": "the Spanish Data Protection Agency (AEPD)"},
    calendar="ES",
    zone="Europe/Madrid",
    since=Cited(date(2018, 12, 7), "LOPDGDD final provision 16"),
    mode=Cited(Mode.OPT_IN, "GDPR art. 4(11) and 7; LOPDGDD art. 6"),
    replies=dict.fromkeys(Right, _MONTH),
    last_day_moves=Cited(value=True, article="Regulation (EEC, Euratom) 1182/71 art. 3(4)"),
    ages=Ages(
        consent=Cited(14, "LOPDGDD art. 7(1); bill 121/000052 would make it sixteen"),
        sensitive=Cited(14, "LOPDGDD art. 7(1): no other age for art. 9"),
        advertising=Cited(None, "LOPDGDD art. 7 sets none; Regulation 2022/2065 art. 28(2) speaks of minors"),
    ),
    blocks=Cited(value=True, article="LOPDGDD art. 32: blocked when rectified or erased, until liabilities lapse"),
    blocks_within=Cited(None, "LOPDGDD art. 32 sets none of its own"),
    asks_again=Cited(None, "GDPR art. 7 and LOPDGDD art. 6 set none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; GDPR art. 21(5) lets objections be made by technical means",
    ),
    breach_hours=Cited(72, "GDPR art. 33(1)"),
    complaint=Cited(None, "GDPR art. 77 and LOPDGDD art. 63 set no term"),
)
"""The law of Spain."""
