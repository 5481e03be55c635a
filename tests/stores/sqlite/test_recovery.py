"""After a crash at any point: whole acts, no key without its row, no row without its key, before anything is served."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import SettingsInvalid
from fiel.core.ids import KeyId, Slot
from fiel.ports import Store, Transaction
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.locks import FileLock
from fiel.testing.builders import (
    a_compartment,
    a_lookup,
    a_permit,
    a_place,
    a_recorded,
    a_tag,
    a_use_record,
    an_identity,
    an_own_access,
)
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import done
from tests.stores.sqlite.images import Camera, Image

Act = Callable[[Transaction], object]
Images = tuple[list[Image], list[tuple[object, ...]]]
PEOPLE = ("ana", "bea")


def grant(person: str) -> Act:
    """Begin to hold something of somebody, and count it."""

    def act(tx: Transaction) -> None:
        tx.identities.add(a_lookup(person), an_identity(person))
        tx.choices.record(a_lookup(person), a_tag(person=person), a_recorded())
        tx.compartments.save(a_permit(a_place(person)), a_compartment("tea"))
        tx.uses.record(a_permit(a_place(person)), a_use_record())
        tx.ledger.append(b"granted")

    return act


def withdraw(person: str) -> Act:
    """Shred what is held of somebody."""

    def act(tx: Transaction) -> None:
        tx.compartments.shred(upkeep(a_place(person)))
        tx.ledger.append(b"withdrawn")

    return act


def erase(person: str) -> Act:
    """Shred, and forget who it was."""

    def act(tx: Transaction) -> None:
        withdraw(person)(tx)
        tx.identities.remove(a_lookup(person))

    return act


def fail(tx: Transaction) -> None:
    """Make a key, shred another, and fail."""
    withdraw("ana")(tx)
    grant("carla")(tx)
    raise LookupError


STORY: tuple[Act, ...] = (
    grant("ana"),
    grant("bea"),
    withdraw("ana"),
    fail,
    grant("ana"),
    fail,
    withdraw("bea"),
    erase("ana"),
    grant("bea"),
)
"""What happens before the crash, one act after the other."""


def told(store: Store) -> tuple[object, ...]:
    """All that can be read; raises if anything that is there does not open."""
    with store.read() as tx:
        people = [
            (
                tx.identities.find(a_lookup(person)),
                tuple(tx.choices.of(a_lookup(person), a_tag(person=person))),
                tx.compartments.load(an_own_access(a_place(person))),
                tuple(tx.uses.of(an_own_access(a_place(person)))),
            )
            for person in (*PEOPLE, "carla")
        ]
        return tx.ledger.size, *people


def rows_with_keys(store: Store) -> int:
    """How many rows need a key of their own."""
    with store.read() as tx:
        return len(list(tx.compartments.places(a_place().use_case))) + len(tx.identities.page(None, limit=10))


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Images:
    """An image at every point of the story, and what could be read after each of its acts."""
    folder, seals = tmp_path_factory.mktemp("story") / "data", MemorySeals()
    states: list[tuple[object, ...]] = []
    camera = Camera(folder=folder, seals=seals, answered=lambda: len(states))
    store = SqliteStore.open(folder, seals=seals, exclusive=True, crash=camera)
    states.append(told(store))
    camera.rolling = True
    for act in STORY:
        store.write(act).exception(30)
        camera.rolling = False
        states.append(told(store))
        camera.rolling = True
    store.close()
    camera.rolling = False
    return camera.images, states


def test_every_point_was_passed(images: Images) -> None:
    """The story passes every point at which the store may be cut off while it works."""
    passed = Counter(image.point for image in images[0])
    assert set(passed) >= {
        "savepoint.released",
        "commit.before",
        "commit.after",
        "zero.before",
        "zero.after",
        "pending.cleared",
    }
    assert passed["commit.before"] == len(STORY)


def test_a_crash_anywhere_leaves_whole_acts(images: Images, tmp_path: Path) -> None:
    """Wherever it was cut off, the store opens with every answered act whole, and the next one whole or not at all."""
    for image in (each.again(tmp_path) for each in images[0]):
        store = image.open()
        state = told(store)
        store.close()
        before, after = images[1][image.answered - 1], images[1][min(image.answered, len(STORY))]
        assert state in ((before,) if image.point in {"savepoint.released", "commit.before"} else (before, after)), (
            image.point
        )
        if image.point in {"commit.after", "zero.before", "zero.after"}:
            assert state == after, image.point


def test_a_crash_anywhere_leaves_no_key_without_its_row(images: Images, tmp_path: Path) -> None:
    """Once the store is open each key belongs to a row: condemned keys and those of undone acts are destroyed."""
    left_over = 0
    for image in (each.again(tmp_path) for each in images[0]):
        before = len(image.seals.occupied())
        store = image.open()
        rows = rows_with_keys(store)
        store.close()
        assert len(image.seals.occupied()) == rows, image.point
        left_over += before > rows
    assert left_over > 0


def test_recovery_may_be_cut_off_too(images: Images, tmp_path: Path) -> None:
    """A crash within recovery is recovered from: before zeroing and after it."""
    left_over = next(image for image in images[0] if image.point == "zero.before").again(tmp_path)
    seals = left_over.seals
    camera = Camera(folder=left_over.folder, seals=seals, answered=lambda: 0, rolling=True)
    SqliteStore.open(left_over.folder, seals=seals, exclusive=True, crash=camera).close()
    assert [image.point for image in camera.images][:2] == ["recovery.before", "recovery.zeroed"]
    for image in camera.images:
        store = image.open()
        assert len(image.seals.occupied()) == rows_with_keys(store)
        store.close()


def test_a_slot_that_was_filled_again_is_spared(tmp_path: Path) -> None:
    """A slot on the list of pending ones that holds the key of a later grant is not zeroed."""
    seals = MemorySeals()
    camera = Camera(folder=tmp_path / "data", seals=seals, answered=lambda: 0)
    store = SqliteStore.open(tmp_path / "data", seals=seals, exclusive=True, crash=camera)
    done(store, grant("ana"))
    done(store, withdraw("ana"))
    camera.rolling = True
    done(store, lambda tx: tx.compartments.save(a_permit(a_place("ana")), a_compartment("cup")))
    store.close()
    for image in camera.images:
        after = image.open()
        with after.read() as tx:
            held = tx.compartments.load(an_own_access(a_place("ana")))
        after.close()
        assert held in (None, a_compartment("cup"))


def test_keys_of_a_missing_store_are_spared(tmp_path: Path) -> None:
    """Where there are keys and no database, nothing is destroyed and no new store is begun in its place."""
    seals = MemorySeals()
    seals.create(a_place(), KeyId(bytes(16)))
    for _ in range(2):
        with pytest.raises(SettingsInvalid, match="is not there"):
            SqliteStore.open(tmp_path, seals=seals, exclusive=True)
    assert list(seals.occupied()) == [Slot(0)]


def test_a_second_program_finishes_what_is_pending(images: Images, tmp_path: Path) -> None:
    """What a crashed writer condemned is zeroed by whoever comes next, even while a server is at work."""
    left_over = next(image for image in images[0] if image.point == "zero.before").again(tmp_path)
    orphan = left_over.seals.create(a_place("nobody"), KeyId(bytes(16)))
    server = FileLock(left_over.folder / "serve.lock")
    assert server.take()
    store = SqliteStore.open(left_over.folder, seals=left_over.seals)
    rows = rows_with_keys(store)
    store.close()
    assert orphan in left_over.seals.occupied()
    assert len(left_over.seals.occupied()) == rows + 1
    server.close()


def test_a_second_program_leaves_orphans_to_the_server(tmp_path: Path) -> None:
    """While a server is at work another program zeroes nothing but what is known to be pending."""
    seals = MemorySeals()
    server = SqliteStore.open(tmp_path, seals=seals, exclusive=True)
    seals.create(a_place(), KeyId(bytes(16)))
    SqliteStore.open(tmp_path, seals=seals).close()
    assert len(seals.occupied()) == 1
    server.close()
    SqliteStore.open(tmp_path, seals=seals).close()
    assert list(seals.occupied()) == []
