"""The store in memory: one act after the other, each on a copy of the tables, which takes their place if it ends."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from threading import Lock
from typing import TypeVar

from fiel.core.errors import FielError, Unavailable
from fiel.ports import Seals, Transaction
from fiel.stores.documents import Safe
from fiel.stores.memory.company import (
    MemoryAdministration,
    MemoryCatalogue,
    MemoryMeasurements,
    MemoryPromises,
    MemoryTotals,
)
from fiel.stores.memory.people import (
    MemoryChoices,
    MemoryCompartments,
    MemoryIdentities,
    MemoryLedger,
    MemoryUses,
)
from fiel.stores.memory.requests import MemoryRequests
from fiel.stores.memory.state import State, View

T = TypeVar("T")


class MemoryTransaction:
    """All ports over one view."""

    def __init__(self, view: View) -> None:
        self.identities = MemoryIdentities(view)
        self.choices = MemoryChoices(view)
        self.requests = MemoryRequests(view)
        self.ledger = MemoryLedger(view)
        self.compartments = MemoryCompartments(view)
        self.uses = MemoryUses(view)
        self.totals = MemoryTotals(view)
        self.catalogue = MemoryCatalogue(view)
        self.promises = MemoryPromises(view)
        self.measurements = MemoryMeasurements(view)
        self.administration = MemoryAdministration(view)


class MemoryStore:
    """A `Store` whose writer is whichever thread finds it free; that one also does what others hand over meanwhile."""

    def __init__(self, *, seals: Seals) -> None:
        """Begin empty, with documents sealed by `seals`."""
        self._seals = seals
        self._state = State()
        self._generations = count(1)
        self._waiting: deque[Callable[[], None]] = deque()
        self._writing = Lock()
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        self._ask_whether_open()
        view = View(self._state, Safe(self._seals))
        try:
            yield MemoryTransaction(view)
        finally:
            view.close()

    def write(self, act: Callable[[Transaction], T], *, urgent: bool = False) -> Future[T]:  # noqa: ARG002 -- never full
        self._ask_whether_open()
        future: Future[T] = Future()
        self._waiting.append(lambda: self._carry_out(act, future))
        # Whoever holds the lock looks at the queue once more after letting go of it, so nothing is left lying.
        while self._waiting and self._writing.acquire(blocking=False):
            try:
                while self._waiting:
                    self._waiting.popleft()()
            finally:
                self._writing.release()
        return future

    def close(self) -> None:
        self._closed = True

    def _carry_out(self, act: Callable[[Transaction], T], future: Future[T]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        safe, state = Safe(self._seals), self._state.fork()
        view = View(state, safe, generations=self._generations)
        try:
            done = act(MemoryTransaction(view))
        except BaseException as fault:  # noqa: BLE001 -- whatever stopped the act is for whoever waits for it
            self._seals.destroy(safe.made)
            future.set_exception(fault)
            return
        finally:
            view.close()
        self._state = state
        try:
            self._seals.destroy(safe.condemned)
        except FielError as fault:
            future.set_exception(fault)
        else:
            future.set_result(done)

    def _ask_whether_open(self) -> None:
        if self._closed:
            raise Unavailable("the store is closed")
