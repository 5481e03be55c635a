"""What people asked for, sealed beside the identity: found by its id, or through the person, and gone with them."""

from collections.abc import Sequence
from typing import Final

from fiel.core.errors import Unknown
from fiel.core.ids import LookupTag, RequestId
from fiel.core.rights import Request
from fiel.stores.documents import REQUEST, Keyed, identity_place, request_number
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.statements import Row

_SQL: Final = queries("requests")


class SqliteRequests:
    """The table `requests`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, lookup: LookupTag, request: Request) -> None:
        self._session.ask_for_the_writer()
        row = self._session.one(_SQL["person"], lookup)
        if row is None:
            raise Unknown("nobody is known by that name, so there is no key for this request")
        keyed = self._keyed(row[0], row[1], request.id)
        sealed = self._session.safe.close(request, REQUEST, place=identity_place(lookup), keyed=keyed)
        self._session.change(_SQL["put"], bytes.fromhex(request.id), lookup, sealed)

    def of(self, lookup: LookupTag) -> Sequence[Request]:
        found = [self._opened(row)[1] for row in self._session.all(_SQL["of"], lookup)]
        return sorted(found, key=lambda request: (request.at, request.id))

    def find(self, request: RequestId) -> tuple[LookupTag, Request] | None:
        row = self._session.one(_SQL["find"], bytes.fromhex(request))
        return None if row is None else self._opened(row)

    def page(self, after: RequestId | None, *, limit: int) -> Sequence[tuple[LookupTag, Request]]:
        rows = self._session.all(_SQL["page"], bytes.fromhex(after or ""), limit)
        return [self._opened(row) for row in rows]

    def _opened(self, row: Row) -> tuple[LookupTag, Request]:
        name, lookup, hidden, key, sealed = row
        keyed = self._keyed(hidden, key, RequestId(bytes(name).hex()))
        place = identity_place(LookupTag(lookup))
        return LookupTag(lookup), self._session.safe.open(sealed, REQUEST, place=place, keyed=keyed)

    def _keyed(self, hidden: int, key: bytes, request: RequestId) -> Keyed:
        return self._session.safe.keyed(hidden, key, 0).at(request_number(request))
