"""How a connection is opened: durable, overwriting what it deletes, and keeping nothing in temporary files."""

import os
from pathlib import Path
from typing import Final

import apsw

from fiel.core.errors import SettingsInvalid, Unavailable
from fiel.stores.sqlite.faults import told

OLDEST: Final = (3, 51, 3)
"""Older ones can corrupt a write-ahead log that is reset while somebody reads (fixed in 3.51.3)."""

PATIENCE: Final = 10.0
"""Seconds for which a writer waits for another program's lock."""

PAGE_BYTES: Final = 8_192
"""A padded document of 1 KiB lies within its page: one read instead of two (measured 10 µs against 25 µs)."""

APPLICATION: Final = int.from_bytes(b"FIEL", "big")
"""By which the file says whose it is (PRAGMA application_id)."""

_WRITER: Final = """
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA wal_autocheckpoint = 0;
"""
_EITHER: Final = """
PRAGMA temp_store = MEMORY;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA cache_size = -32000;
"""


def refuse_old_library(version: str) -> None:
    """Raise `SettingsInvalid` for a SQLite that may lose what it was given."""
    if tuple(int(part) for part in version.split(".")) < OLDEST:
        raise SettingsInvalid(
            f"SQLite {version} is too old: it can corrupt the store", hint="install apsw 3.51.3 or newer from its wheel"
        )


def open_writer(path: Path, *, vfs: str | None = None) -> apsw.Connection:
    """The connection that writes; makes the file, for its owner only, if it is not there. Raises `FielError`."""
    refuse_old_library(apsw.sqlite_lib_version())
    _make(path)
    try:
        connection = apsw.Connection(str(path), vfs=vfs)
        connection.set_busy_timeout(int(PATIENCE * 1_000))
        _refuse_foreign(connection, path)
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchall()
        # A pragma that answers would end the run before the next one, were its answer not fetched.
        connection.execute(_WRITER + _EITHER).fetchall()
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    except apsw.Error as error:
        raise told(error, path=path) from error
    if mode != [("wal",)]:
        raise SettingsInvalid(f"the file system under `{path}` cannot hold a store", hint="use a local disk")
    return connection


def open_reader(path: Path, *, vfs: str | None = None) -> apsw.Connection:
    """A connection that only reads. Raises `FielError`."""
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
        connection.set_busy_timeout(int(PATIENCE * 1_000))
        connection.execute(_EITHER + "PRAGMA query_only = ON;").fetchall()
    except apsw.Error as error:
        raise told(error, path=path) from error
    return connection


def _refuse_foreign(connection: apsw.Connection, path: Path) -> None:
    """Leave another program's database as it is: nothing was written to it yet."""
    application = connection.execute("PRAGMA application_id").fetchall()[0][0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()[0][0]
    if application != APPLICATION and (application or tables):
        connection.close()
        raise SettingsInvalid(f"`{path}` is another program's database", hint="name another data folder")


def _make(path: Path) -> None:
    # Never open and close a database that is in use by other means than SQLite: closing it would drop SQLite's locks.
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        hint = "let the account that runs Fiel own the folder"
        raise Unavailable(f"`{path}` cannot be made: {error.strerror}", hint=hint) from error
