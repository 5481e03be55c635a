"""One act on its way: handed over, carried out among others, and answered when all of it is durable."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from fiel.core.ids import Slot
from fiel.ports import Transaction

T = TypeVar("T")


class Job(Generic[T]):
    """An act, its future, and what became of it so far."""

    __slots__ = ("_act", "_done", "condemned", "fault", "future", "made", "urgent")

    def __init__(self, act: Callable[[Transaction], T], *, urgent: bool) -> None:
        self._act = act
        self._done: list[T] = []
        self.urgent = urgent
        self.future: Future[T] = Future()
        self.fault: BaseException | None = None
        self.made: Sequence[Slot] = ()
        self.condemned: Sequence[Slot] = ()

    def begin(self) -> bool:
        """Whether it is still wanted; from now on it cannot be cancelled."""
        return self.future.set_running_or_notify_cancel()

    def run(self, tx: Transaction) -> None:
        """Carry out the act; whatever it raises is kept for whoever waits."""
        try:
            self._done = [self._act(tx)]
        except BaseException as fault:  # noqa: BLE001 - it is not the writer's fault, and the writer goes on
            self.fault = fault

    def reset(self) -> None:
        """Forget what became of it, because all of it was undone."""
        self._done, self.fault, self.made, self.condemned = [], None, (), ()

    def answer(self) -> None:
        """Tell whoever waits."""
        if self.fault is not None:
            self.future.set_exception(self.fault)
        else:
            self.future.set_result(self._done[0])
