"""One queue for every ask, whatever the channel: whether somebody may be asked for a yes now, and that they are.

The page that asks first, the mail that says a yes is soon over and whatever a shop builds on its own all come here, so
that together they ask no more than once in half a year, and after a no not before the law lets them.
"""

from fiel.core.errors import Conflict
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.notices import may_ask
from fiel.core.promise.usecase import LegalBasis
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.weigh import Person, law_of, meet_person, place_of
from fiel.ports import Transaction


def may_be_asked(house: House, identifier: Identifier, use_case: UseCaseId) -> bool:
    """Whether a page may ask somebody for a yes to one use case now."""
    with house.store.read() as tx:
        return allowed(house, tx, meet_person(house, tx, identifier), use_case=use_case)


def note_ask(house: House, identifier: Identifier, use_case: UseCaseId) -> bool:
    """Note that somebody is being asked; done when it is durable.

    False for a browser of which nothing is kept: it has to remember by itself, for no row is made of it. Raises
    `Conflict` if they may not be asked, also if that is so since they were looked at.
    """
    return house.store.write(lambda tx: _note(house, tx, identifier, use_case=use_case)).result()


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


def _note(house: House, tx: Transaction, identifier: Identifier, *, use_case: UseCaseId) -> bool:
    person = meet_person(house, tx, identifier)
    if not allowed(house, tx, person, use_case=use_case):
        raise Conflict("this person may not be asked again yet", hint="wait; they may always choose by themselves")
    if person.identity is None:
        if identifier.kind is IdentifierKind.ANONYMOUS:
            return False
        enrol(tx, person, language=person.card.language)
    place = place_of(house, person, house.shelf.now(tx).use_case(use_case))
    tx.choices.ask(place, at=house.clock.now())
    return True
