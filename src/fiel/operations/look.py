"""Somebody of the staff looks at one person's data: for a reason that the person reads, and never otherwise.

The look is in the ledger, under the person's own seal and on its way to them before anything is shown. What comes back
is leave to see that one person for a quarter of an hour; it is made here alone, and nothing else opens `shown`.
"""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.core.consent.leaf import look_leaf
from fiel.core.errors import Malformed, NotAllowed, Unknown
from fiel.core.ids import Identifier, Position, UseCaseId
from fiel.core.staff import Account, Look, Role, Why, sound_reason
from fiel.operations.house import House
from fiel.operations.show import Holding, Stand, show_choices, show_data, show_uses
from fiel.operations.tell import tell_looked
from fiel.operations.weigh import meet_person
from fiel.ports import Looked, Transaction, UseRecord

LASTS: Final = timedelta(minutes=15)
"""How long one look lasts; then another reason is given."""

LOOKS: Final = UseCaseId("fiel:looks")
"""Under which the ledger names somebody who was looked at: no use case can be called that."""

MAY_LOOK: Final = frozenset({Role.DPO, Role.AGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Leave to see one person's data until then, for which the ledger has a leaf at that position."""

    identifier: Identifier
    position: Position
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of one person: where they stand, what is held, and how it was used."""

    stands: tuple[Stand, ...]
    holdings: tuple[Holding, ...]
    uses: tuple[tuple[UseCaseId, UseRecord], ...]


def look_at(house: House, identifier: Identifier, *, staff: Account, why: Why, reason: str) -> Future[Seen]:
    """Note a look; done when it is durable.

    Raises `NotAllowed` for a role that may not, `Malformed` without a reason, `Unknown` if nobody is known by that name
    (then there is nothing to see, and nobody to tell).
    """
    if staff.role not in MAY_LOOK or staff.disabled is not None:
        raise NotAllowed("this role looks at nobody's data")
    reason = " ".join(reason.split())
    if not sound_reason(reason):
        raise Malformed("a look needs a reason that says something to whoever is looked at")
    look = Look(staff=staff.id, role=staff.role, why=why, reason=reason, at=house.clock.now())
    return house.store.write(lambda tx: _look(house, tx, identifier, look=look))


def shown(house: House, seen: Seen) -> Shown:
    """What one look shows; raises `NotAllowed` when it is over."""
    ask_whether_it_lasts(house, seen)
    return Shown(
        stands=show_choices(house, seen.identifier),
        holdings=show_data(house, seen.identifier, by=Attestation.CONTROLLER),
        uses=show_uses(house, seen.identifier, by=Attestation.CONTROLLER),
    )


def ask_whether_it_lasts(house: House, seen: Seen) -> None:
    """Raise `NotAllowed` once a look is over."""
    if house.clock.now() >= seen.until:
        raise NotAllowed("this look is over", hint="give a reason again")


def show_looks(house: House, identifier: Identifier) -> tuple[Look, ...]:
    """Who of the staff looked at somebody and why, latest first, for that person."""
    with house.store.read() as tx:
        person = meet_person(house, tx, identifier)
        looks = tx.looks.of(person.lookup) if person.identity is not None else ()
    return tuple(looked.look for looked in reversed(looks))


def _look(house: House, tx: Transaction, identifier: Identifier, *, look: Look) -> Seen:
    person = meet_person(house, tx, identifier)
    if person.identity is None:
        raise Unknown("nobody is known by that name")
    tag, salt = house.names.tag(person.sid, LOOKS), house.names.new_salt()
    position = tx.ledger.append(look_leaf(look, tag=tag, salt=salt))
    tx.looks.record(person.lookup, Looked(position=position, look=look, salt=salt))
    tell_looked(house, tx, person.lookup, why=look.reason)
    return Seen(identifier=identifier, position=position, until=look.at + LASTS)
