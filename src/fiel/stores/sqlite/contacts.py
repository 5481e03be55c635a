"""The addresses for notices, sealed under the key of the person, as their entries are."""

from collections.abc import Sequence
from typing import Final

from fiel.core.errors import Unknown
from fiel.core.ids import LookupTag
from fiel.ports import Contact
from fiel.stores.documents import CONTACT, Keyed, drawn, identity_place
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("contacts")


class SqliteContacts:
    """The table `contacts`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, lookup: LookupTag) -> Contact | None:
        person, row = self._person(lookup), self._session.one(_SQL["find"], lookup)
        if person is None or row is None:
            return None
        return self._session.safe.open(row[1], CONTACT, place=identity_place(lookup), keyed=person.at(row[0]))

    def put(self, lookup: LookupTag, contact: Contact, *, tag: bytes) -> None:
        self._session.ask_for_the_writer()
        person = self._person(lookup)
        if person is None:
            raise Unknown("nobody is known by that name, so there is no key for an address")
        keyed = person.at(drawn())
        sealed = self._session.safe.close(contact, CONTACT, place=identity_place(lookup), keyed=keyed)
        self._session.change(_SQL["put"], lookup, tag, keyed.revision, sealed)

    def remove(self, lookup: LookupTag) -> None:
        self._session.change(_SQL["remove"], lookup)

    def at(self, tag: bytes) -> Sequence[LookupTag]:
        return [LookupTag(lookup) for (lookup,) in self._session.all(_SQL["at"], tag)]

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[LookupTag]:
        return [LookupTag(lookup) for (lookup,) in self._session.all(_SQL["page"], after or b"", limit)]

    def _person(self, lookup: LookupTag) -> Keyed | None:
        row = self._session.one(_SQL["person"], lookup)
        return None if row is None else self._session.safe.keyed(row[0], row[1], 0)
