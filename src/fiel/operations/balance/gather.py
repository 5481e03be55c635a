"""Reading what people let be measured: a page at a time, each under their own MEASURE permit, and nobody else.

What is read stays in memory for the length of the measurement, of at most `MOST_PEOPLE`, and is written nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.promise.change import Terms
from fiel.core.promise.usecase import UseCase
from fiel.core.text import Scalar
from fiel.core.use.compartment import Compartment, Held, as_allowed
from fiel.core.use.lesson import NOTHING
from fiel.operations.balance.since import Followed, follow
from fiel.operations.house import House
from fiel.operations.sweep import Sweep, look
from fiel.operations.weigh import Question, weigh
from fiel.ports import Transaction

MOST_PEOPLE: Final = 10_000
"""People who are read; more make no figure more certain. Names are keyed hashes, so the first are as good as any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person who lets it be measured: what is held, within which terms, and whether they teach the model.

    No name and no pseudonym: nobody can be found again from a measurement. `followed`: what became of their slates.
    """

    held: Compartment
    terms: Terms
    teaches: bool
    followed: Followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everybody who lets it be measured; `refused` counts those who do not, who were not read."""

    use_case: UseCase
    members: tuple[Member, ...]
    refused: int


def gather(house: House, name: UseCaseId, *, progress: Callable[[int], None]) -> Gathered:
    """Read everybody who lets this use case be measured. Raises `Unknown` if there is no such use case."""
    now = house.clock.now()
    with house.store.read() as tx:
        case = house.shelf.now(tx).use_case(name)
    members: list[Member] = []
    sieve, refused = _Sieve(), 0

    def step(tx: Transaction, swept: Sweep) -> bool:
        nonlocal refused
        progress(1)
        weighed = weigh(house, tx, swept.person, use_case=name, question=Question(act=Act.MEASURE, now=now))
        if not isinstance(weighed.ruling, Permit):
            refused += 1
        elif (held := _held(tx, weighed.ruling, now=now)) is not None:
            learning = weigh(house, tx, swept.person, use_case=name, question=Question(act=Act.LEARN, now=now))
            teaches = isinstance(learning.ruling, Permit)
            followed = _followed(tx, weighed.ruling, held, today=now.date())
            terms = weighed.ruling.terms
            members.append(Member(held=sieve.shared(held), terms=terms, teaches=teaches, followed=followed))
        return len(members) < MOST_PEOPLE

    look(house, step)
    return Gathered(use_case=case, members=tuple(members), refused=refused)


def _held(tx: Transaction, permit: Permit, *, now: datetime) -> Compartment | None:
    """What may be measured of what is held: within the terms, as of now, also where upkeep is late."""
    try:
        held = tx.compartments.load(permit)
    except (KeyMissing, Tampered):
        return None
    return None if held is None else as_allowed(held, terms=permit.terms, now=now)


def _followed(tx: Transaction, permit: Permit, held: Compartment, *, today: date) -> Followed:
    """What became of what they were shown: the log is read only of who can be drawn, and whose choices are held."""
    if not permit.terms.control or not any("item" in need.properties for need in permit.terms.minimum.events.values()):
        return Followed()
    return follow(tx.uses.measured(permit), held, terms=permit.terms, today=today)


class _Sieve:
    """Lets equal days and properties be one value, and drops what no strategy is shown: for the sake of memory."""

    def __init__(self) -> None:
        self._days: dict[date, date] = {}
        self._properties: dict[tuple[tuple[str, Scalar], ...], dict[str, Scalar]] = {}

    def shared(self, held: Compartment) -> Compartment:
        events = tuple(self._event(event) for event in held.events)
        return replace(held, events=events, seen=(), shown=(), contributed=NOTHING)

    def _event(self, event: Held) -> Held:
        parts = tuple(sorted(event.properties.items()))
        return replace(
            event,
            on=self._days.setdefault(event.on, event.on),
            properties=self._properties.setdefault(parts, dict(parts)),
        )
