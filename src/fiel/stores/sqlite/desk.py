"""Where the writer works: group commit, and the tidying up that can wait for a pause."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from fiel.core.errors import Unavailable
from fiel.stores.sqlite.ballast import Ballast
from fiel.stores.sqlite.checkpoint import MOST_PAGES, Checkpoint
from fiel.stores.sqlite.commit import AnyJob, GroupCommit, fail

AFTER_SHREDDING: Final = 0.05
"""Seconds of quiet after which the log is emptied of what was shredded."""

AT_MOST: Final = 1.0
"""Seconds for which that waits for quiet."""

OTHERWISE: Final = 1.0
"""Seconds of quiet after which anything else is tidied, and before the log is tried again that somebody still reads."""


class Desk:
    """One connection's group commit with its checkpoint and its ballast."""

    def __init__(
        self,
        commit: GroupCommit,
        checkpoint: Checkpoint,
        *,
        ballast: Ballast,
        close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` tells seconds, from whenever; `close` lets go of what the desk stands on."""
        self._commit, self._checkpoint, self._ballast = commit, checkpoint, ballast
        self._clock = clock
        self._shredded_at: float | None = None
        self._rest_until = 0.0
        self.close = close

    def carry_out(self, jobs: Sequence[AnyJob]) -> None:
        """Carry out jobs together; what is urgent also when the disk is full."""
        allowed = self._allowed(jobs)
        self._commit.carry_out(allowed)
        undone = [job for job in allowed if job.urgent and job.fault is not None]
        if undone and self._commit.found_no_room:
            self._ballast.release()
            self._checkpoint.truncate()
            for job in undone:
                job.reset()
            self._commit.carry_out(undone)
        if self._shredded_at is None and any(job.condemned for job in jobs):
            self._shredded_at = self._clock()

    def pause(self) -> float | None:
        """Seconds of quiet after which to tidy up; 0 for at once, None if there is nothing to tidy."""
        now = self._clock()
        if now < self._rest_until:
            return self._rest_until - now
        if self._checkpoint.pages >= MOST_PAGES:
            return 0
        if self._shredded_at is not None:
            return AFTER_SHREDDING if now < self._shredded_at + AT_MOST else 0
        return OTHERWISE if self.is_untidy else None

    @property
    def is_untidy(self) -> bool:
        """Whether there is anything to tidy."""
        return bool(self._commit.is_untidy or self._checkpoint.pages or not self._ballast.is_there)

    def tidy(self) -> None:
        """Strike off what is zeroed, empty the log, put the ballast back. Raises `FielError`."""
        if self._commit.is_untidy:
            self._commit.tidy()
        if self._checkpoint.truncate():
            self._shredded_at = None
        else:
            self._rest_until = self._clock() + OTHERWISE
        self._ballast.ensure()

    def _allowed(self, jobs: Sequence[AnyJob]) -> Sequence[AnyJob]:
        """All jobs; or, when the room that is kept for them is gone, those that are urgent."""
        if self._ballast.ensure():
            return jobs
        refused = Unavailable(
            "the disk is full", hint="make room; until then only withdrawals, objections and erasures are accepted"
        )
        fail((job for job in jobs if not job.urgent), refused)
        return [job for job in jobs if job.urgent]
