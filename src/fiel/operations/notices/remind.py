"""What is told because time passed: that a yes is soon over, and once a year how the data were used.

That a yes is soon over is an ask, and counts as one: who was asked within half a year is not reminded, and their yes
ends without a word, as a silence should.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from fiel.core.consent.choice import Status
from fiel.core.deadline import months_after
from fiel.core.ids import LookupTag, UseCaseId
from fiel.core.notices import NOT_YET, Kind
from fiel.core.permit import Act
from fiel.operations.ask import allowed
from fiel.operations.house import House
from fiel.operations.notices.contact import address_tag
from fiel.operations.notices.unsent import KEPT
from fiel.operations.tell import About, contact_of, tell_by_mail
from fiel.operations.weigh import Person, Question, known_person, weigh
from fiel.ports import Transaction

PAGE: Final = 100
"""People in one transaction."""

_YEAR: Final = 12


def remind(house: House) -> int:
    """Go through everybody with an address, and forget what nobody saw to; answers how many letters were begun."""
    before = house.clock.now() - KEPT
    house.store.write(lambda tx: tx.outbox.forget(before=before)).result()
    after: LookupTag | None = None
    told = 0
    while True:
        with house.store.read() as tx:
            page = tx.contacts.page(after, limit=PAGE)
        if not page:
            return told
        told += house.store.write(partial(_page, house, page=page)).result()
        after = page[-1]


def _page(house: House, tx: Transaction, *, page: Sequence[LookupTag]) -> int:
    told = 0
    for lookup in page:
        identity, contact = tx.identities.find(lookup), contact_of(tx, lookup)
        if identity is None or contact is None or contact.proved is None:
            continue
        person = known_person(lookup, identity)
        told += sum(_ending(house, tx, person, use_case=name) for name in house.shelf.now(tx).promise.use_cases)
        now = house.clock.now()
        if months_after(contact.summed or contact.proved, _YEAR) <= now:
            told += tell_by_mail(house, tx, lookup, about=About(kind=Kind.YEARLY))
            tx.contacts.put(lookup, replace(contact, summed=now), tag=address_tag(house, contact.address))
    return told


def _ending(house: House, tx: Transaction, person: Person, *, use_case: UseCaseId) -> bool:
    """Tell once that a yes is soon over, if it may be asked whether it is to go on."""
    now = house.clock.now()
    weighed = weigh(house, tx, person, use_case=use_case, question=Question(act=Act.USE, now=now))
    standing = weighed.standing
    if standing.status is not Status.GIVEN or standing.at is None or not weighed.agreement.covers:
        return False
    until = standing.at + weighed.agreement.terms.consent_lasts
    if not now < until <= now + NOT_YET or not allowed(house, tx, person, use_case=use_case):
        return False
    tx.choices.ask(weighed.place, at=now)
    return tell_by_mail(house, tx, person.lookup, about=About(kind=Kind.EXPIRING, use_case=use_case))
