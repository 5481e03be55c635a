"""A clock that stands still until a test turns it."""

from datetime import UTC, datetime, timedelta
from typing import Final

NOON: Final = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""Where a clock stands, and when builders let things happen, unless told otherwise."""


class HandClock:
    """A `Clock` whose hands only a test moves, forwards or backwards."""

    def __init__(self, at: datetime = NOON) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Where the hands stand, in UTC."""
        return self._at

    def turn(self, by: timedelta) -> datetime:
        """Move the hands by so much, and tell where they stand."""
        self._at += by
        return self._at

    def set(self, at: datetime) -> None:
        """Put the hands to an instant."""
        self._at = at.astimezone(UTC)
