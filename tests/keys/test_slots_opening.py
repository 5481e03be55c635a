"""Opening a slot file: one writer, any readers, and each fault of the file by its own name."""

import hmac
import stat
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from fiel.core.errors import FielError, KeyMissing, Tampered, Unavailable
from fiel.keys.slots import STEP, SlotFile
from tests.keys.examples import CHECK, slot_file, wrapped

SLOTS = STEP // 64 - 1


def refused(path: Path, *, writer: bool = True, key: bytes = CHECK) -> FielError:
    """How opening is refused; what the refusal says names the file and what to do."""
    with pytest.raises(FielError) as caught:
        SlotFile(path, key=key, writer=writer)
    assert str(path) in caught.value.what
    assert caught.value.hint
    return caught.value


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Wrapped keys are no secret without the root key, and still nobody else's to read."""
    slot_file(tmp_path / "slots")
    assert stat.S_IMODE((tmp_path / "slots").stat().st_mode) == 0o600


def test_two_writers_never_take_the_same_slot(tmp_path: Path) -> None:
    """Programs that write in turn, each with its own idea of what is free, give every key a slot of its own."""
    with closing(slot_file(tmp_path / "slots")) as one, closing(slot_file(tmp_path / "slots")) as other:
        slots = [(one, other)[number % 2].write(wrapped(number % 250)) for number in range(SLOTS + 10)]
        assert len(set(slots)) == len(slots)
        assert set(one.occupied()) == set(slots)
        one.empty(slots[1::2])
        other.empty(slots[::2])
        assert list(one.occupied()) == []


def test_a_reader_sees_what_the_writer_does(tmp_path: Path) -> None:
    """A reader beside the writer reads each new key and misses each destroyed one at once, also after growth."""
    with (
        closing(slot_file(tmp_path / "slots")) as writer,
        closing(slot_file(tmp_path / "slots", writer=False)) as reader,
    ):
        slot = writer.write(wrapped(1))
        assert reader.read(slot) == wrapped(1)
        writer.empty([slot])
        assert reader.read(slot) is None
        with writer.together():
            slots = [writer.write(wrapped(number)) for number in range(SLOTS + 1)]
        assert reader.read(slots[-1]) == wrapped(SLOTS)
        assert reader.occupied() == writer.occupied()


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    """A file opened for reading refuses to write and to empty, instead of doing nothing in silence."""
    with closing(slot_file(tmp_path / "slots")) as writer:
        slot = writer.write(wrapped(1))
    reader = slot_file(tmp_path / "slots", writer=False)
    with pytest.raises(Unavailable):
        reader.write(wrapped(2))
    with pytest.raises(Unavailable):
        reader.empty([slot])
    assert reader.occupied() == [slot]


@pytest.mark.parametrize("writer", [True, False])
def test_faults_of_the_file_are_told_apart(tmp_path: Path, *, writer: bool) -> None:
    """A foreign file, each damaged byte of the header, a cut file and another root key have each their own words."""
    path = tmp_path / "slots"
    with closing(slot_file(path)) as file:
        file.write(wrapped(1))
    sound = path.read_bytes()

    def told(content: bytes, key: bytes = CHECK) -> str:
        path.write_bytes(content)
        error = refused(path, writer=writer, key=key)
        assert isinstance(error, Tampered)
        assert path.read_bytes() == content
        return error.what.replace(str(path), "")

    for n in range(64):
        what = told(sound[:n] + bytes([sound[n] ^ 1]) + sound[n + 1 :])
        assert "no" in what if n < 8 else "damaged" in what if n < 32 else "not made under this root key" in what, n
    assert "not a file of key slots" in told(b"SQLite format 3\0" + sound[16:])
    assert "not a file of key slots" in told(bytes(64) + sound[64:])
    assert "not a file of key slots" in told(sound[:40])
    assert f"has {STEP - 64} of {STEP} bytes" in told(sound[:-64])
    assert "not made under this root key" in told(sound, key=bytes(32))
    path.write_bytes(sound)
    slot_file(path, writer=writer).close()


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    """A header that is sound and of a version still unknown asks for a newer Fiel."""
    path = tmp_path / "slots"
    slot_file(path).close()
    raw = bytearray(path.read_bytes())
    raw[8] = 2
    fields = bytes(raw[:24]) + b"fiel"
    raw[24:32] = sha256(fields).digest()[:8]
    raw[32:64] = hmac.digest(CHECK, fields, "sha256")
    path.write_bytes(raw)
    assert "version 2" in refused(path).what


def test_a_missing_file_is_not_made_by_a_reader(tmp_path: Path) -> None:
    """A reader names the file that is not there, and makes none."""
    assert isinstance(refused(tmp_path / "slots", writer=False), KeyMissing)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_is_said_so(tmp_path: Path) -> None:
    """A folder in the place of the file is named."""
    (tmp_path / "slots").mkdir()
    assert isinstance(refused(tmp_path / "slots"), Unavailable)


def test_a_refused_opening_lets_go_of_the_lock(tmp_path: Path) -> None:
    """Who fails to open with a wrong root key leaves the file to the next."""
    path = tmp_path / "slots"
    slot_file(path).close()
    refused(path, key=bytes(32))
    slot_file(path).close()


def test_keys_beyond_the_header_are_not_passed_over(tmp_path: Path) -> None:
    """A header that was put back from before the file grew is refused, for keys beyond it could not be destroyed."""
    path = tmp_path / "slots"
    with closing(slot_file(path)) as file:
        before = path.read_bytes()[:64]
        with file.together():
            for number in range(SLOTS + 1):
                file.write(wrapped(number))
    path.write_bytes(before + path.read_bytes()[64:])
    assert "older than its keys" in refused(path).what
