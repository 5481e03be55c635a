"""The slot file: a set of records that survives anything but its own destruction, and then leaves nothing."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, consumes, invariant, multiple, rule

from fiel.core.errors import Unavailable
from fiel.core.ids import Slot
from fiel.keys.slots import STEP
from fiel.keys.wrapping import Wrapped
from tests.keys.examples import Crash, Crashing, slot_file, wrapped

SLOTS = STEP // 64 - 1


class SlotsBesideADictionary(RuleBasedStateMachine):
    """Any sequence of writing, emptying, crashing and opening again, beside a plain dictionary."""

    live: Bundle[Slot] = Bundle("live")
    emptied: Bundle[Slot] = Bundle("emptied")

    def __init__(self) -> None:
        """Begin with a new file."""
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "slots"
        self.crash = Crashing()
        self.file = slot_file(self.path, crash=self.crash)
        self.reader = slot_file(self.path, writer=False)
        self.expected: dict[Slot, Wrapped] = {}
        self.written = 0

    def next_record(self) -> Wrapped:
        """A record that was never written before."""
        self.written += 1
        return wrapped(self.written)

    def written_slot(self) -> Slot:
        """A slot that was empty and holds a new record now."""
        record = self.next_record()
        slot = self.file.write(record)
        assert slot not in self.expected
        self.expected[slot] = record
        return slot

    @rule(target=live)
    def write(self) -> Slot:
        """Write one."""
        return self.written_slot()

    @rule(target=live, count=st.integers(0, 4))
    def write_together(self, count: int) -> MultipleResults[Slot]:
        """Write several with one sync."""
        with self.file.together():
            return multiple(*(self.written_slot() for _ in range(count)))

    @rule(target=emptied, slots=st.lists(consumes(live), max_size=3))
    def empty(self, slots: list[Slot]) -> MultipleResults[Slot]:
        """Empty some slots at once, one of them named twice."""
        self.file.empty([*slots, *slots[:1]])
        for slot in slots:
            del self.expected[slot]
        return multiple(*slots)

    @rule(slot=emptied)
    def empty_again(self, slot: Slot) -> None:
        """Emptying what is empty does nothing; a slot that was used again is somebody's."""
        if slot not in self.expected:
            self.file.empty([slot])

    @rule()
    def open_again(self) -> None:
        """Close and open."""
        self.file.close()
        self.file = slot_file(self.path, crash=self.crash)

    @rule(at=st.sampled_from(["slot.written", "slot.synced"]))
    def crash_writing(self, at: str) -> None:
        """A crash while writing leaves at most an orphan, which whoever knows the live slots can empty."""
        self.crash.at = at
        with pytest.raises(Crash):
            self.file.write(self.next_record())
        self.crash.at = ""
        self.open_again()
        self.file.empty([slot for slot in self.file.occupied() if slot not in self.expected])

    @rule(
        target=emptied,
        slots=st.lists(consumes(live), min_size=1, max_size=3),
        at=st.sampled_from(["slot.zeroed", "slot.zero-synced"]),
    )
    def crash_emptying(self, slots: list[Slot], at: str) -> MultipleResults[Slot]:
        """A crash while emptying leaves the others alone, and emptying again completes it."""
        self.crash.at = at
        with pytest.raises(Crash):
            self.file.empty(slots)
        self.crash.at = ""
        self.open_again()
        self.file.empty(slots)
        for slot in slots:
            del self.expected[slot]
        return multiple(*slots)

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        """The file's slots, read by its writer and by a reader, are the dictionary's."""
        for file in (self.file, self.reader):
            assert list(file.occupied()) == sorted(self.expected)
            assert {slot: file.read(slot) for slot in self.expected} == self.expected
        assert self.file.taken == len(self.expected)

    def teardown(self) -> None:
        """Leave nothing."""
        self.file.close()
        self.reader.close()
        self.folder.cleanup()


TestSlotsBesideADictionary = SlotsBesideADictionary.TestCase
TestSlotsBesideADictionary.settings = settings(max_examples=20, stateful_step_count=30)


def test_an_emptied_slot_leaves_no_byte_of_the_key(tmp_path: Path) -> None:
    """After emptying, no eight bytes of the wrapped key are anywhere in the file, where they were found before."""
    path = tmp_path / "slots"
    file = slot_file(path)
    condemned, spared = wrapped(1), wrapped(2)
    slot, kept = file.write(condemned), file.write(spared)

    def remains(record: Wrapped) -> int:
        content, raw = path.read_bytes(), record.pack()
        return sum(raw[n : n + 8] in content for n in range(56) if raw[n : n + 8] not in spared.pack())

    assert remains(condemned) > 0
    file.empty([slot])
    assert remains(condemned) == 0
    assert file.read(slot) is None
    assert file.read(kept) == spared
    raw = path.read_bytes()
    assert raw[64 * (slot + 1) : 64 * (slot + 2)] == bytes(64)
    assert len(raw.strip(b"\0")) < len(raw)


def test_neighbouring_slots_do_not_tell_what_was_made_together(tmp_path: Path) -> None:
    """Keys made one after the other hardly ever lie side by side, as they always would in order."""
    file = slot_file(tmp_path / "slots")
    with file.together():
        slots = [file.write(wrapped(number)) for number in range(200)]
    neighbours = sum(abs(one - other) == 1 for one, other in pairwise(slots))
    assert neighbours < 10


def test_a_slot_is_never_torn(tmp_path: Path) -> None:
    """Every record lies within one sector of 512 bytes, the header too."""
    file = slot_file(tmp_path / "slots")
    file.write(wrapped(1))
    raw = (tmp_path / "slots").read_bytes()
    at = raw.index(wrapped(1).pack())
    assert at % 64 == 0
    assert at // 512 == (at + 63) // 512
    assert raw[:8] == b"FIELSLOT"


def test_a_full_file_grows_by_a_step(tmp_path: Path) -> None:
    """One key more than fits makes the file a mebibyte larger, again and again, and keeps all the others."""
    path = tmp_path / "slots"
    with closing(slot_file(path)) as file:
        slots: list[Slot] = []
        for steps in (1, 2):
            room = steps * STEP // 64 - 1
            with file.together():
                slots += [file.write(wrapped(number)) for number in range(len(slots), room)]
            assert path.stat().st_size == steps * STEP
            assert sorted(slots) == list(range(room))
            slots.append(file.write(wrapped(room)))
            assert path.stat().st_size == (steps + 1) * STEP
    with closing(slot_file(path)) as file:
        assert file.occupied() == sorted(slots)
        assert {slot: file.read(slot) for slot in slots} == {slot: wrapped(n) for n, slot in enumerate(slots)}


def test_a_slot_emptied_twice_is_free_once(tmp_path: Path) -> None:
    """However often a slot is emptied, it is given to one key only: a file that is filled has each slot once."""
    file = slot_file(tmp_path / "slots")
    slots = [file.write(wrapped(number)) for number in range(3)]
    file.empty([*slots, *slots])
    file.empty(slots)
    with file.together():
        filled = [file.write(wrapped(number)) for number in range(SLOTS)]
    assert sorted(filled) == list(range(SLOTS))


def test_slots_that_do_not_exist_are_empty(tmp_path: Path) -> None:
    """A number that a damaged row may hold reads as empty, and emptying it changes nothing."""
    path = tmp_path / "slots"
    file = slot_file(path)
    file.write(wrapped(1))
    before = path.read_bytes()
    nowhere = [Slot(number) for number in (-1, -2, -(2**63), SLOTS, 10**7, 2**32, 2**62, 2**80)]
    assert [file.read(slot) for slot in nowhere] == [None] * len(nowhere)
    file.empty(nowhere)
    file.empty([])
    assert path.read_bytes() == before


def test_a_closed_file_answers_nothing(tmp_path: Path) -> None:
    """After closing, twice even, reading and writing are errors and never touch what else the number names."""
    file = slot_file(tmp_path / "slots")
    slot = file.write(wrapped(1))
    file.close()
    file.close()
    for act in (lambda: file.read(slot), file.occupied, lambda: file.write(wrapped(2)), lambda: file.empty([slot])):
        with pytest.raises(Unavailable):
            act()
