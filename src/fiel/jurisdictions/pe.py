"""Peru: Law 29733 with the regulation of Supreme Decree 016-2024-JUS."""

from datetime import date

from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_UNREAD: Cited[Reply | None] = Cited(
    None, "D.S. 016-2024-JUS was not read; the rules of 2013 gave 20 and 10 working days", Confidence.UNREAD
)

LAW = Jurisdiction(
    code="pe",
    name={
        "es": "Ley 29733 de protección de datos personales (Perú)",
        "en": "Law 29733 on the protection of personal data (Peru)",
    },
    dpv="https://w3id.org/dpv/loc#PE",
    authority={
        "es": "la Autoridad Nacional de Protección de Datos Personales",
        "en": "the National Authority for the Protection of Personal Data (ANPD)",
    },
    calendar="PE",
    zone="America/Lima",
    since=Cited(date(2025, 3, 30), "D.S. 016-2024-JUS, in force 120 days after its publication", Confidence.MEDIUM),
    mode=Cited(Mode.OPT_IN, "Law 29733 art. 13(5): free, prior, express, unequivocal and informed"),
    replies=dict.fromkeys(Right, _UNREAD),
    last_day_moves=Cited(
        value=False, article="D.S. 016-2024-JUS was not read: the earlier day is kept", confidence=Confidence.LOW
    ),
    ages=Ages(
        consent=Cited(14, "Law 29733 art. 13 and D.S. 016-2024-JUS: below it the parents", Confidence.MEDIUM),
        sensitive=Cited(None, "D.S. 016-2024-JUS was not read", Confidence.UNREAD),
        advertising=Cited(None, "D.S. 016-2024-JUS was not read", Confidence.UNREAD),
    ),
    blocks=Cited(
        value=True, article="Law 29733 art. 20: set aside while a request is examined", confidence=Confidence.MEDIUM
    ),
    blocks_within=Cited(None, "D.S. 016-2024-JUS was not read", Confidence.UNREAD),
    asks_again=Cited(None, "D.S. 016-2024-JUS was not read", Confidence.UNREAD),
    honours=Cited(frozenset({Signal.GPC, Signal.ADPC}), "no article obliges it; Law 29733 art. 22 takes an objection"),
    breach_hours=Cited(48, "D.S. 016-2024-JUS", Confidence.MEDIUM),
    complaint=Cited(None, "D.S. 016-2024-JUS was not read", Confidence.UNREAD),
)
"""The law of Peru: its terms are for a person to look up."""
