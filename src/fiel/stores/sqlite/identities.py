"""Who is who: each identity sealed under a key of its own, found by a keyed name."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from fiel.core.errors import Conflict
from fiel.core.ids import LookupTag
from fiel.ports import Identity
from fiel.stores.documents import IDENTITY, Keyed, identity_place
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.statements import Row

_SQL: Final = queries("identities")


class SqliteIdentities:
    """The tables `identities` and `suppressed`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, lookup: LookupTag) -> Identity | None:
        row = self._session.one(_SQL["find"], lookup)
        return None if row is None else self._opened(lookup, row)

    def add(self, lookup: LookupTag, identity: Identity) -> None:
        self._session.ask_for_the_writer()
        place, row = identity_place(lookup), self._session.one(_SQL["find"], lookup)
        if row is not None and self._opened(lookup, row).sid != identity.sid:
            raise Conflict("somebody else is already known by this identifier")
        keyed = self._session.safe.make(place) if row is None else self._keyed(row).next()
        sealed = self._session.safe.close(identity, IDENTITY, place=place, keyed=keyed)
        self._session.change(_SQL["put"], lookup, self._session.safe.hidden(keyed), keyed.key, keyed.revision, sealed)

    def remove(self, lookup: LookupTag) -> None:
        row = self._session.one(_SQL["find"], lookup)
        self._session.change(_SQL["remove"], lookup)
        self._session.change(_SQL["remove_entries"], lookup)
        self._session.change(_SQL["remove_requests"], lookup)
        if row is not None:
            self._session.condemn(self._keyed(row).slot)

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[tuple[LookupTag, Identity]]:
        rows = self._session.all(_SQL["page"], after or b"", limit)
        return [(LookupTag(lookup), self._opened(LookupTag(lookup), row)) for lookup, *row in rows]

    def is_suppressed(self, suppression: LookupTag) -> bool:
        return self._session.one(_SQL["is_suppressed"], suppression) is not None

    def suppress(self, suppression: LookupTag, *, at: datetime) -> None:
        self._session.change(_SQL["suppress"], suppression, at.astimezone(UTC).date().isoformat())

    def lift(self, suppression: LookupTag) -> None:
        self._session.change(_SQL["lift"], suppression)

    def _opened(self, lookup: LookupTag, row: Row) -> Identity:
        return self._session.safe.open(row[3], IDENTITY, place=identity_place(lookup), keyed=self._keyed(row))

    def _keyed(self, row: Row) -> Keyed:
        hidden, key, revision, _ = row
        return self._session.safe.keyed(hidden, key, revision)
