"""Disks that fail on demand, between SQLite and the real one."""

from collections.abc import Callable
from pathlib import Path

import apsw

Trouble = Callable[[str, int], None]
"""Called before each write and sync with the name of the file and the byte at which the write would end, 0 for a sync.

It raises what the disk should fail with.
"""


class _File(apsw.VFSFile):
    def __init__(self, name: str | apsw.URIFilename, flags: list[int], *, disk: "Disk") -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name, self._disk = Path(path).name, disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        """Write, if the disk will."""
        self._disk.trouble(self._name, offset + len(data))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        """Sync, if the disk will."""
        self._disk.trouble(self._name, 0)
        super().xSync(flags)


class Disk(apsw.VFS):
    """A disk with trouble; `name` is what SQLite knows it by."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.name = name
        self.trouble: Trouble = sound

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # noqa: N802 - SQLite's name
        """Open a file that has the trouble of its disk."""
        assert name is not None, "a temporary file: nothing may lie outside the folder"
        return _File(name, flags, disk=self)


def sound(_name: str, _end: int) -> None:
    """No trouble."""


class Quota:
    """Trouble of a full disk: no file of a folder grows if all together would then hold more than `most` bytes.

    What a file has already may be written over, as on a real disk.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.most = most
        self.refused = 0

    @property
    def used(self) -> int:
        """The bytes that all files hold."""
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def __call__(self, name: str, end: int) -> None:
        """Refuse to grow."""
        growth = end - (self.folder / name).stat().st_size
        if growth > 0 and self.used + growth > self.most:
            self.refused += 1
            raise apsw.FullError("full")
