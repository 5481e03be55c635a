"""How often something may be asked for: by whom, or about whom, is remembered under a keyed name, and not for long.

In memory, so a restart forgets: it keeps a mailbox from being flooded, and is no proof of anything.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

SEATS: Final = 20_000
"""Names that are remembered at once; the one that was quiet longest goes first."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So often within so long. `of` keeps limits of different things apart."""

    of: str
    most: int
    within: timedelta


class Limits:
    """What was asked for lately."""

    def __init__(self, *, seats: int = SEATS) -> None:
        """Remember nobody yet."""
        self._seats = seats
        self._asked: OrderedDict[bytes, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def allow(self, limit: Limit, who: str, *, name: Callable[[str], bytes], now: datetime) -> bool:
        """Whether it may be asked for once more; if so, it counts, under the keyed name that `name` gives."""
        key = name(f"{limit.of} {who}")
        with self._lock:
            times = [at for at in self._asked.pop(key, []) if now - limit.within < at <= now]
            allowed = len(times) < limit.most
            self._asked[key] = [*times, now] if allowed else times
            while len(self._asked) > self._seats:
                self._asked.popitem(last=False)
            return allowed
