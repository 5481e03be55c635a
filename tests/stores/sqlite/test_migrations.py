"""The tables and their history."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from fiel.core.errors import SettingsInvalid, Tampered
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.connection import PAGE_BYTES, refuse_old_library
from fiel.stores.sqlite.migrations import migrations, schema
from fiel.stores.sqlite.queries import FOLDER, queries
from fiel.stores.sqlite.store import FILE
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import done


@pytest.fixture
def tables() -> Iterator[apsw.Connection]:
    """An empty database with the tables of today."""
    connection = apsw.Connection(":memory:")
    connection.execute(schema())
    yield connection
    connection.close()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A store that was made, closed again, and may be changed behind its back."""
    store = SqliteStore.open(tmp_path, seals=MemorySeals())
    done(store, lambda tx: tx.ledger.append(b"leaf"))
    store.close()
    return tmp_path / FILE


def shape(connection: apsw.Connection) -> list[tuple[object, ...]]:
    """Every table and index with all that is said about it, and the rows that are there from the start."""
    told = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()
    tables = [name for kind, name, *_ in told if kind == "table"]
    return [*told, *((name, *connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)]  # noqa: S608


def test_the_schema_is_all_migrations(tables: apsw.Connection) -> None:
    """The tables of a new store are those to which the migrations lead, statement by statement."""
    stepwise = apsw.Connection(":memory:")
    for step in migrations():
        stepwise.execute(step.statements)
    assert shape(stepwise) == shape(tables)
    stepwise.close()


def test_a_difference_would_be_seen(tables: apsw.Connection) -> None:
    """The control: one more column, index or row is told apart."""
    for change in (
        "ALTER TABLE uses ADD COLUMN more INTEGER",
        "CREATE INDEX more ON uses (id)",
        "INSERT INTO pending VALUES (1)",
    ):
        other = apsw.Connection(":memory:")
        other.execute(schema())
        other.execute(change)
        assert shape(other) != shape(tables)
        other.close()


def test_tables_hide_nothing(tables: apsw.Connection) -> None:
    """Every table is strict about its types and has no hidden row number that would tell in which order people came."""
    listed = tables.execute("SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    found = {name: (bool(without_rowid), bool(strict)) for name, without_rowid, strict in listed}
    del found["sqlite_schema"]
    assert found
    assert set(found.values()) == {(True, True)}


PORTS = sorted(file.name.removesuffix(".sql") for file in (FOLDER / "sql").iterdir())


@pytest.mark.parametrize("port", PORTS)
def test_every_statement_fits_the_tables(tables: apsw.Connection, port: str) -> None:
    """Each named statement is understood by SQLite on the tables of today, and is one statement."""
    for name, statement in queries(port).items():
        assert statement.count(";") == 1, name
        numbers = [int(number) for number in re.findall(r"\?(\d+)", statement)]
        values = max(numbers) if numbers else statement.count("?")
        assert tables.execute(f"EXPLAIN {statement}", (None,) * values).fetchall()


@pytest.mark.parametrize("port", PORTS)
def test_every_statement_is_used(port: str) -> None:
    """No statement lies in a file unused."""
    code = "".join(file.read_text() for file in FOLDER.iterdir() if file.name.endswith(".py"))
    assert [name for name in queries(port) if f'_SQL["{name}"]' not in code] == []


def test_a_store_is_opened_again(made: Path) -> None:
    """What is there is there after opening again, and the file says whose it is."""
    store = SqliteStore.open(made.parent, seals=MemorySeals())
    with store.read() as tx:
        assert tx.ledger.size == 1
    store.close()
    connection = sqlite3.connect(made)
    told = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "page_size")
    ]
    connection.close()
    assert told == [int.from_bytes(b"FIEL", "big"), len(migrations()), PAGE_BYTES]


def test_only_the_owner_may_read_it(made: Path) -> None:
    """Database and ballast are their owner's alone."""
    for name in (FILE, "ballast"):
        assert (made.parent / name).stat().st_mode & 0o077 == 0


def change(path: Path, statement: str) -> None:
    """Change a database behind the store's back."""
    connection = apsw.Connection(str(path))
    connection.execute(statement)
    connection.close()


def test_a_newer_store_is_refused(made: Path) -> None:
    """A file in which a later Fiel left its migration is not opened."""
    change(made, "INSERT INTO migrations SELECT max(number) + 1, x'00' FROM migrations")
    with pytest.raises(SettingsInvalid, match="newer Fiel"):
        SqliteStore.open(made.parent, seals=MemorySeals())


def test_an_edited_migration_is_refused(made: Path) -> None:
    """A file to which another form of a migration was applied is not opened."""
    change(made, "UPDATE migrations SET checksum = x'00' WHERE number = 1")
    with pytest.raises(SettingsInvalid, match="migration 1"):
        SqliteStore.open(made.parent, seals=MemorySeals())


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A database of somebody else is neither opened nor changed by a byte."""
    path = tmp_path / FILE
    change(path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
    before = path.read_bytes()
    with pytest.raises(SettingsInvalid, match="another program"):
        SqliteStore.open(tmp_path, seals=MemorySeals())
    assert path.read_bytes() == before


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """A file that is no database at all is neither opened nor changed."""
    path = tmp_path / FILE
    path.write_bytes(b"the shopping list of somebody" * 1_000)
    with pytest.raises(SettingsInvalid, match="not a store"):
        SqliteStore.open(tmp_path, seals=MemorySeals())
    assert path.read_bytes() == b"the shopping list of somebody" * 1_000


def test_a_making_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    """A file that is empty, or a database without a table yet, becomes a store."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / FILE).touch()
    (tmp_path / "two").mkdir()
    change(tmp_path / "two" / FILE, "PRAGMA journal_mode = WAL")
    for folder in ("one", "two"):
        store = SqliteStore.open(tmp_path / folder, seals=MemorySeals())
        assert done(store, lambda tx: tx.ledger.append(b"leaf")) == 0
        store.close()


def test_damage_is_told(made: Path) -> None:
    """A database whose pages were overwritten is not served as if it were whole, and the hint names the way out."""
    content = bytearray(made.read_bytes())
    content[PAGE_BYTES:] = b"\xff" * (len(content) - PAGE_BYTES)
    made.write_bytes(content)
    with pytest.raises(Tampered) as told:
        SqliteStore.open(made.parent, seals=MemorySeals())
    assert "back-up" in told.value.hint
    assert str(made) in told.value.what


@pytest.mark.parametrize(
    ("version", "is_refused"), [("3.51.2", True), ("3.7.17", True), ("3.51.3", False), ("3.60.0", False)]
)
def test_an_old_sqlite_is_refused(version: str, *, is_refused: bool) -> None:
    """A SQLite that can corrupt its log is not used."""
    if is_refused:
        with pytest.raises(SettingsInvalid, match=version):
            refuse_old_library(version)
    else:
        refuse_old_library(version)
    refuse_old_library(apsw.sqlite_lib_version())


def test_totals_from_before_formulas_had_names_are_of_an_unknown_one(tmp_path: Path) -> None:
    """Every total of an older store is kept, and marked as made by nobody knows what, so that it is added up again."""
    old, (first, second, third) = apsw.Connection(str(tmp_path / "old")), migrations()[:3]
    old.execute(first.statements + second.statements)
    cells = [("picks", "popular", "cup", "", 2), ("picks", "popular", "tea", "", 1), ("news", "blend", "cup", "cup", 9)]
    old.executemany("INSERT INTO totals VALUES (?, ?, ?, ?, ?)", cells)
    old.execute(third.statements)
    assert sorted(old.execute("SELECT * FROM totals")) == sorted(cells)
    assert sorted(old.execute("SELECT * FROM formulas")) == [("news", "blend", ""), ("picks", "popular", "")]
    old.close()
