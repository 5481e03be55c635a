"""How many people stand where with each use case, and how far decisions may reach them now; for staff, in tens.

Everybody is gone through once and weighed, as a decision would weigh them. What is told is what `core/crowd.py` lets be
told, and it is counted at most once an hour: whoever could look before and after each choice would see whose it was.
No standing is kept here, only what was told of all.
"""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Final

from fiel.core.consent.choice import Status
from fiel.core.crowd import Counts, Told, tell
from fiel.core.errors import FielError
from fiel.core.ids import UseCaseId
from fiel.core.notices import NOT_YET
from fiel.core.permit import Act, Refusal, Refused
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.sweep import Sweep, look
from fiel.operations.weigh import Question, Weighed, weigh
from fiel.ports import Transaction

HELD_BACK: Final = timedelta(hours=1)
"""How long one tally stands before another is made."""

PATIENCE: Final = 2.0
"""Seconds that a page waits for a count before it says that one is being made."""

_NOES: Final = frozenset(
    {Status.REFUSED, Status.WITHDRAWN, Status.OBJECTED, Status.RESTRICTED, Status.BLOCKED, Status.ERASED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What may be told of every use case in force, and when it was counted."""

    at: datetime
    use_cases: Mapping[UseCaseId, Told]


def tally(house: House) -> Tally:
    """Count everybody, use case by use case."""
    with house.store.read() as tx:
        cases = house.shelf.now(tx).promise.use_cases
    counting = _Counting(house=house, cases=cases, now=house.clock.now())
    look(house, counting.step)
    counts = {name: counting.counts(case) for name, case in cases.items()}
    return Tally(at=counting.now, use_cases={name: tell(each) for name, each in counts.items()})


class Tallies:
    """The latest tally. It is made aside, so that no page waits long for it, and no two within an hour."""

    def __init__(self, house: House) -> None:
        """Count nothing yet."""
        self._house = house
        self._lock = Lock()
        self._latest: Tally | None = None
        self._made: Future[Tally | None] | None = None

    def latest(self, *, patience: float = PATIENCE) -> Tally | None:
        """What was counted within the last hour, else counted anew; None while nothing was ever counted to its end."""
        with self._lock:
            if self._made is None and self._is_due():
                self._made = Future()
                Thread(target=self._make, args=(self._made,), daemon=True).start()
            making, latest = self._made, self._latest
        if making is None or latest is not None:
            return latest
        try:
            return making.result(patience)
        except TooSlow:
            return None

    def _is_due(self) -> bool:
        return self._latest is None or self._latest.at + HELD_BACK <= self._house.clock.now()

    def _make(self, made: Future[Tally | None]) -> None:
        found: Tally | None = None
        try:
            found = tally(self._house)
        except FielError as fault:
            note("people could not be counted", fault)
        finally:
            with self._lock:
                self._latest, self._made = found or self._latest, None
            made.set_result(found)


@dataclass(slots=True, kw_only=True)
class _Counting:
    """The counts as they grow."""

    house: House
    cases: Mapping[UseCaseId, UseCase]
    now: datetime
    people: int = 0
    said: Counter[tuple[UseCaseId, str]] = field(default_factory=Counter)
    reached: Counter[tuple[UseCaseId, Level]] = field(default_factory=Counter)

    def step(self, tx: Transaction, swept: Sweep) -> bool:
        """Count one person in; there is no reason to stop before the last."""
        self.people += 1
        in_force = self.house.shelf.now(tx).promise.use_cases
        for name in self.cases:
            if name not in in_force:
                continue
            question = Question(act=Act.USE, now=self.now)
            weighed = weigh(self.house, tx, swept.person, use_case=name, question=question)
            said = _said(weighed)
            self.said[name, said] += 1
            if said == "yes" and _is_over_by(weighed, self.now + NOT_YET):
                self.said[name, "expiring"] += 1
            if not isinstance(weighed.ruling, Refusal):
                self.reached[name, weighed.ruling.level] += 1
        return True

    def counts(self, case: UseCase) -> Counts:
        """What was counted of one use case."""
        return Counts(
            people=self.people,
            yes=self.said[case.id, "yes"],
            asleep=self.said[case.id, "asleep"],
            expired=self.said[case.id, "expired"],
            no=self.said[case.id, "no"],
            expiring=self.said[case.id, "expiring"],
            reach={
                level: sum(self.reached[case.id, further] for further in Level if further >= level)
                for level in case.levels
            },
        )


def _said(weighed: Weighed) -> str:
    """What somebody's latest word comes to today; a part of what is objected to is a no to that part alone."""
    standing, ruling = weighed.standing, weighed.ruling
    why = ruling.why if isinstance(ruling, Refusal) else None
    if standing.status is Status.GIVEN:
        return {Refused.CHANGED: "asleep", Refused.EXPIRED: "expired"}.get(why, "yes") if why else "yes"
    if standing.status in {Status.EXPIRED, Status.INVALIDATED}:
        return "expired"
    in_part = standing.status is Status.OBJECTED and standing.level > Level.NONE
    if standing.status in _NOES and not in_part:
        return "no"
    return "open"


def _is_over_by(weighed: Weighed, then: datetime) -> bool:
    """Whether a yes that nobody renews is over by then."""
    standing, agreement = weighed.standing, weighed.agreement
    on_consent = agreement.use_case.basis is LegalBasis.CONSENT
    return on_consent and standing.at is not None and standing.at + agreement.terms.consent_lasts <= then
