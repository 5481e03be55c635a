"""The audit made aside when somebody asks for it, one at a time, and what the latest one found."""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread
from typing import Final

from fiel.core.errors import FielError
from fiel.operations.audit.whole import Audit, audit
from fiel.operations.faults import note
from fiel.operations.house import House

PATIENCE: Final = 2.0
"""Seconds that whoever asks waits for it to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An audit that ended, and when it was begun. `found` is None if the ledger could not be read to its end."""

    at: datetime
    found: Audit | None


class Audits:
    """The latest audit of a house."""

    def __init__(self, house: House) -> None:
        """Nothing was audited yet."""
        self._house = house
        self._lock = Lock()
        self._latest: Audited | None = None
        self._made: Future[Audited] | None = None

    @property
    def latest(self) -> Audited | None:
        """The last one that ended."""
        return self._latest

    @property
    def is_under_way(self) -> bool:
        """Whether one is being made."""
        return self._made is not None

    def begin(self, *, patience: float = PATIENCE) -> None:
        """Begin one, unless one is under way, and wait a little for it."""
        with self._lock:
            if self._made is None:
                self._made = Future()
                Thread(target=self._make, args=(self._made,), daemon=True).start()
            making = self._made
        try:
            making.result(patience)
        except TooSlow:
            return

    def _make(self, made: Future[Audited]) -> None:
        at, found = self._house.clock.now(), None
        try:
            found = audit(self._house, verify=self._house.signer.signed)
        except FielError as fault:
            note("the ledger could not be audited", fault)
        finally:
            self._latest = Audited(at=at, found=found)
            with self._lock:
                self._made = None
            made.set_result(self._latest)
