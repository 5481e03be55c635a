"""What happened is told: a parcel for each who is to know, in the very transaction of what it tells.

Whoever changes a standing, erases, publishes or looks at somebody comes through here; nothing is sent here. A person is
told at the address that they gave for that, once it is proved; endpoints are told of every change, by a name that the
controller itself uses, and of nothing else.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.leaf import document_of
from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Identifier, LookupTag, UseCaseId, Version
from fiel.core.notices import Kind
from fiel.operations.house import House
from fiel.ports import (
    EVERYBODY,
    HOOK,
    MAIL,
    Contact,
    Identity,
    Parcel,
    PublishedVersion,
    Recorded,
    Transaction,
)

NOBODY: Final = bytes(16)
"""The owner of what is about nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter is to be about: its kind, and the use case and version, if it is about one."""

    kind: Kind
    use_case: UseCaseId | None = None
    version: Version | None = None


def tell_choice(house: House, tx: Transaction, lookup: LookupTag, *, identity: Identity, recorded: Recorded) -> None:
    """An entry was recorded: its person gets it with the receipt, and endpoints hear that it was."""
    entry = recorded.entry
    parcel = Parcel(
        id=house.names.new_record(),
        kind=Kind.CHOICE,
        target=MAIL,
        at=house.clock.now(),
        language=entry.language,
        subject=identity.identifier,
        use_case=entry.use_case,
        status=entry.status,
        position=recorded.position,
    )
    # What was chosen elsewhere was answered there, and that somebody is asked is no choice of theirs.
    if entry.attested_by is not Attestation.IMPORT and entry.status is not Status.REQUESTED:
        _to_person(tx, lookup, parcel, after=house.post.settling)
    _to_hooks(house, tx, parcel, owner=lookup, person=lookup)


def tell_erased(house: House, tx: Transaction, lookup: LookupTag, *, parcel: Parcel) -> None:
    """Somebody was erased: the last that is said to them, and that endpoints must do likewise (GDPR art. 19).

    It lies under keys of its own, which die when it is sent: theirs is gone.
    """
    if parcel.address is not None:
        tx.outbox.put(parcel, owner=lookup, person=None, due=parcel.at)
    _to_hooks(house, tx, parcel, owner=lookup, person=None)


def erased_parcel(house: House, contact: Contact | None, *, identifier: Identifier, at: datetime) -> Parcel:
    """The notice of an erasure, without its paper; `contact` is the address that is erased with all the rest."""
    told = contact if contact is not None and contact.proved is not None else None
    return Parcel(
        id=house.names.new_record(),
        kind=Kind.ERASED,
        target=MAIL,
        at=at,
        language=told.language if told else "",
        subject=identifier,
        address=told.address if told else None,
    )


def certificate_paper(destroyed: Iterable[tuple[Recorded, bytes, str | None]], *, at: datetime) -> str:
    """What an erasure did, as a document to keep: each last entry with what proves its leaf, and the key destroyed."""
    parts = [
        {
            "position": last.position,
            "entry": document_of(last.entry),
            "salt": last.salt.hex(),
            "tag": tag.hex(),
            "key": key,
        }
        for last, tag, key in destroyed
    ]
    return json.dumps({"at": at.isoformat(), "destroyed": parts}, ensure_ascii=False, indent=2)


def tell_changed(house: House, tx: Transaction, version: PublishedVersion) -> None:
    """A use case asks for something else from now on: whom it concerns is found out later, page by page."""
    parcel = Parcel(
        id=house.names.new_record(),
        kind=Kind.CHANGED,
        target=EVERYBODY,
        at=version.at,
        use_case=version.use_case.id,
        version=version.version,
    )
    if tx.contacts.page(None, limit=1):
        tx.outbox.put(parcel, owner=NOBODY, person=None, due=version.at)
    _to_hooks(house, tx, parcel, owner=NOBODY, person=None)


def tell_looked(house: House, tx: Transaction, lookup: LookupTag, *, why: str) -> None:
    """Somebody of the company looked at the data of one person, who can read why under their uses."""
    _to_person(tx, lookup, _bare(house, Kind.LOOKED, why=why))


def tell_progress(house: House, tx: Transaction, lookup: LookupTag, *, state: str) -> None:
    """A request of somebody has come further."""
    _to_person(tx, lookup, _bare(house, Kind.PROGRESS, why=state))


def tell_by_mail(house: House, tx: Transaction, lookup: LookupTag, *, about: About) -> bool:
    """Tell a person something that is worked out when it is sent; False if they gave no address for it."""
    parcel = replace(_bare(house, about.kind), use_case=about.use_case, version=about.version)
    return _to_person(tx, lookup, parcel)


def contact_of(tx: Transaction, lookup: LookupTag) -> Contact | None:
    """The address of somebody; none where it cannot be read: no notice is a reason not to do what it tells of."""
    try:
        return tx.contacts.of(lookup)
    except (KeyMissing, Tampered):
        return None


def _bare(house: House, kind: Kind, *, why: str | None = None) -> Parcel:
    return Parcel(id=house.names.new_record(), kind=kind, target=MAIL, at=house.clock.now(), why=why)


def _to_person(tx: Transaction, lookup: LookupTag, parcel: Parcel, *, after: timedelta = timedelta()) -> bool:
    contact = contact_of(tx, lookup)
    if contact is None or contact.proved is None:
        return False
    tx.outbox.put(parcel, owner=lookup, person=lookup, due=parcel.at + after)
    return True


def _to_hooks(house: House, tx: Transaction, parcel: Parcel, *, owner: bytes, person: LookupTag | None) -> None:
    for hook in house.post.hooks:
        if hook.hears(parcel.use_case):
            told = replace(parcel, id=house.names.new_record(), target=HOOK + hook.name, address=None, paper=None)
            tx.outbox.put(told, owner=owner, person=person, due=parcel.at)
