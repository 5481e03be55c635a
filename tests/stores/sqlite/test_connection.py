"""How connections are opened is how they promise to be."""

from pathlib import Path

import apsw
import pytest

from fiel.stores.sqlite.connection import PAGE_BYTES, open_reader, open_writer


def asked(connection: apsw.Connection, *names: str) -> dict[str, object]:
    """What a connection says about itself."""
    return {name: connection.execute(f"PRAGMA {name}").fetchall()[0][0] for name in names}


def test_a_writer_is_durable_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The writer syncs every commit, overwrites what it deletes, empties the log itself, and uses no temporary file."""
    connection = open_writer(tmp_path / "x.db")
    promised = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "wal_autocheckpoint": 0,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "page_size": PAGE_BYTES,
    }
    assert asked(connection, *promised) == promised
    connection.close()


def test_a_plain_connection_promises_less(tmp_path: Path) -> None:
    """The control: what SQLite does unasked is not what is promised here."""
    connection = apsw.Connection(str(tmp_path / "x.db"))
    told = asked(connection, "journal_mode", "secure_delete", "temp_store")
    assert told == {"journal_mode": "delete", "secure_delete": 0, "temp_store": 0}
    connection.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    """A reader's connection refuses to write, whatever asks it to, and uses no temporary file."""
    open_writer(tmp_path / "x.db").close()
    connection = open_reader(tmp_path / "x.db")
    assert asked(connection, "query_only", "temp_store") == {"query_only": 1, "temp_store": 2}
    with pytest.raises(apsw.ReadOnlyError):
        connection.execute("CREATE TABLE x (y)")
    connection.close()
