"""A person strikes one thing out of what a use case holds of them: a fact or an event (GDPR art. 17).

It works on the next decision, and what it taught leaves the totals with it. The message that brought it stays
remembered, so that it does not come in again.
"""

import json
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256

from fiel.core.consent.effect import Effect
from fiel.core.errors import Conflict
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.use.compartment import Compartment, Held
from fiel.operations.carry_out import Due, carry_out
from fiel.operations.house import House
from fiel.operations.weigh import Question, meet_person, weigh
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """What is to go: one row (`fact_row`, `event_row`) of what one use case holds."""

    use_case: UseCaseId
    row: str


def fact_row(name: str) -> str:
    """How a fact is named where one points at it."""
    return f"fact:{name}"


def event_row(event: Held) -> str:
    """How an event is named where one points at it: by all that is held of it, so two of one name are alike."""
    known = [event.name, event.on.isoformat(), event.visit, dict(event.properties)]
    return f"event:{sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:32]}"


def strike(house: House, identifier: Identifier, wanted: Strike) -> Future[bool]:
    """Strike one thing out; answers whether it was there, when it is durably gone.

    Raises `Conflict` where nothing of the person may be used: there a no or an erasure takes all of it.
    """
    # Taking back what one gave must stay possible when the disk is full.
    return house.store.write(lambda tx: _strike(house, tx, identifier, wanted=wanted), urgent=True)


def _strike(house: House, tx: Transaction, identifier: Identifier, *, wanted: Strike) -> bool:
    case, now = house.shelf.now(tx).use_case(wanted.use_case), house.clock.now()
    person = meet_person(house, tx, identifier)
    weighed = weigh(house, tx, person, use_case=case.id, question=Question(act=Act.USE, now=now))
    permit = weighed.ruling
    if not isinstance(permit, Permit):
        raise Conflict("nothing of this person is used there", hint="refuse the use case, or erase them")
    held = tx.compartments.load(permit)
    left = None if held is None else _without(held, wanted.row)
    if left is None:
        return False
    tx.compartments.save(permit, left)
    carry_out(house, tx, Due(place=weighed.place, effects=(Effect.NARROW,), use_case=case, terms=permit.terms, now=now))
    return True


def _without(held: Compartment, row: str) -> Compartment | None:
    """What is held without that row; None if there is none."""
    facts = {name: fact for name, fact in held.facts.items() if fact_row(name) != row}
    events = tuple(_all_but_one(held.events, row))
    if len(facts) == len(held.facts) and len(events) == len(held.events):
        return None
    return replace(held, facts=facts, events=events)


def _all_but_one(events: tuple[Held, ...], row: str) -> Iterator[Held]:
    """The events without the first of that name: of two that are alike, one goes."""
    gone = False
    for event in events:
        if not gone and event_row(event) == row:
            gone = True
        else:
            yield event
