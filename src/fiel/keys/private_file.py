"""Small files that only their owner may read: made whole or not at all, refused when others could have read them."""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from fiel.core.errors import KeyMissing, SettingsInvalid, Unavailable

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""Whatever a file's mode grants to its group or to everybody."""

LONGEST: Final = 1 << 12
"""Bytes that are read of a private file: each of them is shorter."""


def create_private(path: Path, content: bytes) -> bool:
    """Make a file of mode 0600 with this content and have it on the disk. False, and nothing done, if one is there.

    It appears under its name only when it is complete: a crash leaves the whole file or none. Raises `Unavailable`.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write(draft, content)
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise Unavailable(f"`{path}` cannot be made: {error.strerror}", hint="choose a folder one may write") from error
    return True


def read_private(path: Path, *, what: str, most: int = LONGEST) -> bytes | None:
    """The content of a private file, at most so many bytes of it, None if it is not there; `what` names it in errors.

    Raises `KeyMissing` if it cannot be read or others may read it, `SettingsInvalid` if it is no regular file.
    """
    try:
        # Without O_NONBLOCK, opening a pipe would wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        hint = "let the account that runs Fiel own it"
        raise KeyMissing(f"{what} `{path}` cannot be read: {error.strerror}", hint=hint) from error
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise SettingsInvalid(f"{what} `{path}` is not a regular file", hint="name the file that holds the key")
        if mode & OTHERS:
            raise KeyMissing(f"{what} `{path}` may be read by others", hint=f"chmod 600 {path}")
        return os.read(descriptor, most)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
