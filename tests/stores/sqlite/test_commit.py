"""Group commit: many acts share one sync, and no answer comes before the keys are gone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import Unavailable
from fiel.core.ids import KeyId, Slot
from fiel.ports import Transaction
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.transaction import SqliteTransaction
from fiel.stores.sqlite.writer import MOST_TOGETHER
from fiel.testing.builders import a_compartment, a_permit, a_place, an_item, an_own_access
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import PATIENCE, done


class Points:
    """Counts the points that are passed, and what was answered or zeroed when each was passed last."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.order: list[str] = []

    def __call__(self, point: str) -> None:
        """Note a point."""
        self.passed[point] += 1
        self.order.append(point)


class StubbornSeals(MemorySeals):
    """Keys that cannot be destroyed for a while."""

    stubborn = False

    def destroy(self, slots: Sequence[Slot]) -> None:
        """Destroy, or fail like a disk."""
        if self.stubborn:
            raise Unavailable("the disk will not")
        super().destroy(slots)


@pytest.fixture
def points() -> Points:
    """What the store passes."""
    return Points()


@pytest.fixture
def seals() -> StubbornSeals:
    """The keys of the store."""
    return StubbornSeals()


@pytest.fixture
def store(tmp_path: Path, seals: StubbornSeals, points: Points) -> Iterator[SqliteStore]:
    """An open store."""
    store = SqliteStore.open(tmp_path, seals=seals, exclusive=True, crash=points)
    yield store
    store.close()


MANY_LEAVES = """
WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
INSERT INTO leaves SELECT i, zeroblob(9000) FROM n
"""
"""One statement that SQLite undoes alone when there is no room for all of it, without undoing the transaction."""


@contextmanager
def held_up(store: SqliteStore) -> Iterator[None]:
    """Keep the writer busy with another act, so that what is handed over meanwhile is committed together."""
    begun, go_on = Event(), Event()

    def hold(_tx: Transaction) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    store.write(hold)
    assert begun.wait(PATIENCE)
    try:
        yield
    finally:
        go_on.set()


def append(tx: Transaction) -> int:
    """Append a leaf."""
    return tx.ledger.append(b"leaf")


def test_what_waits_is_committed_together(store: SqliteStore, points: Points) -> None:
    """Sixty-four acts that wait for the writer share one commit."""
    with held_up(store):
        futures = [store.write(append) for _ in range(64)]
    assert [future.result(PATIENCE) for future in futures] == list(range(64))
    assert points.passed["commit.after"] == 2
    assert points.passed["savepoint.released"] == 65


def test_no_commit_is_without_end(store: SqliteStore, points: Points) -> None:
    """So many acts and no more share a commit, so that the first does not wait for all the others."""
    with held_up(store):
        futures = [store.write(append) for _ in range(2 * MOST_TOGETHER + 1)]
    assert [future.result(PATIENCE) for future in futures] == list(range(2 * MOST_TOGETHER + 1))
    assert points.passed["commit.after"] == 4


def test_a_lone_act_does_not_wait_for_others(store: SqliteStore, points: Points) -> None:
    """An act that finds the writer free is committed by itself, at once."""
    for number in range(3):
        done(store, append)
        assert points.passed["commit.after"] == number + 1


def test_within_one_commit_nothing_is_left_of_a_failed_act(store: SqliteStore) -> None:
    """An act that shares its commit with a failed one before it sees nothing of that, its generation neither."""

    def fails(tx: Transaction) -> None:
        tx.catalogue.put([an_item()])
        raise LookupError

    with held_up(store):
        failed = store.write(fails)
        after = store.write(lambda tx: (tx.administration.generation(), tx.catalogue.all()))
    assert isinstance(failed.exception(PATIENCE), LookupError)
    assert after.result(PATIENCE) == (0, {})


def test_what_was_committed_is_not_done_again(store: SqliteStore) -> None:
    """An urgent act beside one for which there is no more room is done once, and not again in the room made for it."""

    def limit(tx: Transaction) -> None:
        assert isinstance(tx, SqliteTransaction)
        pages = tx.session.number("PRAGMA page_count")
        tx.session.run(f"PRAGMA max_page_count = {pages + 2}")

    def grow(tx: Transaction) -> None:
        assert isinstance(tx, SqliteTransaction)
        tx.session.run(MANY_LEAVES)

    done(store, limit)
    with held_up(store):
        urgent = store.write(append, urgent=True)
        large = store.write(grow)
    assert urgent.result(PATIENCE) == 0
    assert isinstance(large.exception(PATIENCE), Unavailable)
    with store.read() as tx:
        assert tx.ledger.size == 1


def test_keys_are_zeroed_between_commit_and_answer(store: SqliteStore, points: Points) -> None:
    """First the rows are durable, then the key is destroyed, and only then is the act answered."""
    answered: list[str] = []
    done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment()))
    points.order.clear()
    future = store.write(lambda tx: tx.compartments.shred(upkeep(a_place())))
    future.add_done_callback(lambda _: answered.extend(points.order))
    assert future.result(PATIENCE) is not None
    expected = ["savepoint.released", "commit.before", "commit.after", "zero.before", "zero.after"]
    done(store, lambda _tx: None)
    assert [point for point in answered if point in expected] == expected


def test_a_key_that_will_not_go_is_not_reported_gone(store: SqliteStore, seals: StubbornSeals) -> None:
    """A shredding whose key the disk will not zero is not answered as done, and its key goes before anything else."""
    done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
    done(store, lambda tx: tx.compartments.save(a_permit(a_place("bea")), a_compartment("cup")))
    seals.stubborn = True
    with pytest.raises(Unavailable, match="recorded"):
        done(store, lambda tx: tx.compartments.shred(upkeep(a_place())))
    with store.read() as tx:
        assert tx.compartments.load(an_own_access()) is None
        assert tx.compartments.load(an_own_access(a_place("bea"))) == a_compartment("cup")
    with pytest.raises(Unavailable):
        done(store, lambda tx: tx.ledger.append(b"leaf"))
    assert len(seals.occupied()) == 2
    seals.stubborn = False
    done(store, lambda tx: tx.ledger.append(b"leaf"))
    assert len(seals.occupied()) == 1


class KeysThatRunOut(MemorySeals):
    """No room for another key."""

    def create(self, place: object, key: KeyId) -> Slot:
        """Fail like a full disk."""
        del place, key
        raise Unavailable("no room for another key")


def test_an_act_without_a_key_fails_alone(tmp_path: Path) -> None:
    """If no key can be made the act that needs one fails, and others do not."""
    store = SqliteStore.open(tmp_path, seals=KeysThatRunOut())
    with pytest.raises(Unavailable, match="another key"):
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment()))
    assert done(store, lambda tx: tx.ledger.append(b"leaf")) == 0
    store.close()
