"""Somebody signs in by name and password. Whether there is such a name shows neither in the answer nor in its time."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock
from typing import Final

from fiel.core.ids import Digest
from fiel.core.staff import LONGEST_PASSWORD, Account
from fiel.operations.house import House
from fiel.operations.staff.accounts import handle_of, named

FREE: Final = 3
"""Wrong passwords for one name before there is a wait."""

LONGEST_WAIT: Final = timedelta(minutes=15)

MOST_FAILURES: Final = 100
"""Wrong passwords in a row, after which a name is let in by another link only (NIST SP 800-63B-4 §3.2.2)."""

REMEMBERED: Final = 4_096
"""Names whose failures are remembered; beyond them the one that failed longest ago is forgotten."""

AT_ONCE: Final = 2
"""Passwords that are hashed at once: whoever sends many makes them wait, and not the rest of the house."""


@dataclass(frozen=True, slots=True)
class Waits:
    """It is too soon to try that name again. `until`: when it is not."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Wrong:
    """There is no such name, or not with that password, or the account is shut."""


@dataclass(slots=True)
class _Failures:
    number: int
    last: datetime


class Attempts:
    """Who failed to sign in how often, by digests of names, in this process alone. What is no name waits as well."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._failed: OrderedDict[Digest, _Failures] = OrderedDict()
        self._lock = Lock()
        self.hashing = BoundedSemaphore(AT_ONCE)

    def until(self, handle: Digest) -> datetime | None:
        """When that name may be tried, None for now."""
        with self._lock:
            found = self._failed.get(handle)
        if found is None or found.number < FREE:
            return None
        if found.number >= MOST_FAILURES:
            return datetime.max.replace(tzinfo=found.last.tzinfo)
        return found.last + min(timedelta(seconds=2 ** min(found.number - FREE, 10)), LONGEST_WAIT)

    def note(self, handle: Digest, now: datetime) -> None:
        """One more failure, counted before the password is looked at: many at once are many."""
        with self._lock:
            before = self._failed.pop(handle, None)
            self._failed[handle] = _Failures((before.number if before else 0) + 1, now)
            if len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def clear(self, handle: Digest) -> None:
        """It was they: begin anew."""
        with self._lock:
            self._failed.pop(handle, None)


def sign_in(house: House, attempts: Attempts, *, name: str, password: str) -> Account | Wrong | Waits:
    """The account, if it is open and that is its password."""
    handle, now = handle_of(house, name), house.clock.now()
    until = attempts.until(handle)
    if until is not None and until > now:
        return Waits(until)
    attempts.note(handle, now)
    with house.store.read() as tx:
        found = named(house, tx, name)
    hashed = found.password if found is not None else None
    with attempts.hashing:
        fits = house.passwords.fits(password[: LONGEST_PASSWORD + 1], hashed)
    if not fits or found is None or found.disabled is not None:
        return Wrong()
    attempts.clear(handle)
    return found
