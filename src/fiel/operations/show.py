"""What is held about somebody, where they stand, how it was used: theirs to see, use case by use case (GDPR art. 15).

Never joined: each use case is opened for itself, under the person's own mandate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fiel.core.consent.choice import Attestation, Standing, Status
from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Identifier, Notice, UseCaseId, Version
from fiel.core.law import Signal
from fiel.core.permit import Act, Refusal
from fiel.core.promise.change import Difference, compare, covers
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.rights import OwnAccess, own_access
from fiel.core.use.compartment import Compartment
from fiel.core.use.explanation import verdict
from fiel.operations.house import House
from fiel.operations.switch import Topics, topics_of
from fiel.operations.weigh import Question, Weighed, meet_person, place_of, weigh
from fiel.ports import PublishedVersion, Transaction, UseRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where somebody stands with one use case, and what the needle says to using it now.

    `ordinal` counts the versions of the use case up to the one in force, and `in_force` is since when it is. `until`:
    when a yes is over, None where there is none.
    """

    use_case: UseCase
    version: Version
    notice: Notice
    standing: Standing
    reason: str
    allowed: Level | None
    ordinal: int
    in_force: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one use case holds of somebody; `readable` is False where its key is gone."""

    use_case: UseCaseId
    held: Compartment | None
    readable: bool = True


def show_choices(
    house: House, identifier: Identifier, *, signals: frozenset[Signal] = frozenset()
) -> tuple[Stand, ...]:
    """Where somebody stands with every use case in force, under the signals that their browser sends."""
    with house.store.read() as tx:
        return tuple(_stands(house, tx, identifier, signals=signals))


def _stands(
    house: House, tx: Transaction, identifier: Identifier, *, signals: frozenset[Signal] = frozenset()
) -> Iterator[Stand]:
    question = Question(act=Act.USE, now=house.clock.now(), signals=signals)
    published, person = house.shelf.now(tx), meet_person(house, tx, identifier)
    for name, case in published.promise.use_cases.items():
        weighed = weigh(house, tx, person, use_case=name, question=question)
        published_as = tx.promises.version(published.versions[name]) or tx.promises.history(name)[-1]
        yield Stand(
            use_case=case,
            version=published.versions[name],
            notice=published.notices[name],
            standing=weighed.standing,
            reason=verdict(weighed.ruling),
            allowed=None if isinstance(weighed.ruling, Refusal) else weighed.ruling.level,
            ordinal=published_as.ordinal,
            in_force=published_as.at,
            until=_until(weighed),
        )


def _until(weighed: Weighed) -> datetime | None:
    standing = weighed.standing
    if standing.status is not Status.GIVEN or standing.at is None:
        return None
    return standing.at + weighed.agreement.terms.consent_lasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A use case that is no longer what somebody agreed to: both versions, and each edit that concerns them.

    `covered`: their yes still counts, as far as both versions allow.
    """

    agreed: PublishedVersion
    current: PublishedVersion
    edits: tuple[Difference, ...]
    covered: bool


def show_changes(house: House, identifier: Identifier) -> tuple[Changed, ...]:
    """The use cases that changed since somebody agreed to them."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
        found = []
        for stand in _stands(house, tx, identifier):
            name, standing = stand.use_case.id, stand.standing
            if standing.version is None or standing.version == published.versions[name]:
                continue
            agreed, current = tx.promises.version(standing.version), tx.promises.version(published.versions[name])
            if agreed is not None and current is not None:
                before, after = agreed.use_case, current.use_case
                found.append(
                    Changed(
                        agreed=agreed,
                        current=current,
                        edits=compare(before, after, level=standing.level),
                        covered=covers(before, after, level=standing.level),
                    )
                )
        return tuple(found)


def show_data(house: House, identifier: Identifier, *, by: Attestation) -> tuple[Holding, ...]:
    """What every use case that ever was holds of somebody."""
    holdings = []
    with house.store.read() as tx:
        for name, mandate in _mandates(house, tx, identifier, by=by):
            try:
                held = tx.compartments.load(mandate)
            except (KeyMissing, Tampered):
                holdings.append(Holding(use_case=name, held=None, readable=False))
            else:
                holdings.extend([Holding(use_case=name, held=held)] if held else [])
    return tuple(holdings)


def show_uses(house: House, identifier: Identifier, *, by: Attestation) -> tuple[tuple[UseCaseId, UseRecord], ...]:
    """When what is held about somebody was used, for what, with which result; latest first."""
    uses: list[tuple[UseCaseId, UseRecord]] = []
    with house.store.read() as tx:
        for name, mandate in _mandates(house, tx, identifier, by=by):
            try:
                uses.extend((name, use) for use in tx.uses.of(mandate))
            except (KeyMissing, Tampered):
                continue
    return tuple(sorted(uses, key=lambda pair: pair[1].at, reverse=True))


def show_topics(house: House, identifier: Identifier, use_case: UseCaseId, *, by: Attestation) -> Topics:
    """The topics of the catalogue, and which of them somebody switched off in one use case."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
        case, person = published.use_case(use_case), meet_person(house, tx, identifier)
        held = None
        if person.identity is not None:
            held = tx.compartments.load(own_access(place_of(house, person, case), by=by))
        return Topics(all=topics_of(published), off=held.off if held else ())


def _mandates(
    house: House, tx: Transaction, identifier: Identifier, *, by: Attestation
) -> Iterator[tuple[UseCaseId, OwnAccess]]:
    person = meet_person(house, tx, identifier)
    if person.identity is None:
        return
    for name in tx.promises.use_cases():
        case = tx.promises.history(name)[-1].use_case
        yield name, own_access(place_of(house, person, case), by=by)
