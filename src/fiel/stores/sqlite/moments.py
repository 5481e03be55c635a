"""Instants as whole microseconds since 1970 in UTC: exact, and in their order."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """The instant as a number."""
    return (at - _EPOCH) // _MICROSECOND


def instant(number: int) -> datetime:
    """The instant of that number, in UTC."""
    return _EPOCH + number * _MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    """The same for an instant that may not be there."""
    return None if at is None else micros(at)


def instant_or_none(number: int | None) -> datetime | None:
    """The same for a number that may not be there."""
    return None if number is None else instant(number)
