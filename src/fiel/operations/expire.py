"""Time passes: consents lapse, dormant grants are dropped, what is held grows too old. Only ever takes away.

Expired data are unusable at once, by the needle; this destroys them. What left a compartment leaves the totals with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fiel.core.consent.choice import Status
from fiel.core.consent.effect import Effect, holds, upkeep
from fiel.core.ids import UseCaseId
from fiel.core.permit import Act, Refusal, Refused
from fiel.core.use.compartment import is_out_of_date
from fiel.operations.carry_out import Due, carry_out
from fiel.operations.choose import Known, end_by_time
from fiel.operations.house import House
from fiel.operations.sweep import Sweep, sweep
from fiel.operations.weigh import Question, Weighed, weigh
from fiel.ports import Transaction

DORMANT: Final = timedelta(days=30)
"""How long a grant that a wider version put to sleep is kept, in case the change is reverted or the person agrees."""

ANSWERS_KEPT: Final = timedelta(hours=24)
"""How long the answer to an Idempotency-Key can be had again."""


@dataclass(slots=True)
class Aged:
    """What the passing of time did: people gone through, entries written, compartments narrowed or shredded."""

    people: int = 0
    expired: int = 0
    invalidated: int = 0
    narrowed: int = 0
    shredded: int = 0


def expire(house: House, *, progress: Callable[[int], None] = lambda _done: None) -> Aged:
    """Do what time has made due for everybody."""
    with house.store.read() as tx:
        cases = tuple(house.shelf.now(tx).promise.use_cases)
    aged = Aged()

    def step(tx: Transaction, swept: Sweep) -> None:
        for use_case in cases:
            _age(house, tx, swept, use_case=use_case, aged=aged)
        progress(1)

    aged.people = sweep(house, step)
    before = house.clock.now() - ANSWERS_KEPT
    house.store.write(lambda tx: tx.administration.forget_answers(before=before)).result()
    return aged


def _age(house: House, tx: Transaction, swept: Sweep, *, use_case: UseCaseId, aged: Aged) -> None:
    now = house.clock.now()
    weighed = weigh(house, tx, swept.person, use_case=use_case, question=Question(act=Act.USE, now=now))
    if not holds(weighed.standing, weighed.use_case.basis):
        return
    ends = _ends(house, tx, weighed)
    if ends is not None:
        _end(house, tx, swept, weighed=weighed, status=ends)
        aged.expired += ends is Status.EXPIRED
        aged.invalidated += ends is Status.INVALIDATED
        return
    effects = _effects(tx, weighed, now=now)
    terms = weighed.agreement.terms
    due = Due(place=weighed.place, effects=effects, use_case=weighed.use_case, terms=terms, now=now)
    done = carry_out(house, tx, due).effects
    aged.narrowed += Effect.NARROW in done
    aged.shredded += Effect.SHRED in done


def _ends(house: House, tx: Transaction, weighed: Weighed) -> Status | None:
    """The status to which time has brought a grant, if it is over."""
    standing, terms, now = weighed.standing, weighed.agreement.terms, house.clock.now()
    if standing.status is not Status.GIVEN or standing.at is None:
        return None
    if isinstance(weighed.ruling, Refusal) and weighed.ruling.why is Refused.UNDER_AGE:
        return Status.INVALIDATED
    if standing.at + terms.consent_lasts <= now or _is_out_of_date(tx, weighed, now=now):
        return Status.EXPIRED
    if weighed.agreement.covers:
        return None
    history = tx.promises.history(weighed.use_case.id)
    return Status.INVALIDATED if history and history[-1].at + DORMANT <= now else None


def _effects(tx: Transaction, weighed: Weighed, *, now: datetime) -> tuple[Effect, ...]:
    """What is due where nothing ends. What is set aside, or sleeps, is left as it is."""
    if weighed.standing.status in {Status.RESTRICTED, Status.BLOCKED} or not weighed.agreement.covers:
        return ()
    return (Effect.FORGET, Effect.SHRED) if _is_out_of_date(tx, weighed, now=now) else (Effect.NARROW,)


def _is_out_of_date(tx: Transaction, weighed: Weighed, *, now: datetime) -> bool:
    held = tx.compartments.load(upkeep(weighed.place))
    return held is not None and is_out_of_date(held, retention=weighed.agreement.terms.retention, now=now)


def _end(house: House, tx: Transaction, swept: Sweep, *, weighed: Weighed, status: Status) -> None:
    """Write what time decided."""
    known = Known(lookup=swept.person.lookup, identity=swept.identity)
    end_by_time(house, tx, known, place=weighed.place, status=status)
