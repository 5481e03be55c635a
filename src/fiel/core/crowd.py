"""What may be told of how many people there are: tens, and of fewer than ten only that they are few.

Not by blanking small cells: a blank is got back by subtracting its row from its total. Each number told here is a count
rounded down by itself, no equation ties two of them, and whatever else a page shows is worked out of told numbers. So
whoever knows all that is told still finds any count behind it anywhere in its ten, from nobody to nine where it is few
(`tests/core/test_crowd.py` builds each of those worlds). Two looks at different times tell when a ten is passed, and
nothing else; that they are not taken at will is for `operations/tally.py` to see (GDPR art. 5(1)(c), recital 26).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fiel.core.promise.usecase import Level

TEN: Final = 10
"""People under which nothing is told of them but that they are few, and the step of all other numbers."""


@dataclass(frozen=True, slots=True, order=True)
class Crowd:
    """At least `least` people, a multiple of ten, and at most nine more; 0: fewer than ten, or nobody."""

    least: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to tell how many."""
        return self.least == 0


def told(people: int) -> Crowd:
    """What may be told of so many people."""
    return Crowd(people - people % TEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many people stand where with one use case, exactly: never to leave the operation that counted.

    `people`: everybody who is known. Of them said `yes`, and it counts; said yes to a version that is `asleep` since a
    wider one came; had a yes that `expired`; said `no`. Whoever is in none of these has not decided.
    `reach`: whom a decision may use a level for now, or a further one; so each level counts those of the next as well.
    `expiring`: those of the yeses that are over within a month.
    """

    people: int
    yes: int
    asleep: int
    expired: int
    no: int
    reach: Mapping[Level, int]
    expiring: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The same as it may be told."""

    people: Crowd
    yes: Crowd
    asleep: Crowd
    expired: Crowd
    no: Crowd
    reach: Mapping[Level, Crowd]
    expiring: Crowd = Crowd(0)

    @property
    def undecided(self) -> Crowd:
        """Whom the other numbers leave: of told numbers, so that it tells nothing more; it may be some tens too high.

        Who has a yes asleep or expired is to be asked again, and is not among them.
        """
        heard = self.yes.least + self.asleep.least + self.expired.least + self.no.least
        return Crowd(max(0, self.people.least - heard))


def tell(counts: Counts) -> Told:
    """Each count rounded down by itself."""
    return Told(
        people=told(counts.people),
        yes=told(counts.yes),
        asleep=told(counts.asleep),
        expired=told(counts.expired),
        no=told(counts.no),
        reach={level: told(people) for level, people in counts.reach.items()},
        expiring=told(counts.expiring),
    )
