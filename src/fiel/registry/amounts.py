"""Amounts as people write them: `90d`, `24 months`, `2%`, `3 per day`. Pure text; nothing of YAML.

A month counts 30 days and a year 365: never longer than the calendar's, so nothing is kept longer than it says.
"""

import re
from datetime import timedelta
from typing import Final

DAYS: Final = {"d": 1, "day": 1, "w": 7, "week": 7, "month": 30, "y": 365, "year": 365}
"""How many days a unit counts. `m` alone is none: it could be a minute."""

PLURALS: Final = {f"{unit}s": days for unit, days in DAYS.items() if unit not in {"d", "w", "y"}}

LONGEST: Final = timedelta(days=36_500)
"""No duration is longer than a hundred years."""

_DURATION: Final = re.compile(r"([0-9]{1,6})\s*([a-z]+)")
_SHARE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%")
_PACE: Final = re.compile(r"([0-9]{1,6})\s+per\s+([a-z]+)")
_PERIODS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)} | {
    "month": timedelta(days=30)
}


def duration(text: str) -> timedelta | None:
    """`90d`, `12 weeks`, `24 months`, `1 year`; None if it is none, is nothing, or is beyond `LONGEST`."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        return None
    count, unit = match.groups()
    days = DAYS.get(unit) or PLURALS.get(unit)
    if days is None:
        return None
    length = timedelta(days=int(count) * days)
    return length if timedelta(0) < length <= LONGEST else None


def share(value: str | float) -> float | None:
    """`2%` or `0.02` as a number from 0 to 1; None if it is neither."""
    if isinstance(value, str):
        match = _SHARE.fullmatch(value.strip())
        if match is None:
            return None
        value = float(match.group(1)) / 100
    return float(value) if 0 <= value <= 1 else None


def pace(text: str) -> tuple[int, timedelta] | None:
    """`3 per day` as how often and in which time: an hour, a day, a week or a month; None if it is none."""
    match = _PACE.fullmatch(text.strip())
    if match is None or match.group(2) not in _PERIODS or not int(match.group(1)):
        return None
    return int(match.group(1)), _PERIODS[match.group(2)]
