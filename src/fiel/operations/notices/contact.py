"""Where notices go: an address that somebody gives for that, and that is used for nothing else.

What a person types on a page may be anybody's, so nothing is sent there but one question, until whoever reads that mail
says yes to it (double opt-in). What the controller's own server gives, the controller answers for.
"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Conflict, Malformed, NotAuthenticated, TooMany
from fiel.core.ids import Identifier, LookupTag
from fiel.core.notices import Kind
from fiel.operations.choose import enrol
from fiel.operations.house import House
from fiel.operations.limit import Limit
from fiel.operations.notices.links import Does, Link, followed
from fiel.operations.tell import contact_of
from fiel.operations.weigh import meet_person
from fiel.ports import MAIL, Contact, Parcel, Transaction

LONGEST: Final = 254
"""Characters of an address that a mail server must take (RFC 5321 §4.5.3.1.3)."""

MOST_OF_ONE: Final = 5
"""People who may share an address, as a household does: more would make it a way to flood somebody."""

_OF_PERSON: Final = Limit("questions of a person", 5, timedelta(days=1))
_OF_ADDRESS: Final = Limit("questions to an address", 3, timedelta(days=1))

_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")


def mail_address(text: str) -> str:
    """An address as it is kept; raises `Malformed`, which does not repeat it, for what no mail can be sent to.

    Nothing of it can end a header or begin another recipient: quotes, spaces, commas and line breaks are not taken.
    """
    typed = text.strip()
    if len(typed) > LONGEST or _ADDRESS.fullmatch(typed) is None or len(typed.rpartition("@")[0]) > 64:  # noqa: PLR2004
        raise Malformed("this is not an e-mail address", hint="write it as in `name@example.com`")
    local, _, domain = typed.rpartition("@")
    return f"{local}@{domain.lower()}"


def address_tag(house: House, address: str) -> bytes:
    """How an address is found. Letters count alike, large or small: no server in use tells them apart."""
    return house.names.address(address.lower())


def contact(house: House, identifier: Identifier) -> Contact | None:
    """The address of somebody, for them or for the controller's own server."""
    with house.store.read() as tx:
        return contact_of(tx, house.names.lookup(identifier))


def give_address(house: House, identifier: Identifier, *, address: str, language: str, by: Attestation) -> Contact:
    """Keep an address; done when it is durable. The person is asked by mail whether it is theirs.

    Raises `Malformed` for what is none, `Conflict` if too many share it, or for somebody who was erased and does not
    come back by themselves, `TooMany` for somebody who types one after the other.
    """
    given = Contact(address=mail_address(address), language=language, by=by, given=house.clock.now())
    if by is Attestation.PERSON:
        _refuse_flood(house, identifier, given)
    return house.store.write(lambda tx: _give(house, tx, identifier, given=given)).result()


def remove_address(house: House, identifier: Identifier) -> bool:
    """Forget an address and what was to go there; False if there was none. Let through on a full disk."""

    def act(tx: Transaction) -> bool:
        lookup = house.names.lookup(identifier)
        known = contact_of(tx, lookup) is not None
        tx.contacts.remove(lookup)
        return known

    return house.store.write(act, urgent=True).result()


def confirm_address(house: House, token: str) -> Contact:
    """The button behind the question: the address is proved. Raises `NotAuthenticated` for a link that is over."""
    return house.store.write(lambda tx: _confirm(house, tx, token)).result()


def _refuse_flood(house: House, identifier: Identifier, given: Contact) -> None:
    """Whoever types addresses of others, or one of somebody's again and again, is stopped before anything is sent."""
    for limit, whom in ((_OF_PERSON, f"{identifier.kind} {identifier.value}"), (_OF_ADDRESS, given.address.lower())):
        if not house.limits.allow(limit, whom, name=house.names.address, now=given.given):
            raise TooMany("too many letters were asked for", hint="try again tomorrow")


def _give(house: House, tx: Transaction, identifier: Identifier, *, given: Contact) -> Contact:
    tag, person = address_tag(house, given.address), meet_person(house, tx, identifier)
    before = contact_of(tx, person.lookup)
    if person.suppressed:
        raise Conflict("this person was erased and asked not to be taken up again", hint="only they can come back")
    if before is not None and before.proved and address_tag(house, before.address) == tag:
        kept = replace(before, address=given.address, language=given.language)
        tx.contacts.put(person.lookup, kept, tag=tag)
        return kept
    if len([each for each in tx.contacts.at(tag) if each != person.lookup]) >= MOST_OF_ONE:
        raise Conflict("this address is given for too many people already", hint="use another one")
    if person.identity is None:
        enrol(tx, person, language=given.language)
    if given.by is not Attestation.PERSON:
        given = replace(given, proved=given.given, summed=given.given)
    tx.contacts.put(person.lookup, given, tag=tag)
    if given.proved is None:
        _ask(house, tx, person.lookup, identifier=identifier, given=given)
    return given


def _ask(house: House, tx: Transaction, lookup: LookupTag, *, identifier: Identifier, given: Contact) -> None:
    parcel = Parcel(
        id=house.names.new_record(),
        kind=Kind.CONFIRM,
        target=MAIL,
        at=given.given,
        language=given.language,
        subject=identifier,
    )
    tx.outbox.put(parcel, owner=lookup, person=lookup, due=given.given)


def _confirm(house: House, tx: Transaction, token: str) -> Contact:
    link = followed(house, token, Does.CONFIRM)
    lookup = house.names.lookup(link.who)
    known = still_at(house, tx, link)
    if known.proved is not None:
        return known
    now = house.clock.now()
    proved = replace(known, proved=now, summed=known.summed or now)
    tx.contacts.put(lookup, proved, tag=link.address)
    return proved


def still_at(house: House, tx: Transaction, link: Link) -> Contact:
    """The address that a link was sent to, if it is still the person's; raises `NotAuthenticated`."""
    known = contact_of(tx, house.names.lookup(link.who))
    if known is None or address_tag(house, known.address) != link.address:
        raise NotAuthenticated("the link was sent to an address that is not theirs any more")
    return known
