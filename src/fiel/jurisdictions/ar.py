"""Argentina: Law 25.326 on the protection of personal data, with Decree 1558/2001."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_FIVE = Reply(within=Term(5, Unit.WORKING_DAYS))

LAW = Jurisdiction(
    code="ar",
    name={
        "es": "Ley 25.326 de protección de los datos personales (Argentina)",
        "en": "Law 25.326 on the protection of personal data (Argentina)",
    },
    dpv="https://w3id.org/dpv/loc#AR",
    authority={
        "es": "la Agencia de Acceso a la Información Pública",
        "en": "the Agency of Access to Public Information (AAIP)",
    },
    calendar="AR",
    zone="America/Argentina/Buenos_Aires",
    since=Cited(date(2000, 11, 2), "Law 25.326, in the official gazette of 2 November 2000"),
    mode=Cited(Mode.OPT_IN, "Law 25.326 art. 5(1): free, express and informed; art. 27 for profiles of advertising"),
    replies={
        Right.ACCESS: Cited(Reply(within=Term(10, Unit.DAYS)), "Law 25.326 art. 14(2): ten *días corridos*"),
        Right.PORTABILITY: Cited(None, "not in Law 25.326"),
        Right.RECTIFICATION: Cited(_FIVE, "Law 25.326 art. 16(2): five *días hábiles*"),
        Right.ERASURE: Cited(_FIVE, "Law 25.326 art. 16(2): five *días hábiles*"),
        Right.RESTRICTION: Cited(
            None, "Law 25.326 art. 16(6): blocked or annotated while it is verified, without a term of its own"
        ),
        Right.OBJECTION: Cited(None, "Law 25.326 art. 27(3): withdrawn or blocked at any time, without a term"),
        Right.REVIEW: Cited(None, "Law 25.326 art. 20 speaks of decisions of courts and authorities only"),
    },
    last_day_moves=Cited(value=False, article="Law 25.326 art. 14 and 16 say nothing of it", confidence=Confidence.LOW),
    ages=Ages(
        consent=Cited(None, "Law 25.326 sets none; Civil and Commercial Code art. 25 and 26 unread", Confidence.UNREAD),
        sensitive=Cited(
            None, "Law 25.326 art. 7 sets none; Civil and Commercial Code art. 26 unread", Confidence.UNREAD
        ),
        advertising=Cited(None, "Law 25.326 art. 27 sets none"),
    ),
    blocks=Cited(value=True, article="Law 25.326 art. 16(6): blocked, or annotated, while it is verified"),
    blocks_within=Cited(None, "Law 25.326 art. 16(6) sets none"),
    asks_again=Cited(None, "Law 25.326 art. 27 sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}), "no article obliges it; Law 25.326 art. 27(3) takes a no at any time"
    ),
    breach_hours=Cited(None, "Law 25.326 sets no duty; Resolution 47/2018 recommends one"),
    complaint=Cited(None, "Law 25.326 art. 29 and 33 set no term"),
)
"""The law of Argentina."""
