"""The General Data Protection Regulation, (EU) 2016/679, as it stands without a member state's own rules."""

from fiel.core.law import Cited, Jurisdiction, Signal

LAW = Jurisdiction(
    code="eu",
    name={"es": "Reglamento General de Protección de Datos (UE)", "en": "General Data Protection Regulation (EU)"},
    dpv="https://w3id.org/dpv/loc#EU",
    authority={
        "es": "la autoridad de protección de datos de tu país",
        "en": "the data protection authority of your country",
    },
    consent_age=Cited(16, "GDPR art. 8(1); member states may set 13 to 16"),
    reply_days=Cited(30, "GDPR art. 12(3): one month, counted here as thirty days"),
    blocks=Cited(value=False, article="GDPR art. 17: erased without setting aside first"),
    asks_again=Cited(None, "GDPR art. 7 sets none; COM(2025) 837 proposes six months and is not law"),
    honours=Cited(
        frozenset({Signal.GPC}), "no article obliges it; GDPR art. 21(5) lets objections be made by technical means"
    ),
)
"""The law of the European Union."""
