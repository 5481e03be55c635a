"""The store on SQLite, put together: one writer, as many readers as read at once, and recovery before either."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Final, Self, TypeVar

from fiel.core.errors import Unavailable
from fiel.ports import CrashPoint, Seals, Transaction, calm
from fiel.stores.sqlite.ballast import Ballast
from fiel.stores.sqlite.checkpoint import Checkpoint
from fiel.stores.sqlite.commit import GroupCommit
from fiel.stores.sqlite.connection import open_writer
from fiel.stores.sqlite.desk import Desk
from fiel.stores.sqlite.locks import FileLock, Turn
from fiel.stores.sqlite.migrations import migrate
from fiel.stores.sqlite.readers import Readers, Snapshot
from fiel.stores.sqlite.recovery import recover, refuse_strange_keys
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.transaction import SqliteTransaction
from fiel.stores.sqlite.writer import Writer

T = TypeVar("T")

FILE: Final = "fiel.db"
"""The database's name in the data folder."""


class SqliteStore:
    """A `Store` in one folder."""

    def __init__(self, writer: Writer, readers: Readers, *, serving: FileLock) -> None:
        """Put together what `open` opened."""
        self._writer, self._readers, self._serving = writer, readers, serving

    @classmethod
    def open(
        cls, folder: Path, *, seals: Seals, exclusive: bool = False, crash: CrashPoint = calm, vfs: str | None = None
    ) -> Self:
        """Open the store in a folder, and make what is not there; `exclusive` keeps a second server out.

        `vfs` names a SQLite VFS that the caller registered; tests make disks fail with it. Raises `SettingsInvalid`
        for another program's file, a newer Fiel's or an old SQLite, `Tampered` for a damaged one, `Unavailable` if
        another server has the folder, or the disk or its rights do not allow it.
        """
        with ExitStack() as opened:
            path = folder / FILE
            session = Session(open_writer(path, vfs=vfs), path=path, seals=seals, writable=True)
            opened.callback(session.close)
            serving, turn = FileLock(folder / "serve.lock"), Turn(folder)
            opened.callback(serving.close)
            opened.callback(turn.close)
            alone = serving.take()
            if exclusive and not alone:
                raise Unavailable(f"another server works in `{folder}`", hint="stop it, or name another data folder")
            with turn:
                _prepare(session, seals, thoroughly=alone, crash=crash)
            if not exclusive:
                serving.release()
            checkpoint, ballast = Checkpoint(session.connection, crash=crash), Ballast(folder / "ballast")
            checkpoint.truncate()
            ballast.ensure()
            commit = GroupCommit(SqliteTransaction(session), seals=seals, turn=turn, crash=crash)
            opened.pop_all()
            writer = Writer(Desk(commit, checkpoint, ballast=ballast, close=lambda: _close(session, turn)))
            return cls(writer, Readers(path, seals=seals, vfs=vfs), serving=serving)

    def read(self) -> AbstractContextManager[Transaction]:
        return Snapshot(self._readers)

    def write(self, act: Callable[[Transaction], T], *, urgent: bool = False) -> Future[T]:
        return self._writer.hand_over(act, urgent=urgent)

    def close(self) -> None:
        self._readers.close()
        self._writer.close()
        self._serving.close()


def _prepare(session: Session, seals: Seals, *, thoroughly: bool, crash: CrashPoint) -> None:
    """Bring the tables up to date, then destroy the keys that nothing needs."""
    session.begin(unread=True)
    try:
        if migrate(session):
            refuse_strange_keys(session, seals)
        session.commit()
        session.begin()
        recover(session, seals, thoroughly=thoroughly, crash=crash)
        session.commit()
    finally:
        session.roll_back()


def _close(session: Session, turn: Turn) -> None:
    session.close()
    turn.close()
