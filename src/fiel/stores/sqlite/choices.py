"""Entries, sealed beside the identity and found through it alone, and the standing that each one leaves.

Which tag an entry has in the ledger is sealed with it: a row with both names would join a person's use cases.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from fiel.core.consent.choice import UNDECIDED, Standing, Status
from fiel.core.errors import Unknown
from fiel.core.ids import KeyId, LedgerTag, LookupTag, Place, Position, Pseudonym, Slot, UseCaseId, Version
from fiel.core.promise.usecase import Level
from fiel.ports import Recorded
from fiel.stores.documents import ENTERED, Entered, Keyed, identity_place
from fiel.stores.sqlite.moments import instant_or_none, micros_or_none
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.statements import Row

_SQL: Final = queries("choices")
_PAGE: Final = 1_000


class SqliteChoices:
    """The tables `standings` and `entries`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, place: Place) -> Standing:
        row = self._session.one(_SQL["standing"], place.use_case, place.pseudonym)
        return UNDECIDED if row is None else _standing(row)

    def stand(self, place: Place, standing: Standing) -> None:
        self._session.change(
            _SQL["stand"],
            place.use_case,
            place.pseudonym,
            standing.status.value,
            int(standing.level),
            int(standing.contributes),
            standing.version,
            micros_or_none(standing.at),
            micros_or_none(standing.since),
            standing.position,
        )

    def clear(self, place: Place) -> None:
        self._session.change(_SQL["clear"], place.use_case, place.pseudonym)

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
            for pseudonym, *row in rows:
                yield Pseudonym(pseudonym), _standing(row)
            after = rows[-1][0]

    def _person(self, lookup: LookupTag) -> Keyed | None:
        row = self._session.one(_SQL["person"], lookup)
        return None if row is None else Keyed(Slot(row[0]), KeyId(row[1]), 0)


def _standing(row: Row) -> Standing:
    status, level, contributes, version, at, since, position = row
    return Standing(
        status=Status(status),
        level=Level(level),
        contributes=bool(contributes),
        version=None if version is None else Version(version),
        at=instant_or_none(at),
        since=instant_or_none(since),
        position=None if position is None else Position(position),
    )
