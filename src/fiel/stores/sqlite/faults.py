"""What SQLite reports, in Fiel's own errors: what happened, in which file, what to do. Nothing of what was stored."""

from pathlib import Path

import apsw

from fiel.core.errors import FielError, SettingsInvalid, Tampered, Unavailable

_RESTORE = "restore the folder from a back-up; `fiel doctor` says what can be read"


_NO_ROOM_FOR_THE_INDEX = apsw.SQLITE_IOERR_SHMSIZE
"""SQLite's word for a full disk when it is the write-ahead log's index that finds no room."""


def is_full(error: apsw.Error) -> bool:
    """Whether the disk is full."""
    return isinstance(error, apsw.FullError) or getattr(error, "extendedresult", 0) == _NO_ROOM_FOR_THE_INDEX


def told(error: apsw.Error, *, path: Path) -> FielError:
    """The error to raise instead. What only a mistake of ours can cause is raised as it is."""
    match error:
        case _ if is_full(error):
            return Unavailable(
                f"the disk that holds `{path}` is full",
                hint="make room; until then only withdrawals, objections and erasures are accepted",
            )
        case apsw.BusyError() | apsw.LockedError():
            return Unavailable(f"another program keeps `{path}` locked", hint="close it and try again")
        case apsw.ReadOnlyError() | apsw.PermissionsError() | apsw.AuthError():
            return Unavailable(f"`{path}` may not be written", hint="let the account that runs Fiel own the folder")
        case apsw.CantOpenError():
            return Unavailable(f"`{path}` cannot be opened", hint="let the account that runs Fiel own the folder")
        case apsw.NotADBError():
            return SettingsInvalid(f"`{path}` is not a store of Fiel", hint="name another data folder")
        case apsw.CorruptError() | apsw.ConstraintError() | apsw.MismatchError():
            return Tampered(f"`{path}` is damaged: it contradicts itself", hint=_RESTORE)
        case apsw.IOError() | apsw.NoMemError() | apsw.ProtocolError() | apsw.TooBigError():
            return Unavailable(f"the disk or the memory under `{path}` failed", hint="look at the system's own log")
        case _:
            raise error
