"""What people asked for under the law, in memory."""

from collections.abc import Sequence

from fiel.core.errors import Unknown
from fiel.core.ids import LookupTag, RequestId
from fiel.core.rights import Request
from fiel.stores.documents import REQUEST, identity_place, request_number
from fiel.stores.memory.state import View


class MemoryRequests:
    """Requests, sealed under the keys of whoever asked."""

    def __init__(self, view: View) -> None:
        self._view = view

    def put(self, lookup: LookupTag, request: Request) -> None:
        state = self._view.change
        row = state.identities.rows.get(lookup)
        if row is None:
            raise Unknown("nobody is known by that name, so there is no key for this request")
        keyed = row.keyed.at(request_number(request.id))
        sealed = self._view.safe.close(request, REQUEST, place=identity_place(lookup), keyed=keyed)
        state.requests.put(request.id, (lookup, sealed))

    def of(self, lookup: LookupTag) -> Sequence[Request]:
        rows = self._view.now.requests.rows
        found = [self._opened(name, row) for name, row in rows.items() if row[0] == lookup]
        return sorted(found, key=lambda request: (request.at, request.id))

    def find(self, request: RequestId) -> tuple[LookupTag, Request] | None:
        row = self._view.now.requests.rows.get(request)
        return None if row is None else (row[0], self._opened(request, row))

    def page(self, after: RequestId | None, *, limit: int) -> Sequence[tuple[LookupTag, Request]]:
        rows = self._view.now.requests.rows
        names = sorted(name for name in rows if after is None or name > after)
        return [(rows[name][0], self._opened(name, rows[name])) for name in names[:limit]]

    def _opened(self, request: RequestId, row: tuple[LookupTag, bytes]) -> Request:
        lookup, sealed = row
        keyed = self._view.now.identities.rows[lookup].keyed.at(request_number(request))
        return self._view.safe.open(sealed, REQUEST, place=identity_place(lookup), keyed=keyed)
