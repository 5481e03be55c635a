"""Who works for the controller, in memory."""

from collections.abc import Collection, Mapping

from fiel.core.errors import Conflict
from fiel.core.ids import Digest, StaffId
from fiel.ports import Link
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
