"""A wish to end that waits for the end of a step: what is half done is finished first, and then accounted for."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

WISHES: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Set the event at the first Ctrl-C or SIGTERM; a second one ends the program at once, as without this.

    Only the main thread hears signals; in another one the event is never set.
    """
    wished = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield wished
        return
    before = {wish: signal.getsignal(wish) for wish in WISHES}

    def heard(_number: int, _frame: object) -> None:
        wished.set()
        restore()

    def restore() -> None:
        for wish, handler in before.items():
            signal.signal(wish, handler)

    for wish in WISHES:
        signal.signal(wish, heard)
    try:
        yield wished
    finally:
        restore()
