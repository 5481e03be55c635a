"""What is held cannot be read from the files without its key, and what was shredded is not in them at all."""

import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from fiel.core.consent.effect import upkeep
from fiel.core.ids import Identifier, IdentifierKind
from fiel.ports import Store
from fiel.stores.sqlite import SqliteStore
from fiel.testing.builders import (
    a_compartment,
    a_lookup,
    a_permit,
    a_place,
    a_recorded,
    a_tag,
    a_use_record,
    an_identity,
)
from fiel.testing.seals import IdentityCipher, MemorySeals
from fiel.testing.stores.opening import done, done_at_once, done_each

CANARIES = [f"canary-{number}-of-many" for number in range(20)]


def spellings(word: str) -> list[bytes]:
    """A word in the ways in which it may lie in a file."""
    raw = word.encode()
    return [raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode(), b64encode(raw)[:-4]]


def seen(folder: Path) -> set[str]:
    """The canaries that any file of the folder holds, in any spelling."""
    content = [written for path in folder.rglob("*") if path.is_file() and (written := path.read_bytes().strip(b"\0"))]
    return {word for word in CANARIES for spelt in spellings(word) if any(spelt in each for each in content)}


def fill(store: Store) -> None:
    """Plant each canary in an identity, an entry, a document and a use."""
    for number, word in enumerate(CANARIES):
        _plant(store, str(number), word)


def _plant(store: Store, person: str, word: str) -> None:
    known = an_identity(word)
    assert known.identifier == Identifier(IdentifierKind.USER, word)
    done(store, lambda tx: tx.identities.add(a_lookup(person), known))
    done(store, lambda tx: tx.choices.record(a_lookup(person), a_tag(person=person), a_recorded()))
    done(store, lambda tx: tx.compartments.save(a_permit(a_place(person)), a_compartment(word, contributed=[word])))
    done(store, lambda tx: tx.uses.record(a_permit(a_place(person)), a_use_record(items=[word])))


def shred_all(store: Store) -> None:
    """Erase everybody."""
    people = [str(number) for number in range(len(CANARIES))]
    done_each(store, lambda tx, person: tx.compartments.shred(upkeep(a_place(person))), people)
    done_each(store, lambda tx, person: tx.identities.remove(a_lookup(person)), people)


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true before patience ends."""
    deadline = time.monotonic() + 20
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def log(folder: Path) -> Path:
    """The write-ahead log."""
    return folder / "fiel.db-wal"


def test_nothing_lies_in_the_clear(tmp_path: Path) -> None:
    """Who has the folder without the keys reads nobody's data, before any erasure, in database and log."""
    store = SqliteStore.open(tmp_path, seals=MemorySeals())
    fill(store)
    assert log(tmp_path).stat().st_size > 0
    assert seen(tmp_path) == set()
    store.close()
    assert seen(tmp_path) == set()


def test_what_was_shredded_is_nowhere(tmp_path: Path) -> None:
    """Even with documents in the clear, once everybody is erased no file holds any of it, the log neither."""
    store = SqliteStore.open(tmp_path, seals=IdentityCipher())
    fill(store)
    assert seen(tmp_path) == set(CANARIES)
    shred_all(store)
    assert eventually(lambda: log(tmp_path).stat().st_size == 0)
    assert seen(tmp_path) == set()
    store.close()
    assert seen(tmp_path) == set()


def test_the_log_is_emptied_although_somebody_reads(tmp_path: Path) -> None:
    """A read that is open delays the emptying of the log, and no longer than until it ends."""
    store = SqliteStore.open(tmp_path, seals=IdentityCipher())
    fill(store)
    with store.read() as tx:
        shred_all(store)
        assert seen(tmp_path) == set(CANARIES)
        assert tx.compartments.load(a_permit(a_place("0"))) is not None
    assert eventually(lambda: log(tmp_path).stat().st_size == 0)
    assert seen(tmp_path) == set()
    store.close()


def test_a_long_log_is_emptied_while_acts_come_in(tmp_path: Path) -> None:
    """Under a steady stream of acts the log does not grow without end: of 32 MB written it never holds 12."""
    store = SqliteStore.open(tmp_path, seals=MemorySeals())
    longest = 0
    for _ in range(80):
        done_at_once(store, lambda tx, leaf: tx.ledger.append(leaf), [b"x" * 4_000] * 100)
        longest = max(longest, log(tmp_path).stat().st_size)
    store.close()
    assert 4 << 20 < longest < 12 << 20
