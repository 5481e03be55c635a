"""A notice to everybody becomes one for each person whom it concerns, a page at a time.

The page and how far one has come are one transaction, so that nobody is passed over or told twice, however often it
begins anew.
"""

from dataclasses import replace
from typing import Final

from fiel.core.consent.choice import Standing, Status
from fiel.core.errors import FielError
from fiel.core.ids import LookupTag
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.operations.house import House
from fiel.operations.tell import NOBODY, About, tell_by_mail
from fiel.operations.weigh import known_person, place_of
from fiel.ports import Transaction, Waiting

PAGE: Final = 100
"""People in one transaction."""


def spread(house: House, waiting: Waiting) -> None:
    """Do one page, and let the rest wait behind it. What is no longer the latest version is not told any more."""
    house.store.write(lambda tx: _spread(house, tx, waiting)).result()


def _spread(house: House, tx: Transaction, waiting: Waiting) -> None:
    parcel = waiting.parcel
    case = house.shelf.now(tx).promise.use_cases.get(parcel.use_case) if parcel and parcel.use_case else None
    if parcel is None or case is None or tx.promises.history(case.id)[-1].version != parcel.version:
        tx.outbox.sent(waiting)
        return
    page = tx.contacts.page(LookupTag(parcel.after) if parcel.after else None, limit=PAGE)
    for lookup in page:
        if _concerns(house, tx, case, lookup=lookup):
            tell_by_mail(house, tx, lookup, about=About(kind=parcel.kind, use_case=case.id, version=parcel.version))
    if page:
        rest = replace(parcel, id=house.names.new_record(), after=page[-1])
        tx.outbox.put(rest, owner=NOBODY, person=None, due=house.clock.now())
    tx.outbox.sent(waiting)


def _concerns(house: House, tx: Transaction, case: UseCase, *, lookup: LookupTag) -> bool:
    """Whoever said yes to another version, or objected in part; and, where nobody is asked, all who did not object.

    Who said no is left in peace: their no stands whatever changes.
    """
    try:
        identity = tx.identities.find(lookup)
    except FielError:
        return False
    if identity is None:
        return False
    standing = tx.choices.standing(place_of(house, known_person(lookup, identity), case))
    if case.basis is LegalBasis.CONSENT:
        return standing.status is Status.GIVEN
    return not _objected(standing)


def _objected(standing: Standing) -> bool:
    return standing.status is Status.OBJECTED and standing.level is Level.NONE
