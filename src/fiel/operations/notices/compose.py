"""A parcel becomes a letter, in the language of its person, when it is sent and not before: nobody is told of the past.

What is told of a person is read again now. So what somebody corrected, switched off or erased in between is in no
letter.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fiel.core.ids import Identifier
from fiel.core.notices import Kind
from fiel.operations.house import House
from fiel.operations.notices.contact import address_tag
from fiel.operations.notices.links import Does, Link, linked
from fiel.operations.notices.telling import change_lines, choice_lines, ending_lines, yearly_lines
from fiel.operations.notices.words import Words, words_in
from fiel.operations.prove import receipt_of
from fiel.operations.tell import contact_of
from fiel.ports import Contact, Identity, Letter, Line, Parcel, Recorded, Transaction, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """To whom a letter goes: who they are, if they are known, and at which address."""

    who: Identifier | None
    identity: Identity | None
    address: str
    words: Words


def letters(
    house: House, tx: Transaction, bundle: Sequence[Waiting]
) -> Iterator[tuple[tuple[Waiting, ...], Letter | None]]:
    """The letters that a bundle makes, in order, each with what it tells; None for what nobody is to be told any more.

    What was chosen within a few minutes comes in one letter.
    """
    rest = list(bundle)
    while rest:
        first = rest.pop(0)
        group = [first]
        if first.parcel is not None and first.parcel.kind is Kind.CHOICE:
            while rest and rest[0].parcel is not None and rest[0].parcel.kind is Kind.CHOICE:
                group.append(rest.pop(0))
        yield tuple(group), _letter(house, tx, [each.parcel for each in group if each.parcel], first=first)


def _letter(house: House, tx: Transaction, parcels: Sequence[Parcel], *, first: Waiting) -> Letter | None:
    if not parcels:
        return None
    parcel = parcels[0]
    if parcel.until is not None and parcel.until <= house.clock.now():
        return None
    if parcel.kind is Kind.ENTER:
        return _way_in(house, tx, parcel)
    to = _addressee(house, tx, parcel, first=first)
    if to is None:
        return None
    letter = _WRITES[parcel.kind](_Desk(house=house, tx=tx, to=to), parcels)
    return None if letter is None else _ended(house, to, letter, parcel=parcel)


def _addressee(house: House, tx: Transaction, parcel: Parcel, *, first: Waiting) -> Addressee | None:
    """At the address that is the person's now; one that is not proved gets nothing but the question."""
    published = house.shelf.now(tx)
    if first.person is None:
        if parcel.address is None:
            return None
        words = words_in(house, published, parcel.language)
        return Addressee(who=parcel.subject, identity=None, address=parcel.address, words=words)
    identity, contact = tx.identities.find(first.person), contact_of(tx, first.person)
    if identity is None or contact is None or (contact.proved is None and parcel.kind is not Kind.CONFIRM):
        return None
    words = words_in(house, published, parcel.language or contact.language)
    return Addressee(who=identity.identifier, identity=identity, address=contact.address, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Where one letter is written."""

    house: House
    tx: Transaction
    to: Addressee

    @property
    def words(self) -> Words:
        return self.to.words

    def link(self, does: Does, parcel: Parcel | None = None) -> str:
        """A token for this addressee."""
        if self.to.who is None:
            return ""
        tag = address_tag(self.house, self.to.address)
        use_case = parcel.use_case if parcel else None
        return linked(self.house, Link(does=does, who=self.to.who, address=tag, use_case=use_case))

    def letter(self, parcel: Parcel, subject: str, lines: Sequence[Line], *, papers: Mapping[str, str]) -> Letter:
        """The letter, signed."""
        return Letter(
            id=parcel.id,
            to=self.to.address,
            language=self.words.language,
            subject=subject,
            sender=self.words.controller.name,
            lines=tuple(lines),
            papers=papers,
        )


Write = Callable[[_Desk, Sequence[Parcel]], Letter | None]


def _choice(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    if desk.to.identity is None:
        return None
    words, count = desk.words, len(parcels)
    key = "mail.choice.subject" if count == 1 else "mail.choice.subjects"
    lines = [words.line("mail.choice.lead")]
    papers = {}
    for parcel in parcels:
        recorded = _recorded(desk, parcel)
        if recorded is not None:
            lines += choice_lines(words, recorded)
            receipt = receipt_of(desk.house, desk.tx, desk.to.identity, recorded=recorded)
            papers[f"receipt-{recorded.position}.json"] = json.dumps(receipt, ensure_ascii=False, indent=2)
    lines += [words.line("mail.choice.papers"), words.link("mail.choice.change", "/preferences")]
    subject = words.say(key, title=words.title(parcels[0].use_case), count=count)
    return desk.letter(parcels[0], subject, lines, papers=papers)


def _recorded(desk: _Desk, parcel: Parcel) -> Recorded | None:
    """The very entry that a parcel tells of."""
    if desk.to.identity is None or parcel.use_case is None:
        return None
    tag = desk.house.names.tag(desk.to.identity.sid, parcel.use_case)
    entries = desk.tx.choices.of(desk.house.names.lookup(desk.to.identity.identifier), tag)
    return next((each for each in entries if each.position == parcel.position), None)


def _changed(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words, parcel = desk.words, parcels[0]
    lines = change_lines(desk.house, desk.tx, words, identity=desk.to.identity, parcel=parcel)
    if not lines:
        return None
    return desk.letter(parcel, words.say("mail.changed.subject", title=words.title(parcel.use_case)), lines, papers={})


def _expiring(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words, parcel = desk.words, parcels[0]
    lines = ending_lines(desk.house, desk.tx, words, identity=desk.to.identity, parcel=parcel)
    if not lines:
        return None
    return desk.letter(parcel, words.say("mail.expiring.subject", title=words.title(parcel.use_case)), lines, papers={})


def _yearly(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    lines = yearly_lines(desk.house, desk.words, who=desk.to.who)
    return desk.letter(parcels[0], desk.words.say("mail.yearly.subject"), lines, papers={})


def _looked(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words, parcel = desk.words, parcels[0]
    lines = [
        words.line("mail.looked.what", controller=words.controller.name, date=words.day(parcel.at.date())),
        words.line("mail.looked.why"),
        words.link("mail.looked.see", "/uses"),
    ]
    return desk.letter(parcel, words.say("mail.looked.subject"), lines, papers={})


def _progress(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words = desk.words
    lines = [words.line("mail.progress.what"), words.link("mail.progress.see", "/rights")]
    return desk.letter(parcels[0], words.say("mail.progress.subject"), lines, papers={})


def _erased(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words, parcel = desk.words, parcels[0]
    lines = [
        words.line("mail.erased.what", date=words.day(parcel.at.date())),
        words.line("mail.erased.paper"),
        words.line("mail.erased.last"),
    ]
    papers = {"certificate.json": parcel.paper} if parcel.paper else {}
    return desk.letter(parcel, words.say("mail.erased.subject"), lines, papers=papers)


def _confirm(desk: _Desk, parcels: Sequence[Parcel]) -> Letter | None:
    words = desk.words
    lines = [
        words.line("mail.confirm.what", controller=words.controller.name),
        words.link("mail.confirm.yes", f"/mail/confirm?t={desk.link(Does.CONFIRM)}"),
        words.line("mail.confirm.no"),
    ]
    return desk.letter(parcels[0], words.say("mail.confirm.subject"), lines, papers={})


_WRITES: Final[Mapping[Kind, Write]] = {
    Kind.CHOICE: _choice,
    Kind.CHANGED: _changed,
    Kind.EXPIRING: _expiring,
    Kind.YEARLY: _yearly,
    Kind.LOOKED: _looked,
    Kind.PROGRESS: _progress,
    Kind.ERASED: _erased,
    Kind.CONFIRM: _confirm,
}


def _way_in(house: House, tx: Transaction, parcel: Parcel) -> Letter | None:
    """The links for an address: one for each person who proved it, none where nobody did."""
    tag = address_tag(house, parcel.address or "")
    known = [(lookup, contact_of(tx, lookup)) for lookup in tx.contacts.at(tag)]
    proved = [(tx.identities.find(lookup), found) for lookup, found in known if found is not None and found.proved]
    people = [(identity.identifier, found) for identity, found in proved if identity is not None]
    if not people:
        return None
    words = words_in(house, house.shelf.now(tx), parcel.language)
    to = Addressee(who=None, identity=None, address=people[0][1].address, words=words)
    lines = [words.line("mail.enter.what", controller=words.controller.name), *_doors(house, words, people, tag=tag)]
    lines += [words.line("mail.enter.once"), words.line("mail.enter.not_you")]
    desk = _Desk(house=house, tx=tx, to=to)
    letter = desk.letter(parcel, words.say("mail.enter.subject", controller=words.controller.name), lines, papers={})
    return replace(letter, lines=(*letter.lines, *_signature(words)))


def _doors(house: House, words: Words, people: Sequence[tuple[Identifier, Contact]], *, tag: bytes) -> Iterator[Line]:
    for who, _ in people:
        token = linked(house, Link(does=Does.ENTER, who=who, address=tag))
        if len(people) > 1:
            yield Line(text=who.value, heading=True)
        yield words.link("mail.enter.open", f"/enter?m={token}")


def _ended(house: House, to: Addressee, letter: Letter, *, parcel: Parcel) -> Letter:
    """The letter with who writes and how to end it: its use case, where it invites to one; else all letters."""
    words = to.words
    if parcel.kind in {Kind.ERASED, Kind.CONFIRM} or to.who is None:
        return replace(letter, lines=(*letter.lines, *_signature(words)))
    about = parcel.use_case if parcel.kind in {Kind.CHANGED, Kind.EXPIRING} else None
    tag = address_tag(house, to.address)
    path = f"/mail/stop?t={linked(house, Link(does=Does.STOP, who=to.who, address=tag, use_case=about))}"
    every = path
    if about is not None:
        every = f"/mail/stop?t={linked(house, Link(does=Does.STOP, who=to.who, address=tag))}"
    ends = [words.link("mail.stop.use_case", path)] if about is not None else []
    ends.append(words.link("mail.stop.all", every))
    quiet = [replace(each, quiet=True) for each in ends]
    lines = (*letter.lines, *_signature(words), Line(text=words.say("mail.stop.why"), quiet=True), *quiet)
    return replace(letter, lines=lines, stops=f"{words.url}{path}")


def _signature(words: Words) -> tuple[Line, ...]:
    who = words.controller
    return (Line(text=f"{who.name} · {who.address} · {who.contact}", quiet=True),)
