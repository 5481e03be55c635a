"""The right to erasure (GDPR art. 17): forget, then shred, then suppress. Answers a certificate that the person keeps.

The ledger's leaves stay and point at nobody: what could lead from them to a person is destroyed here.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

from fiel.core.consent.choice import UNDECIDED, Attestation, Entry, Status
from fiel.core.consent.effect import Effect
from fiel.core.consent.leaf import choice_leaf
from fiel.core.ids import Identifier, LedgerTag, Notice, UseCaseId
from fiel.core.permit import agree
from fiel.core.promise.usecase import Level
from fiel.operations.carry_out import Due, carry_out
from fiel.operations.house import House
from fiel.operations.learn import PATIENCE
from fiel.operations.weigh import Person, meet_person, place_of
from fiel.ports import PublishedVersion, Recorded, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """What was destroyed in one use case: the key's name in hex, if there was one, and whether the sums forgot.

    `recorded` and `tag` prove the last leaf, to whoever is given them: nobody else can tell any more whose it is.
    """

    use_case: UseCaseId
    key: str | None
    forgotten: bool
    recorded: Recorded
    tag: LedgerTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What an erasure did. `models_until`: when a published model can no longer hold a trace, if one may now."""

    at: datetime
    destroyed: tuple[Destroyed, ...]
    was_known: bool
    models_until: datetime | None
    ledger_size: int


def erase(house: House, identifier: Identifier, *, attested_by: Attestation) -> Future[Certificate]:
    """Erase somebody; done when every key of theirs is zeroed on the disk."""
    return house.store.write(lambda tx: erase_within(house, tx, identifier, attested_by=attested_by), urgent=True)


def erase_within(house: House, tx: Transaction, identifier: Identifier, *, attested_by: Attestation) -> Certificate:
    """The same inside a transaction that is already open."""
    now = house.clock.now()
    person = meet_person(house, tx, identifier)
    destroyed = tuple(_destroy_all(house, tx, person, by=attested_by, now=now)) if person.identity else ()
    if person.identity:
        tx.identities.remove(person.lookup)
    tx.identities.suppress(house.names.suppression(identifier), at=now)
    return Certificate(
        at=now,
        destroyed=destroyed,
        was_known=person.identity is not None,
        models_until=now + PATIENCE if any(each.forgotten for each in destroyed) else None,
        ledger_size=tx.ledger.size,
    )


def _destroy_all(
    house: House, tx: Transaction, person: Person, *, by: Attestation, now: datetime
) -> Iterator[Destroyed]:
    """Go through every use case that ever was: one that is no longer in force may still hold something."""
    for use_case in tx.promises.use_cases():
        version = tx.promises.history(use_case)[-1]
        place = place_of(house, person, version.use_case)
        nothing = agree(version.use_case, version.use_case, level=Level.NONE).terms
        effects = (Effect.FORGET, Effect.SHRED)
        carried = carry_out(
            house, tx, Due(place=place, effects=effects, use_case=version.use_case, terms=nothing, now=now)
        )
        if carried.effects or tx.choices.standing(place) != UNDECIDED:
            entry = _last_entry(house, tx, version, by=by, now=now)
            tag = house.names.tag(person.sid, use_case)
            recorded = _leave(house, tx, tag, entry=replace(entry, language=person.card.language))
            tx.choices.clear(place)
            key = carried.key.hex() if carried.key else None
            forgotten = Effect.FORGET in carried.effects
            yield Destroyed(use_case=use_case, key=key, forgotten=forgotten, recorded=recorded, tag=tag)


def _leave(house: House, tx: Transaction, tag: LedgerTag, *, entry: Entry) -> Recorded:
    """Write the last leaf. Its salt goes into the certificate alone, so only the person can show whose it was."""
    salt = house.names.new_salt()
    position = tx.ledger.append(choice_leaf(entry, tag=tag, salt=salt))
    return Recorded(position=position, entry=entry, salt=salt)


def _last_entry(house: House, tx: Transaction, version: PublishedVersion, *, by: Attestation, now: datetime) -> Entry:
    published, use_case = house.shelf.now(tx), version.use_case.id
    return Entry(
        use_case=use_case,
        status=Status.ERASED,
        at=now,
        version=version.version,
        notice=published.notices.get(use_case, Notice("")),
        language=published.promise.languages[0],
        interface="erasure",
        attested_by=by,
    )
