"""Which days nobody works, and which day it is, where a law holds: public holidays by the `holidays` package."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from fiel.core.law import Jurisdiction

SATURDAY: Final = 5


class PublicCalendars:
    """The calendars of the countries whose laws are installed.

    Where a law's holidays differ within (`calendar` None), only Saturdays and Sundays are known to be free: a term then
    ends no later than it would with the holidays, so what is done by then is done in time.
    """

    def closed(self, law: Jurisdiction, day: date) -> bool:
        """Whether nobody works on that day where the law holds."""
        return day.weekday() >= SATURDAY or (law.calendar is not None and day in _holidays(law.calendar, day.year))

    def day(self, law: Jurisdiction, at: datetime) -> date:
        """Which day it is there at an instant; by UTC where a law holds in several zones."""
        return at.astimezone(ZoneInfo(law.zone) if law.zone else UTC).date()


@lru_cache(maxsize=256)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    """The public holidays of one year, also those that replace one that fell on a Sunday."""
    country, _, region = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
