"""The connections that read: as many as there are reads at once, each used again by the next read."""

from pathlib import Path
from types import TracebackType

from fiel.core.errors import Unavailable
from fiel.ports import Seals, Transaction
from fiel.stores.sqlite.connection import open_reader
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.transaction import SqliteTransaction


class Readers:
    """Open connections, the one used last on top."""

    def __init__(self, path: Path, *, seals: Seals, vfs: str | None) -> None:
        self._path, self._seals, self._vfs = path, seals, vfs
        self._idle: list[SqliteTransaction] = []
        self._closed = False

    def take(self) -> SqliteTransaction:
        """A transaction that nobody uses, not yet begun. Raises `Unavailable` once closed."""
        if self._closed:
            raise Unavailable("the store is closed")
        try:
            return self._idle.pop()
        except IndexError:
            connection = open_reader(self._path, vfs=self._vfs)
            return SqliteTransaction(Session(connection, path=self._path, seals=self._seals, writable=False))

    def give_back(self, tx: SqliteTransaction) -> None:
        """Let the next read have it."""
        self._idle.append(tx)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().session.close()


class Snapshot:
    """One read: a snapshot from `with` to its end."""

    __slots__ = ("_readers", "_tx")

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._tx: SqliteTransaction | None = None

    def __enter__(self) -> Transaction:
        self._tx = self._readers.take()
        try:
            self._tx.session.begin()
        except BaseException:
            self._tx.session.close()
            raise
        return self._tx

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._tx is not None:
            self._tx.session.roll_back()
            self._readers.give_back(self._tx)
            self._tx = None
