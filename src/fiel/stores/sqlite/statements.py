"""Statements on one connection while it is in a transaction. What SQLite reports comes out as Fiel's own errors."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import apsw

from fiel.core.errors import Conflict, FielError, Unavailable
from fiel.stores.sqlite.faults import is_full, told

Row: TypeAlias = Sequence[Any]
"""What a statement answers; each port knows the types of its own columns, which the STRICT tables keep."""

Value: TypeAlias = int | float | str | bytes | None
"""What SQLite keeps in a column."""


class Statements:
    """A connection that reads, and writes if it is `writable`.

    `full` says that the disk was full, `lost` why SQLite undid the whole transaction by itself.
    """

    def __init__(self, connection: apsw.Connection, *, path: Path, writable: bool) -> None:
        self.connection = connection
        self.path = path
        self.full = False
        self.lost: FielError | None = None
        self.is_open = False
        self._writable = writable

    def one(self, statement: str, *values: Value) -> Row | None:
        """The first row, or None."""
        rows = self._execute(statement, values)
        return rows[0] if rows else None

    def number(self, statement: str, *values: Value) -> int:
        """The one number that the statement answers, 0 for NULL."""
        row = self.one(statement, *values)
        return int(row[0] or 0) if row else 0

    def all(self, statement: str, *values: Value) -> Sequence[Row]:
        """Every row."""
        return self._execute(statement, values)

    def change(self, statement: str, *values: Value) -> None:
        """Write; raises `Conflict` within a read."""
        self.ask_for_the_writer()
        self._execute(statement, values)

    def change_each(self, statement: str, rows: Iterable[Sequence[Value]]) -> int:
        """Write once for each row, and answer how many rows were changed; raises `Conflict` within a read."""
        self.ask_for_the_writer()
        before = self.connection.total_changes()
        self._tried(lambda: self.connection.executemany(statement, rows))
        return self.connection.total_changes() - before

    def run(self, statements: str) -> None:
        """Statements about the transaction or the tables themselves, one after the other."""
        self._execute(statements, ())

    def ask_for_the_writer(self) -> None:
        """Raise `Conflict` within a read."""
        if not self._writable:
            raise Conflict("a read changes nothing", hint="hand an act to `Store.write`")

    def ask_whether_open(self) -> None:
        """Raise what stands in the way of another statement.

        After a grave error SQLite has undone everything; whatever came then would stand outside any transaction.
        """
        if self.lost is not None:
            raise Unavailable("the transaction was undone") from self.lost
        if not self.is_open:
            raise Conflict("this transaction is over", hint="read within its `with`")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _execute(self, statement: str, values: Sequence[Value]) -> Sequence[Row]:
        return self._tried(lambda: self.connection.execute(statement, values))

    def _tried(self, act: Callable[[], apsw.Cursor]) -> Sequence[Row]:
        self.ask_whether_open()
        try:
            return act().fetchall()
        except apsw.Error as error:
            self.full = self.full or is_full(error)
            fault = told(error, path=self.path)
            if not self.connection.in_transaction:
                self.lost = fault
            raise fault from error
