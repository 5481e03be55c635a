"""Whoever writes into the database by hand is found out: any one edit of the ledger, of entries or of standings."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import apsw
import pytest

from fiel.core.consent.choice import Standing, Status
from fiel.core.errors import FielError
from fiel.core.ids import AreaId, Identifier, IdentifierKind, Place, Position
from fiel.core.promise.usecase import Level
from fiel.keys.signer import verify
from fiel.operations.audit import audit
from fiel.operations.prove import checkpoint
from fiel.stores.sqlite import FILE, SqliteStore
from fiel.testing import MemorySeals
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import done_each
from tests.laws.world import CARD, PICKS
from tests.operations.houses import opened, say

PEOPLE = [Identifier(IdentifierKind.USER, f"person {number}") for number in range(6)]
Edit = Callable[[apsw.Connection, random.Random], bool]
Restating = Callable[[Standing, random.Random], Standing]


def flip(database: apsw.Connection, chance: random.Random, *, table: str, column: str) -> bool:
    """One bit of one value is another."""
    where, blob = chance.choice(_rows(database, table, column))
    at = chance.randrange(8 * len(blob))
    bent = bytearray(blob)
    bent[at // 8] ^= 1 << at % 8
    database.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (bytes(bent),))  # noqa: S608 - names above
    return True


def delete(database: apsw.Connection, chance: random.Random, *, table: str, column: str) -> bool:
    """One row is gone."""
    where, _ = chance.choice(_rows(database, table, column))
    database.execute(f"DELETE FROM {table} WHERE {where}")  # noqa: S608 - as above
    return True


def swap(database: apsw.Connection, chance: random.Random, *, table: str, column: str) -> bool:
    """Two values are in each other's place; no edit if they are equal."""
    (one, first), (other, second) = chance.sample(_rows(database, table, column), 2)
    for where, value in ((one, second), (other, first)):
        database.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (value,))  # noqa: S608 - as above
    return first != second


def changed(standing: Standing, chance: random.Random, *, part: str, values: tuple[object, ...]) -> Standing:
    """The standing with one part that says something else."""
    value = chance.choice([value for value in values if value != getattr(standing, part)])
    return replace(standing, **{part: value})  # type: ignore[arg-type] # each is its part's own


SEALED = (
    ("leaves", "leaf"),
    ("nodes", "hash"),
    ("entries", "sealed"),
    ("identities", "sealed"),
    ("standings", "veiled"),
)
EDITS: dict[str, Edit] = {
    **{f"a bit of {table}": partial(flip, table=table, column=column) for table, column in SEALED},
    **{f"a row of {table}": partial(delete, table=table, column=column) for table, column in SEALED},
    **{f"two rows of {table}": partial(swap, table=table, column=column) for table, column in SEALED},
}
LATER = NOON + timedelta(days=900)
RESTATED: dict[str, Restating] = {
    "a status": partial(changed, part="status", values=(Status.GIVEN, Status.REFUSED, Status.WITHDRAWN)),
    "a level": partial(changed, part="level", values=(Level.NONE, Level.CONTEXT, Level.DECLARED, Level.ACQUIRED)),
    "a yes to teaching": partial(changed, part="contributes", values=(True, False)),
    "a place": partial(changed, part="position", values=(Position(0), Position(3), Position(900))),
    "a time": partial(changed, part="at", values=(LATER, LATER + timedelta(microseconds=1))),
    "since when": partial(changed, part="since", values=(LATER, LATER + timedelta(microseconds=1))),
}
"""What only who has the keys can do: a standing that opens, and says what nobody chose."""


def _rows(database: apsw.Connection, table: str, column: str) -> list[tuple[str, bytes]]:
    """The rows of a table: how to find each, and one of its values."""
    keys = [str(row[1]) for row in database.execute(f"PRAGMA table_info({table})") if row[5]]
    query = f"SELECT {column}, {', '.join(f'quote({key})' for key in keys)} FROM {table}"  # noqa: S608 - names above
    return [
        (" AND ".join(f"{key} = {value}" for key, value in zip(keys, values, strict=True)), blob)
        for blob, *values in database.execute(query)
    ]


def lived_in(folder: Path, seals: MemorySeals) -> str:
    """A database of six people who chose, and the head that somebody kept of it."""
    house = opened(SqliteStore.open(folder, seals=seals))
    for number, person in enumerate(PEOPLE):
        say(house, person, Status.GIVEN if number % 3 else Status.REFUSED)
        if number % 2:
            say(house, person, Status.WITHDRAWN)
        say(house, person, Status.OBJECTED, use_case=CARD)
    note = str(checkpoint(house))
    house.store.close()
    return note


def is_found(folder: Path, seals: MemorySeals, note: str) -> bool:
    """Whether opening or auditing the database says that something is wrong."""
    try:
        house = opened(SqliteStore.open(folder, seals=seals))
    except FielError:
        return True
    try:
        found = audit(house, verify=partial(verify, house.signer.public_key), checkpoints=[note])
        return not found.is_clean
    finally:
        house.store.close()


@pytest.mark.parametrize("rounds", [2, pytest.param(500, marks=pytest.mark.proof)])
@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_of_the_database_is_found(edit: str, rounds: int, tmp_path: Path) -> None:
    """One edit of one row, whichever it is, makes the audit speak; the same database without it is clean."""
    chance, seals = random.Random(edit), MemorySeals()  # noqa: S311 - which edits are tried is no secret
    whole, bent = tmp_path / "whole", tmp_path / "bent"
    whole.mkdir()
    note = lived_in(whole, seals)
    shutil.copytree(whole, bent)
    assert not is_found(bent, seals.copied(), note)
    for _ in range(rounds):
        shutil.rmtree(bent)
        shutil.copytree(whole, bent)
        database = apsw.Connection(str(bent / FILE))
        is_changed = EDITS[edit](database, chance)
        database.close()
        assert is_found(bent, seals.copied(), note) == is_changed


@pytest.mark.parametrize("rounds", [2, pytest.param(500, marks=pytest.mark.proof)])
@pytest.mark.parametrize("edit", RESTATED)
def test_every_standing_made_up_with_the_keys_is_found(edit: str, rounds: int, tmp_path: Path) -> None:
    """Even who has the keys and veils a standing that nobody chose is found out, for the entries say otherwise."""
    chance, seals = random.Random(edit), MemorySeals()  # noqa: S311 - which edits are tried is no secret
    whole, bent = tmp_path / "whole", tmp_path / "bent"
    whole.mkdir()
    note = lived_in(whole, seals)
    for _ in range(rounds):
        shutil.rmtree(bent, ignore_errors=True)
        shutil.copytree(whole, bent)
        store = SqliteStore.open(bent, seals=seals)
        with store.read() as tx:
            pseudonym, before = chance.choice(list(tx.choices.places(PICKS)))
        place = Place(area=AreaId("sales"), use_case=PICKS, pseudonym=pseudonym)
        restated = [(place, RESTATED[edit](before, chance))]
        done_each(store, lambda tx, each: tx.choices.stand(*each), restated)
        store.close()
        assert is_found(bent, seals.copied(), note)
