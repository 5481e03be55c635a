"""A connection's transactions, one after the other: what the ports work with, and what the writer steers."""

from pathlib import Path
from typing import Final

import apsw

from fiel.core.errors import FielError
from fiel.core.ids import Slot
from fiel.ports import Seals
from fiel.stores.documents import Safe
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.statements import Statements

_SQL: Final = queries("transaction")


class Session(Statements):
    """Statements, the safe, and the generation's number; of use only between `begin` and `commit` or `roll_back`."""

    def __init__(self, connection: apsw.Connection, *, path: Path, seals: Seals, writable: bool) -> None:
        super().__init__(connection, path=path, writable=writable)
        self._seals = seals
        self._begin = "BEGIN IMMEDIATE" if writable else "BEGIN"
        self._generation = self._highest = 0
        self.safe = Safe(seals)

    def begin(self, *, unread: bool = False) -> None:
        """Begin a transaction: a writer takes the lock, a reader its snapshot. `unread`: there may be no tables yet."""
        self.lost, self.full, self.is_open = None, False, True
        self.safe = Safe(self._seals)
        try:
            self.run(self._begin)
            # SQLite takes a snapshot at the first read, not at BEGIN.
            self._generation = 0 if unread else self.number(_SQL["generation"])
        except FielError:
            self.roll_back()
            raise

    def commit(self) -> None:
        """Make all of it durable."""
        self.run("COMMIT")
        self.is_open = False

    def roll_back(self) -> None:
        """Undo all of it, if SQLite has not done so already; or end a read."""
        self.is_open = False
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def mark(self) -> None:
        """Begin one act within the transaction."""
        self.safe = Safe(self._seals)
        self.run("SAVEPOINT act")

    def keep(self) -> None:
        """End the act."""
        self.run("RELEASE act")

    def undo(self) -> None:
        """Undo the act alone."""
        self.run("ROLLBACK TO act; RELEASE act")
        self._generation = self.number(_SQL["generation"])

    def condemn(self, slot: Slot) -> None:
        """Let the key in a slot be destroyed once this transaction is durable."""
        self.change(_SQL["condemn"], slot)
        self.safe.condemn(slot)

    def generation(self) -> int:
        """The number of the generation in this transaction."""
        self.ask_whether_open()
        return self._generation

    def grow(self) -> None:
        """Note that the promise, a model or the catalogue changed; no number comes twice, also after an undone act."""
        self.ask_for_the_writer()
        self._generation = self._highest = self.number(_SQL["grow"], self._highest)
