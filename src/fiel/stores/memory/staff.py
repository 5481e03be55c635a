"""Who works for the controller, in memory."""

from collections.abc import Collection, Mapping, Sequence

from fiel.core.errors import Conflict, Unknown
from fiel.core.ids import Digest, LookupTag, StaffId
from fiel.ports import Link, Looked
from fiel.stores.documents import LOOKED, drawn, identity_place
from fiel.stores.memory.state import View


class MemoryStaff:
    """Accounts, handles and links."""

    def __init__(self, view: View) -> None:
        self._view = view

    def account(self, staff: StaffId) -> str | None:
        return self._view.now.staff.rows.get(staff)

    def accounts(self) -> Mapping[StaffId, str]:
        return dict(self._view.now.staff.rows)

    def put(self, staff: StaffId, sealed: str, *, handles: Collection[Digest]) -> None:
        state = self._view.change
        if any(self.called(handle) not in {None, staff} for handle in handles):
            raise Conflict("there is another account of that name")
        for handle in [handle for handle, whose in state.handles.rows.items() if whose == staff]:
            state.handles.drop(handle)
        for handle in handles:
            state.handles.put(handle, staff)
        state.staff.put(staff, sealed)

    def called(self, handle: Digest) -> StaffId | None:
        return self._view.now.handles.rows.get(handle)

    def put_link(self, digest: Digest, link: Link) -> None:
        self._view.change.links.put(digest, link)

    def link(self, digest: Digest) -> Link | None:
        return self._view.now.links.rows.get(digest)

    def drop_links(self, staff: StaffId) -> None:
        table = self._view.change.links
        for digest in [digest for digest, link in table.rows.items() if link.staff == staff]:
            table.drop(digest)


class MemoryLooks:
    """Who looked at whom, under the key of whom they looked at."""

    def __init__(self, view: View) -> None:
        self._view = view

    def record(self, lookup: LookupTag, looked: Looked) -> None:
        state = self._view.change
        person = state.identities.rows.get(lookup)
        if person is None:
            raise Unknown("nobody is known by that name, so there is no key for this look")
        number = drawn()
        sealed = self._view.safe.close(looked, LOOKED, place=identity_place(lookup), keyed=person.keyed.at(number))
        state.looks.put(lookup, (*state.looks.rows.get(lookup, ()), (number, sealed)))

    def of(self, lookup: LookupTag) -> Sequence[Looked]:
        person = self._view.now.identities.rows.get(lookup)
        if person is None:
            return ()
        place = identity_place(lookup)
        found = [
            self._view.safe.open(sealed, LOOKED, place=place, keyed=person.keyed.at(number))
            for number, sealed in self._view.now.looks.rows.get(lookup, ())
        ]
        return sorted(found, key=lambda looked: looked.position)
