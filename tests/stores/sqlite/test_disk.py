"""When the disk is full or fails: what is acknowledged stays, what is refused did nothing, rights are served."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from fiel.core.consent.choice import Status
from fiel.core.consent.effect import upkeep
from fiel.core.errors import FielError, SettingsInvalid, Tampered, Unavailable
from fiel.core.ids import KeyId
from fiel.ports import Transaction
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.ballast import SIZE, Ballast
from fiel.stores.sqlite.faults import told
from fiel.testing.builders import a_compartment, a_permit, a_place, a_standing, an_item, an_own_access
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import PATIENCE, done, done_at_once
from tests.stores.sqlite.disks import Disk, Quota, sound

PEOPLE = [str(number) for number in range(30)]


@pytest.fixture
def disk(request: pytest.FixtureRequest) -> Iterator[Disk]:
    """A disk without trouble, so far."""
    disk = Disk(f"disk of {request.node.name}")
    yield disk
    disk.unregister()


@pytest.fixture
def seals() -> MemorySeals:
    """The keys of the store."""
    return MemorySeals()


@pytest.fixture
def store(tmp_path: Path, seals: MemorySeals, disk: Disk) -> Iterator[SqliteStore]:
    """A store on that disk that holds something of everybody."""
    store = SqliteStore.open(tmp_path, seals=seals, exclusive=True, vfs=disk.name)
    done_at_once(store, lambda tx, who: tx.compartments.save(a_permit(a_place(who)), a_compartment("tea")), PEOPLE)
    done_at_once(store, lambda tx, who: tx.choices.stand(a_place(who), a_standing()), PEOPLE)
    yield store
    disk.trouble = sound
    store.close()


def withdrawal(person: str) -> Callable[[Transaction], KeyId | None]:
    """What a withdrawal writes."""

    def act(tx: Transaction) -> KeyId | None:
        tx.choices.stand(a_place(person), a_standing(Status.WITHDRAWN))
        tx.ledger.append(b"withdrawn" * 20)
        return tx.compartments.shred(upkeep(a_place(person)))

    return act


def fill_up(store: SqliteStore) -> int:
    """Write until the disk takes no more; how often it still did."""
    for written in range(10_000):
        try:
            done(store, lambda tx: tx.ledger.append(b"x" * 40_000))
        except Unavailable:
            return written
    raise AssertionError("the disk never became full")


@pytest.fixture
def quota(store: SqliteStore, disk: Disk, tmp_path: Path) -> Quota:
    """The disk of the store has room for one mebibyte more."""
    del store
    disk.trouble = quota = Quota(tmp_path, 0)
    quota.most = quota.used + (1 << 20)
    return quota


def test_on_a_full_disk_every_withdrawal_is_accepted(store: SqliteStore, seals: MemorySeals, quota: Quota) -> None:
    """When nothing else can be written any more, each withdrawal still is, its key goes, and reading goes on."""
    size = 0
    for number, person in enumerate(PEOPLE):
        size += fill_up(store)
        assert store.write(withdrawal(person), urgent=True).result(PATIENCE) is not None
        assert len(seals.occupied()) == len(PEOPLE) - number - 1
    assert quota.refused > 0
    with store.read() as tx:
        assert tx.ledger.size == size + len(PEOPLE)
        assert all(tx.choices.standing(a_place(who)).status is Status.WITHDRAWN for who in PEOPLE)


def test_without_urgency_a_full_disk_refuses(store: SqliteStore, quota: Quota) -> None:
    """The control: the same withdrawals without urgency are refused, and those that are did nothing."""
    fill_up(store)
    refused = sum(store.write(withdrawal(who)).exception(PATIENCE) is not None for who in PEOPLE)
    assert refused > 0
    assert quota.refused > 0
    with store.read() as tx:
        held = [tx.compartments.load(an_own_access(a_place(who))) for who in PEOPLE]
        standings = [tx.choices.standing(a_place(who)).status for who in PEOPLE]
    assert [each is not None for each in held] == [status is Status.GIVEN for status in standings]


def test_the_log_makes_room(store: SqliteStore, quota: Quota) -> None:
    """Where even the reserve gives no room, the log is emptied into the database, and every withdrawal is accepted."""
    quota.most = quota.used - SIZE + (1 << 19)
    for person in PEOPLE:
        assert store.write(withdrawal(person), urgent=True).result(PATIENCE) is not None
    assert quota.refused > 0


def test_nothing_is_written_after_the_disk_undid_the_act(store: SqliteStore, quota: Quota) -> None:
    """An act that overlooks that the disk became full, and writes on, has written nothing."""

    def overlook(tx: Transaction) -> None:
        with suppress(Unavailable):
            for _ in range(1_000):
                tx.ledger.append(b"x" * 40_000)
        with suppress(Unavailable):
            tx.catalogue.put([an_item()])

    with pytest.raises(Unavailable):
        done(store, overlook)
    quota.most *= 100
    done(store, lambda tx: tx.choices.clear(a_place("nobody")))
    with store.read() as tx:
        assert tx.ledger.size == 0
        assert tx.catalogue.all() == {}


def test_room_brings_everything_back(store: SqliteStore, quota: Quota, tmp_path: Path) -> None:
    """When there is room again the store writes as before, without being opened anew, and the reserve is kept again."""
    fill_up(store)
    store.write(withdrawal("0"), urgent=True).result(PATIENCE)
    quota.most *= 100
    before = done(store, lambda tx: tx.ledger.append(b"leaf"))
    assert done(store, lambda tx: tx.ledger.append(b"leaf")) == before + 1
    assert (tmp_path / "ballast").stat().st_size == SIZE


def test_what_was_refused_did_nothing(store: SqliteStore, seals: MemorySeals, quota: Quota) -> None:
    """An act that the disk refuses leaves no row and no key, and those before it are all there after opening again."""
    size, keys = fill_up(store), len(seals.occupied())
    places = [a_place(f"new {number}") for number in range(1_000)]
    with pytest.raises(Unavailable):
        done_at_once(store, lambda tx, place: tx.compartments.save(a_permit(place), a_compartment("x")), places)
    assert len(seals.occupied()) == keys
    quota.most *= 100
    store.close()
    again = SqliteStore.open(quota.folder, seals=seals, exclusive=True)
    with again.read() as tx:
        assert tx.ledger.size == size
        assert tx.compartments.load(an_own_access(a_place("new 0"))) is None
    again.close()


def test_a_failing_disk_is_told(store: SqliteStore, disk: Disk) -> None:
    """A disk that cannot write or sync fails the act, says so, and does so once it can again no more."""

    def broken(_name: str, _end: int) -> None:
        raise apsw.IOError("broken")

    disk.trouble = broken
    with pytest.raises(Unavailable, match="failed"):
        done(store, lambda tx: tx.ledger.append(b"leaf"))
    with pytest.raises(Unavailable, match="failed"):
        store.write(lambda tx: tx.ledger.append(b"leaf"), urgent=True).result(PATIENCE)
    disk.trouble = sound
    assert done(store, lambda tx: tx.ledger.append(b"leaf")) == 0


def test_the_reserve_is_real(tmp_path: Path) -> None:
    """The ballast takes its room on the disk, gives it back once, and is made again when asked."""
    ballast = Ballast(tmp_path / "ballast")
    assert ballast.ensure()
    assert (tmp_path / "ballast").stat().st_blocks * 512 >= SIZE
    assert ballast.release()
    assert not ballast.release()
    assert list(tmp_path.iterdir()) == []
    assert ballast.ensure()
    assert ballast.ensure()


def test_a_reserve_without_room_is_none(tmp_path: Path) -> None:
    """Where the ballast cannot be made there is none, and nothing half made is left behind."""
    assert not Ballast(tmp_path / "nowhere" / "ballast").ensure()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (apsw.FullError, Unavailable),
        (apsw.BusyError, Unavailable),
        (apsw.LockedError, Unavailable),
        (apsw.ReadOnlyError, Unavailable),
        (apsw.PermissionsError, Unavailable),
        (apsw.CantOpenError, Unavailable),
        (apsw.IOError, Unavailable),
        (apsw.NoMemError, Unavailable),
        (apsw.NotADBError, SettingsInvalid),
        (apsw.CorruptError, Tampered),
        (apsw.ConstraintError, Tampered),
    ],
)
def test_every_fault_is_told_with_its_way_out(error: type[apsw.Error], kind: type[FielError]) -> None:
    """Each fault of SQLite comes out as an error that names the file and the way out, and repeats nothing else."""
    fault = told(error("UNIQUE constraint failed: ana@example.com"), path=Path("/data/fiel.db"))
    assert type(fault) is kind
    assert "`/data/fiel.db`" in fault.what
    assert fault.hint
    assert "ana" not in fault.what + fault.hint


def test_a_mistake_of_ours_stays_one() -> None:
    """A statement that SQLite does not understand is no fault of the disk, and is not told as one."""
    with pytest.raises(apsw.SQLError):
        told(apsw.SQLError("near SELEKT"), path=Path("/data/fiel.db"))


def test_a_folder_one_may_not_write_is_told(tmp_path: Path) -> None:
    """Where the data folder cannot be made, because a file stands in its place, the error names it."""
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="file"):
        SqliteStore.open(tmp_path / "file" / "data", seals=MemorySeals())
