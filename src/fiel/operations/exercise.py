"""A request under the law (GDPR art. 12, 15-22): what can be done at once is done at once, the clock runs for the rest.

Somebody who proved to be the one they are waits for nobody to see, take along, object, restrict or erase. To be
corrected in what they did not tell themselves, or to have a decision looked at, they wait for a person, by the law that
they live under. So does whoever somebody else asks for: nothing is done before it is shown that they want it.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from fiel.core.consent.choice import Attestation, Status, may_follow
from fiel.core.consent.effect import holds
from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, RequestId, UseCaseId
from fiel.core.law import Right, reply_by
from fiel.core.promise.usecase import LegalBasis, UseCase
from fiel.core.rights import LONGEST_REASON, Move, Request, State, Step, advance
from fiel.operations.choose import Choice, Chosen, record
from fiel.operations.erase import Certificate, erase_within
from fiel.operations.house import House
from fiel.operations.weigh import Person, law_of, meet_person, place_of
from fiel.ports import Transaction

INTERFACE: Final = "rights"
"""Where a choice was made that follows from a request, as its receipt names it."""

AT_ONCE: Final = frozenset({Right.ACCESS, Right.PORTABILITY, Right.OBJECTION, Right.RESTRICTION, Right.ERASURE})
"""What needs nobody but the person: the rest is judged by somebody first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for, and who says that they do. `use_case` None: for all of them."""

    right: Right
    asked_by: Attestation
    use_case: UseCaseId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Where a request stands now. `certificate`: of an erasure; `chosen`: entries that followed from it.

    `is_kept` is False where nothing is left to keep it beside: nobody was known, or they were erased.
    """

    request: Request
    certificate: Certificate | None = None
    chosen: tuple[Chosen, ...] = ()
    is_kept: bool = True


def exercise(house: House, identifier: Identifier, wish: Wish) -> Future[Attended]:
    """Take in a request; done when it is durable, with all that could be done at once."""
    return house.store.write(lambda tx: _exercise(house, tx, identifier, wish=wish), urgent=True)


def _exercise(house: House, tx: Transaction, identifier: Identifier, *, wish: Wish) -> Attended:
    if len(wish.note) > LONGEST_REASON:
        raise Malformed(f"a note has at most {LONGEST_REASON:,} characters")
    if wish.use_case is not None:
        house.shelf.now(tx).use_case(wish.use_case)
    person = meet_person(house, tx, identifier)
    before = _asked_before(tx, person, wish)
    if before is not None:
        return Attended(request=before)
    request = _new(house, tx, person, wish=wish)
    at_once = wish.asked_by is Attestation.PERSON and wish.right in AT_ONCE
    if person.identity is None and not (at_once and wish.right is Right.ERASURE):
        return Attended(request=_nothing_held(request), is_kept=False)
    if not at_once:
        tx.requests.put(person.lookup, request)
        return Attended(request=request)
    done = partial(Step, at=request.at, by=Attestation.MACHINE)
    return fulfil(house, tx, person, request=advance(advance(request, done(move=Move.APPROVE)), done(move=Move.FULFIL)))


def _asked_before(tx: Transaction, person: Person, wish: Wish) -> Request | None:
    """The same request, if it is open; one that nobody verified never stands in the way of the person's own."""
    for request in tx.requests.of(person.lookup) if person.identity else ():
        same = (request.right, request.use_case) == (wish.right, wish.use_case)
        if same and not request.is_over and (request.verified or wish.asked_by is not Attestation.PERSON):
            return request
    return None


def _new(house: House, tx: Transaction, person: Person, *, wish: Wish) -> Request:
    law, now = law_of(house, house.shelf.now(tx), person.card), house.clock.now()
    received = house.calendars.day(law, now)
    return Request(
        id=RequestId(house.names.new_record().hex()),
        right=wish.right,
        use_case=wish.use_case,
        law=law.code,
        at=now,
        received=received,
        due=reply_by(law, wish.right, received, closed=partial(house.calendars.closed, law)),
        asked_by=wish.asked_by,
        note=wish.note,
        verified=wish.asked_by is Attestation.PERSON,
    )


def _nothing_held(request: Request) -> Request:
    """The answer to whoever nothing is known of: so much can be said at once, and nothing is kept of the question."""
    return replace(request, state=State.FULFILLED)


def fulfil(house: House, tx: Transaction, person: Person, *, request: Request) -> Attended:
    """Carry out what a fulfilled request asked for, and keep it, unless it goes with the person."""
    by = request.asked_by if request.asked_by is Attestation.PERSON else Attestation.CONTROLLER
    if request.right is Right.ERASURE and request.use_case is None:
        certificate = erase_within(house, tx, person.identifier, attested_by=by)
        return Attended(request=request, certificate=certificate, is_kept=False)
    chosen: tuple[Chosen, ...] = ()
    if request.right in _SAYS_NO:
        choices = _choices(house, tx, person, request=request, by=by)
        chosen = tuple(record(house, tx, person.identifier, choice=choice) for choice in choices)
    tx.requests.put(person.lookup, request)
    return Attended(request=request, chosen=chosen)


_SAYS_NO: Final = frozenset({Right.OBJECTION, Right.RESTRICTION, Right.ERASURE})


def _choices(house: House, tx: Transaction, person: Person, *, request: Request, by: Attestation) -> Iterator[Choice]:
    """The entries that a request comes to: one for each use case that it is about and in which it changes something."""
    cases = house.shelf.now(tx).promise.use_cases
    for name in [request.use_case] if request.use_case else list(cases):
        case, standing = cases[name], tx.choices.standing(place_of(house, person, cases[name]))
        status = _status(request.right, case)
        says_it_again = standing.status is status and not holds(standing, case.basis)
        needless = request.use_case is None and not holds(standing, case.basis)
        if not says_it_again and not needless and may_follow(standing.status, status):
            yield Choice(use_case=name, status=status, attested_by=by, interface=INTERFACE)


def _status(right: Right, case: UseCase) -> Status:
    """What a no is called on this basis."""
    if right is Right.RESTRICTION:
        return Status.RESTRICTED
    return Status.WITHDRAWN if case.basis is LegalBasis.CONSENT else Status.OBJECTED
