"""Two mebibytes kept for the day on which the disk is full, so that withdrawals and erasures still find room (P9)."""

import os
from pathlib import Path
from typing import Final

SIZE: Final = 2 << 20
"""Bytes: room for some twenty withdrawals between two checkpoints."""


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
