"""Entries, sealed beside the identity and found through it alone, and the standing that each one leaves, veiled.

Which tag an entry has in the ledger is sealed with it: a row with both names would join a person's use cases. So would
the instant and the position of a standing in the clear: choices that were made together share them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from fiel.core.consent.choice import UNDECIDED, Standing
from fiel.core.errors import Unknown
from fiel.core.ids import LedgerTag, LookupTag, Place, Pseudonym, UseCaseId
from fiel.ports import Recorded
from fiel.stores.documents import ENTERED, Entered, Keyed, identity_place
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("choices")
_PAGE: Final = 1_000


class SqliteChoices:
    """The tables `standings` and `entries`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, place: Place) -> Standing:
        row = self._session.one(_SQL["standing"], place.use_case, place.pseudonym)
        return UNDECIDED if row is None else self._unveiled(place.use_case, place.pseudonym, veiled=row[0])

    def stand(self, place: Place, standing: Standing) -> None:
        self._session.ask_for_the_writer()
        veiled = self._session.safe.veil(standing, spot=(place.use_case, place.pseudonym))
        self._session.change(_SQL["stand"], place.use_case, place.pseudonym, veiled)

    def clear(self, place: Place) -> None:
        self._session.change(_SQL["clear"], place.use_case, place.pseudonym)
        self._session.change(_SQL["clear_asks"], place.use_case, place.pseudonym)

    def asked(self, place: Place) -> datetime | None:
        row = self._session.one(_SQL["asked"], place.use_case, place.pseudonym)
        return None if row is None else self._session.safe.unveil_ask(row[0], spot=(place.use_case, place.pseudonym))

    def ask(self, place: Place, *, at: datetime) -> None:
        self._session.ask_for_the_writer()
        veiled = self._session.safe.veil_ask(at, spot=(place.use_case, place.pseudonym))
        self._session.change(_SQL["ask"], place.use_case, place.pseudonym, veiled)

    def record(self, lookup: LookupTag, tag: LedgerTag, recorded: Recorded) -> None:
        self._session.ask_for_the_writer()
        person = self._person(lookup)
        if person is None:
            raise Unknown("nobody is known by that name, so there is no key for this entry")
        number = self._session.number(_SQL["last_entry"], lookup) + 1
        sealed = self._session.safe.close(
            Entered(tag=tag, recorded=recorded), ENTERED, place=identity_place(lookup), keyed=person.at(number)
        )
        self._session.change(_SQL["record"], lookup, number, sealed)

    def of(self, lookup: LookupTag, tag: LedgerTag) -> Sequence[Recorded]:
        person, place = self._person(lookup), identity_place(lookup)
        if person is None:
            return ()
        entered = (
            self._session.safe.open(sealed, ENTERED, place=place, keyed=person.at(number))
            for number, sealed in self._session.all(_SQL["entries"], lookup)
        )
        return [each.recorded for each in entered if each.tag == tag]

    def places(self, use_case: UseCaseId) -> Iterator[tuple[Pseudonym, Standing]]:
        after = b""
        while rows := self._session.all(_SQL["places"], use_case, after, _PAGE):
            for pseudonym, veiled in rows:
                yield Pseudonym(pseudonym), self._unveiled(use_case, Pseudonym(pseudonym), veiled=veiled)
            after = rows[-1][0]

    def _unveiled(self, use_case: UseCaseId, pseudonym: Pseudonym, *, veiled: bytes) -> Standing:
        return self._session.safe.unveil(veiled, spot=(use_case, pseudonym))

    def _person(self, lookup: LookupTag) -> Keyed | None:
        row = self._session.one(_SQL["person"], lookup)
        return None if row is None else self._session.safe.keyed(row[0], row[1], 0)
