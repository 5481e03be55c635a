"""The write-ahead log is emptied by the writer alone, in its pauses: what was deleted lives on in it until then.

TRUNCATE, because after any milder checkpoint deleted rows can still be read in the log's file (measured: 100 of 100).
"""

from typing import Final

import apsw

from fiel.ports import CrashPoint
from fiel.stores.sqlite.connection import PATIENCE

MOST_PAGES: Final = 1_000
"""Pages after which the log is emptied also while acts are waiting (8 MiB)."""

_SHORT: Final = 50
"""Milliseconds for which readers are waited for; whoever still reads then is not disturbed, and it is tried again."""


class Checkpoint:
    """Knows how long the log is, and empties it."""

    def __init__(self, connection: apsw.Connection, *, crash: CrashPoint) -> None:
        self._connection = connection
        self._crash = crash
        self.pages = 0
        connection.set_wal_hook(self._note)

    def truncate(self) -> bool:
        """Empty the log; False if somebody still reads what is in it, or if the disk will not have it now."""
        self._crash("checkpoint.before")
        self._connection.set_busy_timeout(_SHORT)
        try:
            self._connection.wal_checkpoint(None, apsw.SQLITE_CHECKPOINT_TRUNCATE)
        except apsw.Error:
            return False
        finally:
            self._connection.set_busy_timeout(int(PATIENCE * 1_000))
        self.pages = 0
        self._crash("checkpoint.after")
        return True

    def _note(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self.pages = pages
        return apsw.SQLITE_OK
