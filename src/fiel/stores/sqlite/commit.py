"""Group commit: many acts, each in its own savepoint, one sync of the disk, and then the condemned keys are zeroed.

The order is the whole point: rows first, durably; keys after; answers last. At whatever point the power fails, a
document whose key is gone is gone itself, and what recovery finds unneeded is zeroed before anything is served.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from fiel.core.errors import FielError, Unavailable
from fiel.core.ids import Slot
from fiel.ports import CrashPoint, Seals
from fiel.stores.sqlite.jobs import Job
from fiel.stores.sqlite.locks import Turn
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.transaction import SqliteTransaction

AnyJob: TypeAlias = Job[Any]
"""A job whatever it answers."""

_SQL: Final = queries("transaction")


class GroupCommit:
    """Carries out jobs together. Not a thread, and not a queue: that is the writer."""

    def __init__(self, tx: SqliteTransaction, *, seals: Seals, turn: Turn, crash: CrashPoint) -> None:
        self._tx, self._session = tx, tx.session
        self._seals = seals
        self._turn = turn
        self._crash = crash
        self._owed: list[Slot] = []
        self._zeroed: list[Slot] = []

    @property
    def is_untidy(self) -> bool:
        """Whether condemned slots are still to be zeroed, or to be struck off the list."""
        return bool(self._owed or self._zeroed)

    @property
    def found_no_room(self) -> bool:
        """Whether the disk was full the last time."""
        return self._session.full

    def carry_out(self, jobs: Sequence[AnyJob]) -> None:
        """Carry out all jobs and note what became of each. Raises nothing that is expected."""
        try:
            with self._turn:
                self._pay()
                self._together(jobs)
        except FielError as fault:
            fail(jobs, fault)

    def tidy(self) -> None:
        """Zero what is owed, and strike off what is zeroed. Raises `FielError`."""
        with self._turn:
            self._pay()
            self._session.begin()
            self._strike_off()
            self._session.commit()
            self._zeroed.clear()

    def _together(self, jobs: Sequence[AnyJob]) -> None:
        """All in one transaction: what fails by itself is undone alone; if the transaction fails, nothing was done."""
        if not jobs:
            return
        try:
            self._session.begin()
            self._crash("begin.after")
            self._strike_off()
            for job in jobs:
                self._step(job)
            self._crash("commit.before")
            self._session.commit()
        except FielError as fault:
            self._session.roll_back()
            fail(jobs, fault)
            self._zero([slot for job in jobs for slot in job.made])
            for job in jobs:
                job.condemned = ()
            return
        self._crash("commit.after")
        self._zeroed.clear()
        self._settle(jobs)

    def _step(self, job: AnyJob) -> None:
        self._session.mark()
        job.run(self._tx)
        job.made, job.condemned = self._session.safe.made, self._session.safe.condemned
        if self._session.lost is not None:
            raise self._session.lost
        if job.fault is None:
            self._session.keep()
        else:
            self._session.undo()
            job.condemned = ()
        self._crash("savepoint.released")

    def _settle(self, jobs: Sequence[AnyJob]) -> None:
        """The commit is durable: zero the keys that were condemned by it, and those that undone acts had made."""
        undone = [slot for job in jobs if job.fault is not None for slot in job.made]
        condemned = [slot for job in jobs for slot in job.condemned]
        if not self._zero([*condemned, *undone]):
            fault = Unavailable(
                "what was asked is recorded, but a key could not be zeroed yet",
                hint="the writer tries again before it does anything else",
            )
            fail([job for job in jobs if job.condemned], fault)

    def _zero(self, slots: Sequence[Slot]) -> bool:
        """Zero slots, or owe it; False if it is owed."""
        if not slots:
            return True
        self._owed.extend(slots)
        try:
            self._pay()
        except FielError:
            return False
        return True

    def _pay(self) -> None:
        """Zero what is owed. Raises `FielError`."""
        if self._owed:
            self._crash("zero.before")
            self._seals.destroy(self._owed)
            self._crash("zero.after")
            self._zeroed.extend(self._owed)
            self._owed.clear()

    def _strike_off(self) -> None:
        """Take zeroed slots off the list of pending ones: only from now on may that list not name them."""
        if self._zeroed:
            self._session.change_each(_SQL["clear"], [(slot,) for slot in self._zeroed])
            self._crash("pending.cleared")


def fail(jobs: Iterable[AnyJob], fault: FielError) -> None:
    """Let jobs fail, each with what it failed with already if there is that."""
    for job in jobs:
        job.fault = job.fault or fault
