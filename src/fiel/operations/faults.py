"""A fault that costs relevance and nothing else is written down: what failed, of which type, and where in the code.

Not what it said: the message of an unknown error may hold the very value that it stumbled over.
"""

import logging
import traceback
from typing import Final

_log = logging.getLogger(__name__)

_DEEPEST: Final = 8
"""Frames that are named, the last ones."""


def note(what: str, fault: BaseException) -> None:
    """Log a fault: `what` could not be done, in words without anybody's data."""
    _log.error("%s: %s at %s", what, type(fault).__name__, where(fault))


def where(fault: BaseException) -> str:
    """The way through the code to a fault: files, lines and functions, and no values."""
    frames = traceback.extract_tb(fault.__traceback__)[-_DEEPEST:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)
