"""Room kept for the day on which the disk is full, so that withdrawals and erasures are still accepted (P9)."""

import os
from pathlib import Path
from typing import Final

from fiel.stores.sqlite.checkpoint import MOST_PAGES
from fiel.stores.sqlite.connection import PAGE_BYTES

SIZE: Final = 2 * MOST_PAGES * PAGE_BYTES
"""Bytes (16 MiB): room for the longest log to be emptied into the database, and then for as much again.

Two mebibytes would do for a dozen withdrawals, and then the log could no longer be emptied.
"""


class Ballast:
    """A file of nothing but room."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_there = False

    def ensure(self) -> bool:
        """Make it if it is not there; False if the disk has no room for it."""
        if not self.is_there:
            self.is_there = self._made()
        return self.is_there

    def release(self) -> bool:
        """Give its room to whoever needs it now; False if there was none."""
        if not self.is_there:
            return False
        self._path.unlink(missing_ok=True)
        self.is_there = False
        return True

    def _made(self) -> bool:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return False
        try:
            os.posix_fallocate(descriptor, 0, SIZE)
        except OSError:
            self._path.unlink(missing_ok=True)
            return False
        finally:
            os.close(descriptor)
        return True
