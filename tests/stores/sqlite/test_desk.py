"""When the writer tidies up: soon after a shredding, before the log is long, never at the cost of those who wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fiel.core.consent.effect import upkeep
from fiel.ports import calm
from fiel.stores.sqlite.ballast import Ballast
from fiel.stores.sqlite.checkpoint import MOST_PAGES, Checkpoint
from fiel.stores.sqlite.commit import GroupCommit
from fiel.stores.sqlite.connection import open_writer
from fiel.stores.sqlite.desk import AFTER_SHREDDING, AT_MOST, OTHERWISE, Desk
from fiel.stores.sqlite.jobs import Job
from fiel.stores.sqlite.locks import Turn
from fiel.stores.sqlite.migrations import migrate
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.transaction import SqliteTransaction
from fiel.testing.builders import a_compartment, a_permit, a_place
from fiel.testing.seals import MemorySeals


class Hands:
    """A clock of seconds that only a test turns."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        """The second."""
        return self.at


class Watched(Checkpoint):
    """Counts its tries, and fails while `read` says that somebody reads."""

    tries = 0
    read = False

    def truncate(self) -> bool:
        """Empty the log, unless it is read."""
        self.tries += 1
        return False if self.read else super().truncate()


class Bench:
    """A desk with all that it stands on."""

    def __init__(self, folder: Path) -> None:
        seals, path = MemorySeals(), folder / "x.db"
        self.session = Session(open_writer(path), path=path, seals=seals, writable=True)
        self.session.begin(unread=True)
        migrate(self.session)
        self.session.commit()
        self.turn, self.hands = Turn(folder), Hands()
        self.checkpoint, self.ballast = Watched(self.session.connection, crash=calm), Ballast(folder / "ballast")
        commit = GroupCommit(SqliteTransaction(self.session), seals=seals, turn=self.turn, crash=calm)
        self.desk = Desk(commit, self.checkpoint, ballast=self.ballast, clock=self.hands)
        self.desk.tidy()
        self.checkpoint.tries = 0

    def hold(self) -> None:
        """An act that holds something."""
        self._do(Job(lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")), urgent=False))

    def shred(self) -> None:
        """An act that shreds it."""
        self._do(Job(lambda tx: tx.compartments.shred(upkeep(a_place())), urgent=True))

    def _do(self, job: Job[object]) -> None:
        self.desk.carry_out([job])
        assert job.fault is None


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A desk where everything is tidy."""
    bench = Bench(tmp_path)
    yield bench
    bench.session.close()
    bench.turn.close()


def test_a_tidy_desk_wakes_nobody(bench: Bench) -> None:
    """Where nothing was done there is nothing to tidy, however long it is quiet."""
    assert bench.desk.pause() is None


def test_an_act_is_tidied_after_a_while(bench: Bench) -> None:
    """After an ordinary act the log is emptied when it is quiet for a while."""
    bench.hold()
    assert bench.desk.pause() == OTHERWISE
    bench.desk.tidy()
    assert bench.desk.pause() is None


def test_a_shredding_is_tidied_soon(bench: Bench) -> None:
    """After a shredding the log is emptied as soon as it is quiet, and at once when it will not become quiet."""
    bench.hold()
    bench.shred()
    assert bench.desk.pause() == AFTER_SHREDDING
    bench.hands.at += AT_MOST
    bench.hold()
    assert bench.desk.pause() == 0
    bench.desk.tidy()
    assert bench.desk.pause() is None


def test_a_long_log_is_emptied_at_once(bench: Bench) -> None:
    """A log that has become long is not left for a pause."""
    bench.checkpoint.pages = MOST_PAGES
    assert bench.desk.pause() == 0


def test_a_log_that_is_read_is_left_for_a_while(bench: Bench) -> None:
    """While somebody reads, the writer does not try at every act to empty the log: each of them would wait for it."""
    bench.hold()
    bench.shred()
    bench.checkpoint.read = True
    bench.hands.at += AT_MOST
    bench.desk.tidy()
    bench.checkpoint.pages = MOST_PAGES
    for _ in range(5):
        bench.hold()
        assert bench.desk.pause() != 0
    assert bench.checkpoint.tries == 1
    bench.hands.at += OTHERWISE
    assert bench.desk.pause() == 0
    bench.checkpoint.read = False
    bench.desk.tidy()
    assert bench.desk.pause() is None


def test_a_missing_reserve_is_tried_again(bench: Bench) -> None:
    """The reserve that was given away is put back when there is a pause."""
    assert bench.ballast.release()
    assert bench.desk.pause() == OTHERWISE
    bench.desk.tidy()
    assert bench.ballast.is_there
