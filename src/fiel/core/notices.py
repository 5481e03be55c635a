"""Notices, what is said to somebody of their own accord: which kinds there are, when one may ask, when to try again.

A first notice, in the sense of what is shown before a choice, is something else: `Notice` in `core/ids.py`. An ask is
whatever invites somebody to say yes, in a page or in a mail. All of them count together, so that nobody is asked until
they tire (EDPB guidelines 03/2022, continuous prompting). Not how a notice travels: that is `fiel.notices`.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never

from fiel.core.consent.choice import Standing, Status
from fiel.core.deadline import months_after


class Kind(StrEnum):
    """What a notice tells.

    `CHOICE`: a choice was recorded. `CHANGED`: a use case is no longer what somebody agreed to. `EXPIRING`: a yes will
    soon be over. `YEARLY`: how the data were used in a year. `LOOKED`: somebody of the company looked at the data.
    `PROGRESS`: how far a request is. `ERASED`: all was erased. `CONFIRM`: is this your address? `ENTER`: a way in.
    """

    CHOICE = "choice"
    CHANGED = "changed"
    EXPIRING = "expiring"
    YEARLY = "yearly"
    LOOKED = "looked"
    PROGRESS = "progress"
    ERASED = "erased"
    CONFIRM = "confirm"
    ENTER = "enter"


ASK_MONTHS: Final = 6
"""Months between two asks for one use case, by whatever channel, where no law wants more."""

NOT_YET: Final = timedelta(days=30)
"""How long before a yes is over its person is told, and asked once whether it is to go on."""

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
GIVEN_UP_AFTER: Final = timedelta(days=7)
"""How long a notice is tried before somebody of the company must see to it."""

_DOUBLINGS: Final = 16


def may_ask(standing: Standing, *, asked: datetime | None, law_months: int | None, now: datetime) -> bool:
    """Whether somebody who stands so may be asked for a yes now; `asked` is when they last were, by any channel.

    After a no the law's own months count, if it has some (`asks_again`) and they are more. Who objected, was erased or
    had their data set aside is never asked: they come by themselves.
    """
    if asked is not None and now < months_after(asked, ASK_MONTHS):
        return False
    match standing.status:
        case Status.OBJECTED | Status.RESTRICTED | Status.BLOCKED | Status.ERASED:
            return False
        case Status.REFUSED | Status.WITHDRAWN:
            return standing.at is None or now >= months_after(standing.at, max(ASK_MONTHS, law_months or 0))
        case Status.UNKNOWN | Status.REQUESTED | Status.GIVEN | Status.EXPIRED | Status.INVALIDATED:
            return True
        case _:
            assert_never(standing.status)


def waits(tries: int) -> timedelta:
    """How long to wait after so many tries that failed: twice as long each time, up to `LONGEST_WAIT`."""
    doublings: int = min(max(tries, 1) - 1, _DOUBLINGS)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def is_hopeless(since: datetime, *, now: datetime) -> bool:
    """Whether a notice that waits since then is no longer tried."""
    return now >= since + GIVEN_UP_AFTER
