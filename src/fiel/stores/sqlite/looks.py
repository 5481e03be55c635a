"""Looks by staff at one person's data, sealed under the key of the person."""

from collections.abc import Sequence
from typing import Final

from fiel.core.errors import Unknown
from fiel.core.ids import LookupTag
from fiel.ports import Looked
from fiel.stores.documents import LOOKED, Keyed, drawn, identity_place
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("looks")


class SqliteLooks:
    """The table `looks`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, lookup: LookupTag, looked: Looked) -> None:
        self._session.ask_for_the_writer()
        person = self._person(lookup)
        if person is None:
            raise Unknown("nobody is known by that name, so there is no key for this look")
        number = drawn()
        sealed = self._session.safe.close(looked, LOOKED, place=identity_place(lookup), keyed=person.at(number))
        self._session.change(_SQL["record"], lookup, number, sealed)

    def of(self, lookup: LookupTag) -> Sequence[Looked]:
        person = self._person(lookup)
        if person is None:
            return ()
        place = identity_place(lookup)
        found = [
            self._session.safe.open(sealed, LOOKED, place=place, keyed=person.at(number))
            for number, sealed in self._session.all(_SQL["of"], lookup)
        ]
        return sorted(found, key=lambda looked: looked.position)

    def _person(self, lookup: LookupTag) -> Keyed | None:
        row = self._session.one(_SQL["person"], lookup)
        return None if row is None else self._session.safe.keyed(row[0], row[1], 0)
