"""A browser turns out to be somebody's: what either of them refused holds for both, and no yes is carried over.

Nothing that is held is moved or joined: the two keep their own pseudonyms, compartments and entries, so there is
nothing to split again when it was somebody else's turn at a shared device. A yes of the browser is offered to the
person, who alone can say it for themselves (GDPR art. 4(11), 7(1)).
"""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import Attestation, Standing, Status, may_follow
from fiel.core.errors import Malformed
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.operations.choose import Choice, Chosen, record
from fiel.operations.house import House
from fiel.operations.weigh import meet_person, place_of
from fiel.ports import Transaction

INTERFACE: Final = "link"
"""Where a choice was made that follows from linking, as its receipt names it."""

_NO: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.OBJECTED})
_STAYS: Final = _NO | {Status.RESTRICTED, Status.BLOCKED}
"""What no refusal of the other changes: what is set aside is not used, and is kept because somebody asked for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What followed on either side: refusals that hold for both now, and what the person is asked to confirm."""

    of_person: tuple[Chosen, ...]
    of_browser: tuple[Chosen, ...]


def link(house: House, *, browser: Identifier, person: Identifier) -> Future[Linked]:
    """Reconcile what the two chose; done when it is durable. Doing it again changes nothing.

    Raises `Malformed` unless the first is anonymous and the second a known person.
    """
    if browser.kind is not IdentifierKind.ANONYMOUS or person.kind is not IdentifierKind.USER:
        raise Malformed("an anonymous id is linked to a user id, and nothing else is")
    return house.store.write(lambda tx: _link(house, tx, browser=browser, person=person), urgent=True)


def _link(house: House, tx: Transaction, *, browser: Identifier, person: Identifier) -> Linked:
    two = (meet_person(house, tx, browser), meet_person(house, tx, person))
    of_browser: list[Chosen] = []
    of_person: list[Chosen] = []
    for case in house.shelf.now(tx).promise.use_cases.values():
        shy, known = (tx.choices.standing(place_of(house, each, case)) for each in two)
        of_browser += _recorded(house, tx, browser, choices=_after(case, shy, other=known))
        of_person += _recorded(house, tx, person, choices=[*_after(case, known, other=shy), *_offer(case, known, shy)])
    return Linked(of_person=tuple(of_person), of_browser=tuple(of_browser))


def _recorded(
    house: House, tx: Transaction, who: Identifier, *, choices: Iterator[Choice] | list[Choice]
) -> list[Chosen]:
    return [record(house, tx, who, choice=choice) for choice in choices]


def _after(case: UseCase, own: Standing, *, other: Standing) -> Iterator[Choice]:
    """The no of the other, where it goes further than one's own."""
    if other.status not in _NO:
        return
    if case.basis is LegalBasis.CONSENT:
        if own.status not in _STAYS:
            yield _choice(case, Status.WITHDRAWN if own.status is Status.GIVEN else Status.REFUSED)
    elif own.status not in _STAYS or (own.status is Status.OBJECTED and other.level < own.level):
        yield _choice(case, Status.OBJECTED, level=other.level)


def _offer(case: UseCase, known: Standing, shy: Standing) -> Iterator[Choice]:
    """A yes of the browser is put before the person, if they have not said anything."""
    offered = case.basis is LegalBasis.CONSENT and shy.status is Status.GIVEN and known.status is not Status.REQUESTED
    if offered and may_follow(known.status, Status.REQUESTED):
        yield _choice(case, Status.REQUESTED)


def _choice(case: UseCase, status: Status, *, level: Level | None = None) -> Choice:
    return Choice(use_case=case.id, status=status, attested_by=Attestation.MACHINE, interface=INTERFACE, level=level)
