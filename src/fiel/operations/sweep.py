"""Going through everybody, a page at a time: no snapshot is held for long, and no choice has to wait."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from fiel.core.ids import LookupTag
from fiel.operations.house import House
from fiel.operations.weigh import Person, known_person
from fiel.ports import Identity, Transaction

PAGE: Final = 100
"""People in one transaction."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One person met on the way."""

    person: Person
    identity: Identity


def sweep(house: House, step: Callable[[Transaction, Sweep], None]) -> int:
    """Do `step` for everybody who has an identity, each page in one transaction; answers how many there were."""
    after: LookupTag | None = None
    people = 0
    while True:
        with house.store.read() as tx:
            lookups = [lookup for lookup, _ in tx.identities.page(after, limit=PAGE)]
        if not lookups:
            return people
        house.store.write(partial(_page, lookups=lookups, step=step)).result()
        people += len(lookups)
        after = lookups[-1]


def look(house: House, step: Callable[[Transaction, Sweep], bool]) -> None:
    """Do `step` for everybody, each page in one snapshot, until it says no: nothing can be written on the way."""
    after: LookupTag | None = None
    while True:
        with house.store.read() as tx:
            page = tx.identities.page(after, limit=PAGE)
            for lookup, identity in page:
                if not step(tx, Sweep(person=known_person(lookup, identity), identity=identity)):
                    return
        if not page:
            return
        after = page[-1][0]


def _page(tx: Transaction, *, lookups: Sequence[LookupTag], step: Callable[[Transaction, Sweep], None]) -> None:
    """Read each identity again inside the transaction: somebody may have been erased since the page was read."""
    for lookup in lookups:
        identity = tx.identities.find(lookup)
        if identity is not None:
            step(tx, Sweep(person=known_person(lookup, identity), identity=identity))
