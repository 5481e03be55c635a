"""One button in a letter ends what the letter is about: the use case, or all letters (RFC 8058).

Withdrawing is as easy as that. Who presses twice, or after having said no already, changes nothing more.
"""

from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import LegalBasis, Level
from fiel.operations.choose import Choice, record
from fiel.operations.house import House
from fiel.operations.notices.links import Does, Link, followed
from fiel.operations.tell import contact_of
from fiel.operations.weigh import meet_person, place_of
from fiel.ports import Transaction

_NOES: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.RESTRICTED, Status.BLOCKED, Status.ERASED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What a link to stop is about: a use case, or None for all letters; and in which language its letter was."""

    use_case: UseCaseId | None
    language: str


def what_stops(house: House, token: str) -> Stopped:
    """What the button would end, without ending it; raises `NotAuthenticated` for a link that is not good."""
    link = followed(house, token, Does.STOP)
    with house.store.read() as tx:
        return _about(house, tx, link)


def stop(house: House, token: str) -> Stopped:
    """End it; done when it is durable. Let through on a full disk."""
    link = followed(house, token, Does.STOP)
    return house.store.write(lambda tx: _stop(house, tx, link), urgent=True).result()


def _stop(house: House, tx: Transaction, link: Link) -> Stopped:
    about, lookup = _about(house, tx, link), house.names.lookup(link.who)
    if about.use_case is None:
        tx.contacts.remove(lookup)
        return about
    case = house.shelf.now(tx).use_case(about.use_case)
    person = meet_person(house, tx, link.who)
    if person.identity is None:
        return about
    standing = tx.choices.standing(place_of(house, person, case))
    said_no = standing.status in _NOES or (standing.status is Status.OBJECTED and standing.level is Level.NONE)
    if said_no:
        return about
    status = Status.OBJECTED
    if case.basis is LegalBasis.CONSENT:
        status = Status.WITHDRAWN if standing.status is Status.GIVEN else Status.REFUSED
    record(
        house,
        tx,
        link.who,
        choice=Choice(
            use_case=case.id,
            status=status,
            attested_by=Attestation.PERSON,
            interface="mail",
            language=about.language if about.language in house.shelf.now(tx).promise.languages else None,
        ),
    )
    return about


def _about(house: House, tx: Transaction, link: Link) -> Stopped:
    """A use case that is no longer in force ends with all letters: there is nothing else left to say no to."""
    known = contact_of(tx, house.names.lookup(link.who))
    published = house.shelf.now(tx)
    named = link.use_case if link.use_case in published.promise.use_cases else None
    return Stopped(use_case=named, language=known.language if known else published.promise.languages[0])
