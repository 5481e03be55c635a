"""The slot file when the process or the disk fails: nothing that was acknowledged is lost, nothing half done stays."""

import errno
import os
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.errors import Unavailable
from fiel.core.ids import Slot
from fiel.keys.slots import STEP, SlotFile
from fiel.keys.wrapping import Wrapped
from tests.keys.examples import CHECK, Crash, Crashing, slot_file, wrapped

SLOTS = STEP // 64 - 1


def test_a_crash_while_growing_costs_nothing(tmp_path: Path) -> None:
    """Where growing was cut off before the header knew of it, the file opens as it was and grows again."""
    path, crash = tmp_path / "slots", Crashing()
    with closing(slot_file(path, crash=crash)) as file:
        with file.together():
            for number in range(SLOTS):
                file.write(wrapped(number))
        crash.at = "slots.allocated"
        with pytest.raises(Crash):
            file.write(wrapped(SLOTS))
    os.truncate(path, STEP + 12_345)  # as an allocation that was cut off itself would leave it
    with closing(slot_file(path)) as file:
        assert file.taken == SLOTS
        assert file.write(wrapped(SLOTS)) >= SLOTS
        assert len(file.occupied()) == SLOTS + 1


@pytest.mark.parametrize("at", ["slots.allocated", "slots.grown"])
def test_a_crash_while_making_the_file_costs_nothing(tmp_path: Path, at: str) -> None:
    """A file whose making was cut off is made again at the next start."""
    with pytest.raises(Crash):
        slot_file(tmp_path / "slots", crash=Crashing(at=at))
    file = slot_file(tmp_path / "slots")
    assert file.occupied() == []
    assert file.read(file.write(wrapped(1))) == wrapped(1)


def test_every_crash_point_is_passed(tmp_path: Path) -> None:
    """The points have the names that the harness of crashes knows them by, in the order of what happens."""
    crash = Crashing()
    file = slot_file(tmp_path / "slots", crash=crash)
    slots = [file.write(wrapped(1)), file.write(wrapped(2))]
    file.empty(slots)
    making, writing = ["slots.allocated", "slots.grown"], ["slot.written", "slot.synced"]
    assert crash.passed == [*making, *writing, *writing, "slot.zeroed", "slot.zeroed", "slot.zero-synced"]


def test_writes_together_share_one_sync(tmp_path: Path) -> None:
    """Within a group nothing is synced until it is left, then once; a group that fails syncs nothing."""
    crash = Crashing()
    file = slot_file(tmp_path / "slots", crash=crash)
    with file.together():
        file.write(wrapped(1))
        file.write(wrapped(2))
    assert crash.passed[2:] == ["slot.written", "slot.written", "slot.synced"]
    crash.at = "slot.written"
    with pytest.raises(Crash), file.together():
        file.write(wrapped(3))
    crash.at = ""
    assert crash.passed[-1] == "slot.written"
    file.write(wrapped(4))
    assert crash.passed[-1] == "slot.synced"
    with file.together():
        pass
    assert crash.passed.count("slot.synced") == 2


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("at", ["slot.written", "slot.synced"])
def test_a_disk_that_fails_a_write_gives_no_slot(tmp_path: Path, at: str, fault: int) -> None:
    """A key that could not be kept is an error, and its slot is not given to anybody else meanwhile."""
    crash = Crashing()
    file = slot_file(tmp_path / "slots", crash=crash)
    crash.at, crash.error = at, OSError(fault, os.strerror(fault))
    with pytest.raises(Unavailable) as caught:
        file.write(wrapped(1))
    assert os.strerror(fault) in caught.value.what
    crash.at = ""
    (doubtful,) = file.occupied()
    with file.together():
        others = {file.write(wrapped(number)) for number in range(2, SLOTS + 1)}
    assert doubtful not in others
    assert len(others) == SLOTS - 1


@pytest.mark.parametrize("at", ["slot.zeroed", "slot.zero-synced"])
def test_a_disk_that_fails_a_destruction_is_asked_again(tmp_path: Path, at: str) -> None:
    """Until the zeros are on the disk the slot is not free, and the same call again writes and syncs them anew."""
    crash = Crashing()
    file = slot_file(tmp_path / "slots", crash=crash)
    slot = file.write(wrapped(1))
    crash.at, crash.error = at, OSError(errno.EIO, os.strerror(errno.EIO))
    with pytest.raises(Unavailable):
        file.empty([slot])
    assert file.taken == 1
    crash.at = ""
    file.empty([slot])
    assert crash.passed[-2:] == ["slot.zeroed", "slot.zero-synced"]
    assert (file.taken, file.occupied()) == (0, [])


def test_a_full_disk_shows_when_room_is_made(tmp_path: Path) -> None:
    """Without room to grow a new key is refused, while every old one is read and destroyed as before."""
    crash = Crashing()
    file = slot_file(tmp_path / "slots", crash=crash)
    with file.together():
        slots = [file.write(wrapped(number)) for number in range(SLOTS)]
    crash.at, crash.error = "slots.allocated", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(Unavailable, match="room"):
        file.write(wrapped(SLOTS))
    assert file.read(slots[5]) == wrapped(5)
    file.empty(slots[:2])
    assert file.write(wrapped(SLOTS)) in slots[:2]


class Power:
    """A sync that remembers what was on the disk each time, and gives it back when the power is cut."""

    def __init__(self, path: Path) -> None:
        """Watch a file that is not there yet."""
        self.path = path
        self.durable = b""
        self.honest = True

    def sync(self, descriptor: int) -> None:
        """Have all that was written on the disk, or pretend to."""
        os.fdatasync(descriptor)
        if self.honest:
            self.durable = self.path.read_bytes()

    def survivors(self) -> dict[Slot, Wrapped | None]:
        """What a start after a cut would find."""
        after = self.path.with_suffix(".after")
        after.write_bytes(self.durable)
        with closing(slot_file(after)) as file:
            return {slot: file.read(slot) for slot in file.occupied()}


@given(st.lists(st.sampled_from(["write", "group", "empty"]), max_size=8))
@settings(max_examples=25)
def test_what_was_acknowledged_survives_a_power_cut(acts: list[str]) -> None:
    """After each act returns, a disk that lost whatever was not synced holds exactly the keys that should be there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "slots"
        power = Power(path)
        with closing(SlotFile(path, key=CHECK, writer=True, sync=power.sync)) as file:
            expected: dict[Slot, Wrapped | None] = {}
            for number, act in enumerate(acts):
                if act == "write":
                    expected[file.write(wrapped(number))] = wrapped(number)
                elif act == "group":
                    with file.together():
                        made = [file.write(wrapped(100 * number + n)) for n in range(1, 4)]
                    expected |= {slot: wrapped(100 * number + n) for n, slot in enumerate(made, start=1)}
                else:
                    condemned = sorted(expected)[:2]
                    file.empty(condemned)
                    expected = {slot: kept for slot, kept in expected.items() if slot not in condemned}
                assert power.survivors() == expected


def test_a_disk_that_only_pretends_to_sync_is_found_out(tmp_path: Path) -> None:
    """The control: where a sync does nothing, the same comparison sees the lost key and the one that came back."""
    path = tmp_path / "slots"
    power = Power(path)
    with closing(SlotFile(path, key=CHECK, writer=True, sync=power.sync)) as file:
        slot = file.write(wrapped(1))
        power.honest = False
        lost = file.write(wrapped(2))
        file.empty([slot])
        assert file.occupied() == [lost]
        assert power.survivors() == {slot: wrapped(1)}
