"""The one way from an outside identifier to the needle: person, place, standing, agreement, verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fiel.core.consent.choice import Standing, Status
from fiel.core.ids import Identifier, LookupTag, Place, Pseudonym, SubjectId, UseCaseId
from fiel.core.law import Jurisdiction, Signal
from fiel.core.permit import (
    Act,
    Agreement,
    Card,
    Circumstances,
    Permit,
    Refusal,
    Subject,
    agree,
    authorise,
    reach,
)
from fiel.core.promise.usecase import LegalBasis, Level, Promise, UseCase
from fiel.core.promise.version import version_of
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.ports import Identity, Transaction

NOBODY: Final = Pseudonym(bytes(16))
"""Whose place it is where nobody's data lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who stands behind an identifier. `identity` is None for somebody of whom nothing is kept; `sid` is then new."""

    identifier: Identifier
    lookup: LookupTag
    sid: SubjectId
    card: Card
    identity: Identity | None
    suppressed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The verdict for one person, use case and act, with all that it rests on."""

    use_case: UseCase
    place: Place
    standing: Standing
    agreement: Agreement
    ruling: Permit | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the needle is asked, beside who and where: which act, under which signals, when."""

    act: Act
    now: datetime
    signals: frozenset[Signal] = frozenset()


def meet_person(house: House, tx: Transaction, identifier: Identifier) -> Person:
    """The person behind an identifier, known or not."""
    lookup = house.names.lookup(identifier)
    identity = tx.identities.find(lookup)
    promise = house.shelf.now(tx).promise
    return Person(
        identifier=identifier,
        lookup=lookup,
        sid=identity.sid if identity else house.names.new_subject(),
        card=identity.card if identity else Card(language=promise.languages[0], jurisdiction=promise.jurisdiction),
        identity=identity,
        suppressed=tx.identities.is_suppressed(house.names.suppression(identifier)),
    )


def known_person(lookup: LookupTag, identity: Identity) -> Person:
    """The person of an identity that was read in a sweep."""
    return Person(
        identifier=identity.identifier,
        lookup=lookup,
        sid=identity.sid,
        card=identity.card,
        identity=identity,
        suppressed=False,
    )


def place_of(house: House, person: Person, use_case: UseCase) -> Place:
    """Where this person's data of one use case lie."""
    pseudonym = house.names.pseudonym(person.sid, use_case.id)
    return Place(area=use_case.area, use_case=use_case.id, pseudonym=pseudonym)


def weigh(house: House, tx: Transaction, person: Person, *, use_case: UseCaseId, question: Question) -> Weighed:
    """Weigh one act for one person: everything is read in `tx`, nothing is remembered from before."""
    place = place_of(house, person, house.shelf.now(tx).use_case(use_case))
    subject = Subject(place=place, card=person.card, suppressed=person.suppressed)
    return _weighed(house, tx, subject, question=question)


def weigh_place(house: House, tx: Transaction, place: Place, *, question: Question) -> Weighed:
    """Weigh one act where only the place is known: a decision that comes back, with a reward or to be released."""
    promise = house.shelf.now(tx).promise
    card = Card(language=promise.languages[0], jurisdiction=promise.jurisdiction)
    return _weighed(house, tx, Subject(place=place, card=card), question=question)


def imagine(house: House, promise: Promise, case: UseCase, *, level: Level, since: datetime) -> Permit | Refusal:
    """Weigh a use case that may not be in force, for somebody who does not exist and let it go to `level` at `since`.

    What a permit of this opens is nobody's place, where nothing lies.
    """
    place = Place(area=case.area, use_case=case.id, pseudonym=NOBODY)
    card = Card(language=promise.languages[0], jurisdiction=promise.jurisdiction)
    now = house.clock.now()
    status = Status.GIVEN if case.basis is LegalBasis.CONSENT else Status.OBJECTED
    standing = Standing(status=status, level=level, version=version_of(case), at=now, since=since)
    law = house.laws[promise.jurisdiction]
    return authorise(
        Subject(place=place, card=card),
        agree(case, case, level=reach(case, standing)),
        standing=standing,
        act=Act.USE,
        circumstances=Circumstances(law=law, now=now),
    )


def law_of(house: House, published: Published, card: Card) -> Jurisdiction:
    """The law that a person carries, or the controller's own where theirs is not installed."""
    return house.laws.get(card.jurisdiction) or house.laws[published.promise.jurisdiction]


def _weighed(house: House, tx: Transaction, subject: Subject, *, question: Question) -> Weighed:
    published = house.shelf.now(tx)
    case = published.use_case(subject.place.use_case)
    standing = tx.choices.standing(subject.place)
    agreement = published.agreement(case, standing, tx=tx)
    law = law_of(house, published, subject.card)
    circumstances = Circumstances(law=law, now=question.now, signals=question.signals)
    ruling = authorise(subject, agreement, standing=standing, act=question.act, circumstances=circumstances)
    return Weighed(use_case=case, place=subject.place, standing=standing, agreement=agreement, ruling=ruling)
