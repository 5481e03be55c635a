"""The one thread that writes. It knows closures and when to rest, nothing of what is stored."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Final, TypeVar

from fiel.core.errors import Unavailable
from fiel.ports import Transaction
from fiel.stores.sqlite.commit import AnyJob
from fiel.stores.sqlite.desk import OTHERWISE, Desk
from fiel.stores.sqlite.jobs import Job

T = TypeVar("T")

MOST_TOGETHER: Final = 256
"""Acts in one commit: enough to share a sync, few enough that the first does not wait long for the last."""

_log: Final = logging.getLogger(__name__)


class Writer:
    """A queue, and the thread that empties it at a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queue: SimpleQueue[AnyJob | None] = SimpleQueue()
        self._door = Lock()
        self._closed = False
        self._thread = Thread(target=self._work, name="fiel-writer", daemon=True)
        self._thread.start()

    def hand_over(self, act: Callable[[Transaction], T], *, urgent: bool) -> Future[T]:
        """Queue an act. Raises `Unavailable` once the writer is closed."""
        job = Job(act, urgent=urgent)
        with self._door:
            if self._closed:
                raise Unavailable("the store is closed")
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Finish what was handed over, and end."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        pause = self._desk.pause()
        while True:
            try:
                first = self._queue.get(timeout=pause)
            except Empty:
                pause = self._tidied()
                continue
            if first is None:
                break
            self._carry_out([first, *self._further()])
            pause = self._desk.pause()
            if pause == 0:
                pause = self._tidied()
        self._tidied()
        self._desk.close()

    def _further(self) -> Sequence[AnyJob]:
        """What is waiting already: nobody waits for it, so a lone act is as quick as can be."""
        jobs: list[AnyJob] = []
        while len(jobs) < MOST_TOGETHER - 1 and not self._queue.empty():
            job = self._queue.get()
            if job is None:
                self._queue.put(None)
                break
            jobs.append(job)
        return jobs

    def _carry_out(self, jobs: Sequence[AnyJob]) -> None:
        wanted = [job for job in jobs if job.begin()]
        if not wanted:
            return
        try:
            self._desk.carry_out(wanted)
        except BaseException as fault:  # noqa: BLE001 - whoever waits is told, and the writer goes on
            _log.exception("the writer failed")
            for job in wanted:
                job.fault = job.fault or fault
        for job in wanted:
            job.answer()

    def _tidied(self) -> float | None:
        """Tidy up, once; seconds after which to try again if something is left."""
        try:
            self._desk.tidy()
        except Exception:  # noqa: BLE001 - it is tried again
            _log.exception("the writer could not tidy up; it tries again")
        return OTHERWISE if self._desk.is_untidy else None
