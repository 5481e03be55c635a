"""One queue for every ask, whatever the channel: whether somebody may be asked for a yes now.

The page that asks first, the mail that says a yes is soon over and whatever a shop builds on its own all come here, so
that together they ask no more than once in half a year, and after a no not before the law lets them. An entry that says
that somebody was asked counts as one (`append` in `operations/choose.py`); so does what `notices/asked.py` notes.
"""

from fiel.core.ids import Identifier, UseCaseId
from fiel.core.notices import may_ask
from fiel.core.promise.usecase import LegalBasis
from fiel.operations.house import House
from fiel.operations.weigh import Person, law_of, meet_person, place_of
from fiel.ports import Transaction


def may_be_asked(house: House, identifier: Identifier, use_case: UseCaseId) -> bool:
    """Whether a page may ask somebody for a yes to one use case now."""
    with house.store.read() as tx:
        return allowed(house, tx, meet_person(house, tx, identifier), use_case=use_case)


def allowed(house: House, tx: Transaction, person: Person, *, use_case: UseCaseId) -> bool:
    """The same inside a transaction that is already open."""
    published = house.shelf.now(tx)
    case = published.use_case(use_case)
    if person.suppressed or case.basis is not LegalBasis.CONSENT:
        return False
    place = place_of(house, person, case)
    return may_ask(
        tx.choices.standing(place),
        asked=tx.choices.asked(place),
        law_months=law_of(house, published, person.card).asks_again.value,
        now=house.clock.now(),
    )
