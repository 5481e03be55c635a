"""Who works for the controller: sealed accounts, the digests by which they are found, links that let them in."""

from collections.abc import Collection, Mapping
from typing import Final

from fiel.core.errors import Conflict
from fiel.core.ids import Digest, StaffId
from fiel.ports import Link
from fiel.stores.sqlite.moments import instant, micros
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("staff")


class SqliteStaff:
    """The tables `staff`, `staff_handles` and `staff_links`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def account(self, staff: StaffId) -> str | None:
        row = self._session.one(_SQL["account"], staff)
        return None if row is None else str(row[0])

    def accounts(self) -> Mapping[StaffId, str]:
        return {StaffId(staff): sealed for staff, sealed in self._session.all(_SQL["accounts"])}

    def put(self, staff: StaffId, sealed: str, *, handles: Collection[Digest]) -> None:
        self._session.ask_for_the_writer()
        if any(self.called(handle) not in {None, staff} for handle in handles):
            raise Conflict("there is another account of that name")
        self._session.change(_SQL["put"], staff, sealed)
        self._session.change(_SQL["uncall"], staff)
        for handle in handles:
            self._session.change(_SQL["call"], handle, staff)

    def called(self, handle: Digest) -> StaffId | None:
        row = self._session.one(_SQL["called"], handle)
        return None if row is None else StaffId(row[0])

    def put_link(self, digest: Digest, link: Link) -> None:
        self._session.change(_SQL["put_link"], digest, link.staff, micros(link.until), int(link.invites))

    def link(self, digest: Digest) -> Link | None:
        row = self._session.one(_SQL["link"], digest)
        return None if row is None else Link(staff=StaffId(row[0]), until=instant(row[1]), invites=bool(row[2]))

    def drop_links(self, staff: StaffId) -> None:
        self._session.change(_SQL["drop_links"], staff)
