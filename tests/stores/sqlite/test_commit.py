"""Group commit: many acts share one sync, and no answer comes before the keys are gone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Event

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import Unavailable
from fiel.core.ids import KeyId, Slot
from fiel.ports import Transaction
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.writer import MOST_TOGETHER
from fiel.testing.builders import a_compartment, a_permit, a_place, an_own_access
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


def held_up(store: SqliteStore, acts: int) -> list[Future[int]]:
    """Acts that were all handed over while the writer was busy with another one."""
    begun, go_on = Event(), Event()

    def hold(_tx: Transaction) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    store.write(hold)
    assert begun.wait(PATIENCE)
    futures = [store.write(lambda tx: int(tx.ledger.append(b"leaf"))) for _ in range(acts)]
    go_on.set()
    return futures


def test_what_waits_is_committed_together(store: SqliteStore, points: Points) -> None:
    """Sixty-four acts that wait for the writer share one commit."""
    futures = held_up(store, 64)
    assert [future.result(PATIENCE) for future in futures] == list(range(64))
    assert points.passed["commit.after"] == 2
    assert points.passed["savepoint.released"] == 65


def test_no_commit_is_without_end(store: SqliteStore, points: Points) -> None:
    """So many acts and no more share a commit, so that the first does not wait for all the others."""
    futures = held_up(store, 2 * MOST_TOGETHER + 1)
    assert [future.result(PATIENCE) for future in futures] == list(range(2 * MOST_TOGETHER + 1))
    assert points.passed["commit.after"] == 4


def test_a_lone_act_does_not_wait_for_others(store: SqliteStore, points: Points) -> None:
    """An act that finds the writer free is committed by itself, at once."""
    for number in range(3):
        done(store, lambda tx: tx.ledger.append(b"leaf"))
        assert points.passed["commit.after"] == number + 1


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
