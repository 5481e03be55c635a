"""Locks between programs that share a folder: one server at a time, and one writer at any moment.

SQLite's own lock is not enough for writing: it ends with the commit, and condemned keys are zeroed after it. A slot
that another program filled anew in between would be zeroed with them.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fiel.core.errors import Unavailable
from fiel.stores.sqlite.connection import PATIENCE

_STEP: Final = 0.001
"""Seconds between two tries."""


class FileLock:
    """A lock that the system takes back when the program ends, however it ends."""

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            hint = "let the account that runs Fiel own the folder"
            raise Unavailable(f"`{path}` cannot be opened: {error.strerror}", hint=hint) from error

    def take(self) -> bool:
        """Take it; False if another one has it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let go of it."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of it for good."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class Turn:
    """Whose turn it is to write. Whoever waits stands at the door, so that a busy writer does not get in twice."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        """Open the locks of a folder; `patience` in seconds."""
        self._folder = folder
        self._patience = patience
        self._door, self._desk = FileLock(folder / "door.lock"), FileLock(folder / "writer.lock")

    def __enter__(self) -> Self:
        deadline = time.monotonic() + self._patience
        self._wait(self._door, deadline)
        try:
            self._wait(self._desk, deadline)
        finally:
            self._door.release()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._desk.release()

    def close(self) -> None:
        """Let go of both locks for good."""
        self._door.close()
        self._desk.close()

    def _wait(self, lock: FileLock, deadline: float) -> None:
        while not lock.take():
            if time.monotonic() > deadline:
                raise Unavailable(
                    f"another program has been writing to `{self._folder}` for {self._patience:g} seconds",
                    hint="let it finish, or stop it",
                )
            time.sleep(_STEP)
