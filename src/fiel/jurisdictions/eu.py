"""The General Data Protection Regulation, (EU) 2016/679, as it stands without a member state's own rules."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Jurisdiction, Mode, Reply, Right, Signal

_MONTH = Cited(
    Reply(within=Term(1, Unit.MONTHS), extension=Term(2, Unit.MONTHS)),
    "GDPR art. 12(3): one month of receipt, and two further months where necessary",
)

LAW = Jurisdiction(
    code="eu",
    name={"es": "Reglamento General de Protección de Datos (UE)", "en": "General Data Protection Regulation (EU)"},
    dpv="https://w3id.org/dpv/loc#EU",
    authority={
        "es": "la autoridad de protección de datos de tu país",
        "en": "the data protection authority of your country",
    },
    calendar=None,
    zone=None,
    since=Cited(date(2018, 5, 25), "GDPR art. 99(2)"),
    mode=Cited(Mode.OPT_IN, "GDPR art. 4(11) and 7; where the basis is another one, art. 21 gives the objection"),
    replies=dict.fromkeys(Right, _MONTH),
    last_day_moves=Cited(value=True, article="Regulation (EEC, Euratom) 1182/71 art. 3(4)"),
    ages=Ages(
        consent=Cited(16, "GDPR art. 8(1); member states may set 13 to 16"),
        sensitive=Cited(16, "GDPR art. 8(1): no other age for art. 9"),
        advertising=Cited(
            None, "GDPR recital 71 says no profiling of children, without a number; Regulation 2022/2065 art. 28(2)"
        ),
    ),
    blocks=Cited(value=False, article="GDPR art. 17: erased without setting aside first"),
    blocks_within=Cited(None, "GDPR art. 18 and 12(3): no term of its own"),
    asks_again=Cited(None, "GDPR art. 7 sets none; COM(2025) 837 proposes six months and is not law"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}),
        "no article obliges it; GDPR art. 21(5) lets objections be made by technical means",
    ),
    breach_hours=Cited(72, "GDPR art. 33(1)"),
    complaint=Cited(None, "GDPR art. 77 sets no term"),
)
"""The law of the European Union."""
