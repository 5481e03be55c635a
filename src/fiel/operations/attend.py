"""What becomes of a request: verified, approved, given more time, done, refused, taken back, lapsed (GDPR art. 12).

Each step is kept with who took it and why; what cannot follow is refused (`core/rights.py`).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.core.deadline import due
from fiel.core.errors import Conflict, Unknown
from fiel.core.ids import Identifier, LookupTag, RequestId
from fiel.core.law import Jurisdiction, reply_by
from fiel.core.rights import Move, Request, State, Step, advance
from fiel.core.text import Text
from fiel.operations.exercise import Attended, fulfil
from fiel.operations.house import House
from fiel.operations.weigh import Person, known_person
from fiel.ports import Transaction

UNVERIFIED: Final = timedelta(days=30)
"""After so long a request that nobody verified is over: the person can ask again at any time."""

ID_BYTES: Final = 16
PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step that somebody wants to take, and the reason that they give."""

    move: Move
    by: Attestation
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request in the list of the controller, with whose it is."""

    identifier: Identifier
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Where a refusal can be taken: the authority, and the last day for it, None where the law sets none."""

    authority: Text
    until: date | None


def attend(house: House, name: RequestId, turn: Turn) -> Future[Attended]:
    """Take one step; done when it is durable, with all that followed from it.

    Raises `Unknown`, `Conflict` for a step that cannot follow, `Malformed` for one without its reason.
    """
    return house.store.write(lambda tx: _attend(house, tx, name, turn=turn), urgent=True)


def _attend(house: House, tx: Transaction, name: RequestId, *, turn: Turn) -> Attended:
    person, request = _found(tx, name)
    step = Step(at=house.clock.now(), move=turn.move, by=turn.by, reason=turn.reason)
    longer = _extended(house, request) if turn.move is Move.EXTEND else None
    moved = advance(request, step, due=longer)
    if turn.move is Move.FULFIL:
        return fulfil(house, tx, person, request=moved)
    tx.requests.put(person.lookup, moved)
    return Attended(request=moved)


def _found(tx: Transaction, name: RequestId) -> tuple[Person, Request]:
    found = tx.requests.find(name) if _is_an_id(name) else None
    if found is None:
        raise Unknown("there is no such request", hint="whoever was erased took theirs along")
    lookup, request = found
    identity = tx.identities.find(lookup)
    if identity is None:
        raise Unknown("there is no such request", hint="whoever was erased took theirs along")
    return known_person(lookup, identity), request


def _is_an_id(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) == ID_BYTES
    except ValueError:
        return False


def _extended(house: House, request: Request) -> date:
    """The last day if the answer takes longer; raises `Conflict` where the law gives no more time, or it is over."""
    law = _law_of(house, request)
    reply = law.replies[request.right].value
    closed = partial(house.calendars.closed, law)
    longer = reply_by(law, request.right, request.received, closed=closed, extended=True)
    if reply is None or reply.extension is None or longer is None:
        raise Conflict("the law gives no longer term for this, or nobody has verified one")
    if request.due is not None and house.calendars.day(law, house.clock.now()) > request.due:
        raise Conflict("the term is over, and only a running one is made longer")
    return longer


def _law_of(house: House, request: Request) -> Jurisdiction:
    """The law under which it was asked; the controller's own if that one was uninstalled since."""
    return house.laws.get(request.law) or house.laws[house.shelf.last.promise.jurisdiction]


def requests_of(house: House, identifier: Identifier) -> Sequence[Request]:
    """All requests of one person that are kept, oldest first."""
    with house.store.read() as tx:
        return tx.requests.of(house.names.lookup(identifier))


def find_request(house: House, name: RequestId) -> Waiting:
    """One request with whose it is; raises `Unknown`."""
    with house.store.read() as tx:
        person, request = _found(tx, name)
        return Waiting(identifier=person.identifier, request=request)


def all_requests(house: House) -> Sequence[Waiting]:
    """All requests that are kept: first those whose day comes first, then those that a person must date, then the rest.

    Those that are over come last, latest first.
    """
    found: list[Waiting] = []
    with house.store.read() as tx:
        for lookup, request in _each(tx):
            identity = tx.identities.find(lookup)
            if identity is not None:
                found.append(Waiting(identifier=identity.identifier, request=request))
    return sorted(found, key=_turn)


def _turn(waiting: Waiting) -> tuple[bool, bool, float, str]:
    request = waiting.request
    if request.is_over:
        return True, False, -request.at.timestamp(), request.id
    return False, request.due is None, float((request.due or request.received).toordinal()), request.id


def complaint(house: House, request: Request) -> Complaint:
    """To whom somebody turns who was refused, and until when, as a refusal has to say (GDPR art. 12(4))."""
    law = _law_of(house, request)
    term, refused = law.complaint.value, next((step.at for step in request.steps if step.move is Move.DENY), None)
    if term is None or refused is None:
        return Complaint(authority=law.authority, until=None)
    closed = partial(house.calendars.closed, law)
    return Complaint(authority=law.authority, until=due(house.calendars.day(law, refused), [term], closed=closed))


def let_lapse(house: House) -> int:
    """End the requests that nobody verified in time; answers how many."""
    before = house.clock.now() - UNVERIFIED
    with house.store.read() as tx:
        late = [
            each.id for _, each in _each(tx) if each.state is State.OPEN and not each.verified and each.at <= before
        ]
    for name in late:
        with suppress(Unknown, Conflict):  # verified, or erased, since it was read
            attend(house, name, Turn(move=Move.LAPSE, by=Attestation.MACHINE)).result()
    return len(late)


def _each(tx: Transaction) -> Iterator[tuple[LookupTag, Request]]:
    after: RequestId | None = None
    while page := tx.requests.page(after, limit=PAGE):
        yield from page
        after = page[-1][1].id
