"""A file of fixed slots for wrapped keys, in which emptying a slot overwrites the key where it lies on the disk.

Not a database: what a database deletes survives in its free pages, its journal and its log (measured: 100 of 100 keys
on the raw disk, against none here). On file systems that copy on write this does not hold; there a key dies with its
generation. Any number of readers see each change at once. Several programs may write, one at a time: whose turn it
is, their store tells (`fiel.stores`); what one of them thinks is free, it looks up again before it writes.
"""

import fcntl
import os
import secrets
import stat
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from fiel.core.errors import KeyMissing, Tampered, Unavailable
from fiel.core.ids import Slot
from fiel.keys.private_file import sync_folder
from fiel.keys.slot_header import HEADER_BYTES, RESTORE, header, size_in
from fiel.keys.wrapping import RECORD_BYTES, Wrapped
from fiel.ports import CrashPoint, calm

STEP: Final = 1 << 20
"""Bytes by which the file grows, so that a full disk shows when room is made and never when a key is destroyed."""

Sync: TypeAlias = Callable[[int], None]
"""Has what was written to a descriptor on the disk; raises `OSError`."""

MOST_SLOTS: Final = 1 << 32
"""No slot has a number beyond; a larger one in a damaged row names nothing."""

_PAGE: Final = 1 << 12
_EMPTY: Final = bytes(RECORD_BYTES)


class SlotFile:
    """An open slot file. Whoever opened it to write may `write` and `empty`, one at a time; any thread may `read`."""

    __slots__ = (
        "_crash",
        "_descriptor",
        "_force",
        "_free",
        "_held_back",
        "_key",
        "_path",
        "_size",
        "_taken",
        "_unsynced",
        "_writer",
    )

    def __init__(
        self, path: Path, *, key: bytes, writer: bool, crash: CrashPoint = calm, sync: Sync = os.fdatasync
    ) -> None:
        """Open the file, and as a writer make it if it is not there; `key` checks that it is this root's.

        Another `sync` is for tests that cut the power.

        Raises `KeyMissing` if there is none to read, `Unavailable` if the disk refuses, `Tampered` if it is no slot
        file, damaged, cut short or made under another root key.
        """
        self._path = path
        self._key = key
        self._crash = crash
        self._force = sync
        self._writer = writer
        self._held_back = False
        self._unsynced = False
        self._free = array("Q")
        self._taken = bytearray()
        self._descriptor = _opened(path, writer=writer)
        try:
            if writer:
                with self._alone():
                    self._make()
                    self._size = self._checked_size()
                    self._take_stock()
            else:
                self._size = self._checked_size()
        except BaseException:
            self.close()
            raise

    @property
    def taken(self) -> int:
        """How many slots the writer knows to be in use."""
        return sum(self._taken)

    def read(self, slot: Slot) -> Wrapped | None:
        """The wrapped key in a slot, None if it is empty or does not exist. Raises `Unavailable`."""
        if not 0 <= slot < MOST_SLOTS:
            return None
        with self._disk("read a key"):
            record = os.pread(self._descriptor, RECORD_BYTES, _offset(slot))
        return None if len(record) < RECORD_BYTES or record == _EMPTY else Wrapped.unpack(record)

    def write(self, wrapped: Wrapped) -> Slot:
        """Put a wrapped key into an empty slot, and have it on the disk before returning. Raises `Unavailable`.

        The slot is drawn by lot: neighbours would tell which keys were made together, and so perhaps for one person.
        """
        self._ask_for_the_writer()
        slot = self._draw()
        with self._disk("keep a key"):
            os.pwrite(self._descriptor, wrapped.pack(), _offset(slot))
            self._crash("slot.written")
            self._unsynced = True
            if not self._held_back:
                self._sync("slot.synced")
        return slot

    def empty(self, slots: Iterable[Slot]) -> None:
        """Overwrite slots with zeros, and have these on the disk before returning. Raises `Unavailable`.

        A slot that is empty or does not exist is passed over. After an error the call is to be repeated: the zeros are
        then written anew, for what a failed sync has dropped is not synced by trying again.
        """
        self._ask_for_the_writer()
        there = self._slots_there()
        existing = [slot for slot in slots if 0 <= slot < there]
        if not existing:
            return
        with self._disk("destroy a key"):
            for slot in existing:
                os.pwrite(self._descriptor, _EMPTY, _offset(slot))
                self._crash("slot.zeroed")
            self._sync("slot.zero-synced")
        for slot in existing:
            if self._taken[slot]:
                self._taken[slot] = False
                self._free.append(slot)

    def occupied(self) -> Sequence[Slot]:
        """The slots that are not empty, in order. Raises `Unavailable`."""
        with self._disk("read the keys"):
            return [slot for slot, record in self._records() if record != _EMPTY]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let the writes within share one sync, made when this is left without an error. Raises `Unavailable`.

        Until then no slot written within is sure to be on the disk.
        """
        self._held_back = True
        try:
            yield
            if self._unsynced:
                with self._disk("keep keys"):
                    self._sync("slot.synced")
        finally:
            self._held_back = False

    def close(self) -> None:
        """Let go of the file and of its lock."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _ask_for_the_writer(self) -> None:
        if not self._writer:
            raise Unavailable(f"`{self._path}` was opened for reading", hint="let the server do this, or stop it first")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else make or enlarge the file meanwhile."""
        with self._disk("lock the keys"):
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if self._descriptor >= 0:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _make(self) -> None:
        """Lay out a file that is new, or whose making was cut off before its header was written."""
        with self._disk("make room for keys"):
            if os.pread(self._descriptor, HEADER_BYTES, 0).strip(b"\0") or self.occupied():
                return
            os.posix_fallocate(self._descriptor, 0, STEP)
            self._sync("slots.allocated")
            self._write_header(STEP)
            sync_folder(self._path.parent)

    def _make_room(self) -> None:
        """Look again at what is free, for other programs write here too; if there is nothing, enlarge the file."""
        with self._alone():
            self._size = self._checked_size()
            self._take_stock()
            if not self._free:
                self._grow()

    def _grow(self) -> None:
        larger = self._size + STEP
        with self._disk("make room for more keys"):
            os.posix_fallocate(self._descriptor, self._size, STEP)
            self._sync("slots.allocated")
            self._write_header(larger)
        self._size = larger
        self._extend(_slots_in(larger))

    def _write_header(self, size: int) -> None:
        os.pwrite(self._descriptor, header(size, key=self._key), 0)
        self._sync("slots.grown")

    def _checked_size(self) -> int:
        with self._disk("read the keys"):
            raw = os.pread(self._descriptor, HEADER_BYTES, 0)
            there = os.fstat(self._descriptor).st_size
        size = size_in(raw, key=self._key, name=str(self._path))
        if there < size:
            raise Tampered(
                f"`{self._path}` is cut short: it has {there} of {size} bytes",
                hint=RESTORE,
            )
        return size

    def _take_stock(self) -> None:
        """Note which slots are free. What a failed sync left in the memory of the system is not what the disk has."""
        with suppress(OSError):
            os.posix_fadvise(self._descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        self._taken = bytearray(_slots_in(self._size))
        self._free = array("Q")
        for slot in self.occupied():
            if slot >= len(self._taken):
                raise Tampered(
                    f"the header of `{self._path}` is older than its keys",
                    hint=RESTORE,
                )
            self._taken[slot] = True
        self._free.extend(slot for slot, taken in enumerate(self._taken) if not taken)

    def _extend(self, slots: int) -> None:
        self._free.extend(range(len(self._taken), slots))
        self._taken.extend(bytes(slots - len(self._taken)))

    def _draw(self) -> Slot:
        """A slot that is empty on the disk: another program may have filled what was free when this one looked."""
        while True:
            if not self._free:
                self._make_room()
            drawn = secrets.randbelow(len(self._free))
            self._free[drawn], self._free[-1] = self._free[-1], self._free[drawn]
            slot = Slot(self._free.pop())
            self._taken[slot] = True
            if self.read(slot) is None:
                return slot

    def _slots_there(self) -> int:
        """How many slots the file has now: another program may have enlarged it."""
        there = _slots_in(self._checked_size())
        if there > len(self._taken):
            self._extend(there)
        return len(self._taken)

    def _sync(self, point: str) -> None:
        self._force(self._descriptor)
        self._unsynced = False
        self._crash(point)

    def _records(self) -> Iterator[tuple[Slot, bytes]]:
        """Every whole record after the header; of a page that is all zeros, none."""
        offset = 0
        while page := os.pread(self._descriptor, _PAGE, offset):
            if page.strip(b"\0"):
                for start in range(0, len(page) - RECORD_BYTES + 1, RECORD_BYTES):
                    if offset + start >= HEADER_BYTES:
                        yield Slot((offset + start) // RECORD_BYTES - 1), page[start : start + RECORD_BYTES]
            offset += len(page)

    @contextmanager
    def _disk(self, act: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unavailable(
                f"the disk cannot {act} in `{self._path}`: {error.strerror}", hint="look at the disk and at its room"
            ) from error


def _opened(path: Path, *, writer: bool) -> int:
    try:
        if writer:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise KeyMissing(f"the keys `{path}` are not there", hint=RESTORE) from None
    except OSError as error:
        raise Unavailable(f"the keys `{path}` cannot be opened: {error.strerror}", hint="look at its owner") from error


def _offset(slot: int) -> int:
    return (slot + 1) * RECORD_BYTES


def _slots_in(size: int) -> int:
    return size // RECORD_BYTES - 1
