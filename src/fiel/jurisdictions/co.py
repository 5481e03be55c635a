"""Colombia: Statutory Law 1581 of 2012 with Decree 1377 of 2013."""

from datetime import date

from fiel.core.deadline import Term, Unit
from fiel.core.law import Ages, Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal

_ASKED = Reply(within=Term(10, Unit.WORKING_DAYS), extension=Term(5, Unit.WORKING_DAYS))
_CLAIMED = Cited(
    Reply(within=Term(15, Unit.WORKING_DAYS), extension=Term(8, Unit.WORKING_DAYS)),
    "Law 1581 art. 15(3): fifteen *días hábiles* from the day after, and eight more",
)

LAW = Jurisdiction(
    code="co",
    name={
        "es": "Ley 1581 de 2012 de protección de datos personales (Colombia)",
        "en": "Law 1581 of 2012 on the protection of personal data (Colombia)",
    },
    dpv="https://w3id.org/dpv/loc#CO",
    authority={
        "es": "la Superintendencia de Industria y Comercio",
        "en": "the Superintendence of Industry and Commerce (SIC)",
    },
    calendar="CO",
    zone="America/Bogota",
    since=Cited(date(2012, 10, 18), "Law 1581 of 17 October 2012, art. 30", Confidence.MEDIUM),
    mode=Cited(Mode.OPT_IN, "Law 1581 art. 9: prior, express and informed authorisation"),
    replies={
        Right.ACCESS: Cited(_ASKED, "Law 1581 art. 14: ten *días hábiles*, and five more"),
        Right.PORTABILITY: Cited(None, "not in Law 1581 of 2012"),
        Right.RECTIFICATION: _CLAIMED,
        Right.ERASURE: _CLAIMED,
        Right.RESTRICTION: Cited(
            None, "not in Law 1581 of 2012; art. 15(2) marks what is being claimed within two days"
        ),
        Right.OBJECTION: Cited(
            _CLAIMED.value, "Law 1581 art. 8(e) and 15: the authorisation is revoked by a *reclamo*"
        ),
        Right.REVIEW: Cited(None, "not in Law 1581 of 2012"),
    },
    last_day_moves=Cited(value=False, article="Law 1581 art. 14 and 15 count working days only"),
    ages=Ages(
        consent=Cited(
            18, "Law 1581 art. 7 and Decree 1377 art. 12: below it the guardian, in the child's best interest"
        ),
        sensitive=Cited(18, "Law 1581 art. 7: barred below it, but for public data"),
        advertising=Cited(18, "Law 1581 art. 7: barred below it, but for public data"),
    ),
    blocks=Cited(value=False, article="Law 1581 art. 15: corrected or erased, without setting aside first"),
    blocks_within=Cited(None, "Law 1581 art. 15(2) only marks the record"),
    asks_again=Cited(None, "Law 1581 art. 9 sets none"),
    honours=Cited(
        frozenset({Signal.GPC, Signal.ADPC}), "no article obliges it; Law 1581 art. 8(e) takes a revocation at any time"
    ),
    breach_hours=Cited(None, "Law 1581 art. 17(n) sets none; External Circular 2 of 2015 says fifteen working days"),
    complaint=Cited(None, "Law 1581 art. 16: after the controller was asked first, without a term"),
)
"""The law of Colombia."""
