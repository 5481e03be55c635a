"""That somebody is being asked, by whatever is no entry of the ledger: it counts in the one queue of all asks."""

from fiel.core.errors import Conflict
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.operations.ask import allowed
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.weigh import meet_person, place_of
from fiel.ports import Transaction


def note_ask(house: House, identifier: Identifier, use_case: UseCaseId) -> bool:
    """Note that somebody is being asked; done when it is durable.

    False for a browser of which nothing is kept: it has to remember by itself, for no row is made of it. Raises
    `Conflict` if they may not be asked, also if that is so since they were looked at.
    """
    return house.store.write(lambda tx: _note(house, tx, identifier, use_case=use_case)).result()


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
