"""What is told, in memory: addresses for notices, and the parcels that wait."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from fiel.core.errors import KeyMissing, Tampered, Unknown
from fiel.core.ids import LookupTag, Place, Pseudonym, UseCaseId
from fiel.ports import LISTED, Contact, Parcel, Waiting
from fiel.stores.documents import (
    CONTACT,
    OUTBOX,
    QUEUED,
    Keyed,
    Queued,
    drawn,
    identity_place,
    outbox_place,
    the_minute,
)
from fiel.stores.memory.state import Addressed, Lying, View

MOST_AT_ONCE: Final = 64
"""Parcels of one lane that are claimed together."""


class MemoryContacts:
    """The addresses for notices."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, lookup: LookupTag) -> Contact | None:
        person, row = self._view.now.identities.rows.get(lookup), self._view.now.contacts.rows.get(lookup)
        if person is None or row is None:
            return None
        keyed = person.keyed.at(row.revision)
        return self._view.safe.open(row.sealed, CONTACT, place=identity_place(lookup), keyed=keyed)

    def put(self, lookup: LookupTag, contact: Contact, *, tag: bytes) -> None:
        state = self._view.change
        person = state.identities.rows.get(lookup)
        if person is None:
            raise Unknown("nobody is known by that name, so there is no key for an address")
        keyed = person.keyed.at(drawn())
        sealed = self._view.safe.close(contact, CONTACT, place=identity_place(lookup), keyed=keyed)
        state.contacts.put(lookup, Addressed(tag, keyed.revision, sealed))

    def remove(self, lookup: LookupTag) -> None:
        self._view.change.contacts.drop(lookup)

    def at(self, tag: bytes) -> Sequence[LookupTag]:
        return sorted(lookup for lookup, row in self._view.now.contacts.rows.items() if row.tag == tag)

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[LookupTag]:
        return sorted(name for name in self._view.now.contacts.rows if after is None or name > after)[:limit]


class MemoryOutbox:
    """The parcels that wait, in lanes."""

    def __init__(self, view: View) -> None:
        self._view = view

    def put(self, parcel: Parcel, *, owner: bytes, person: LookupTag | None, due: datetime) -> None:
        table, safe = self._view.change.outbox, self._view.safe
        lane = safe.mark((UseCaseId(parcel.target), Pseudonym(owner)), OUTBOX)
        number = max((number for of, number in table.rows if of == lane), default=drawn() - 1) + 1
        place, keyed = self._key(lane, person)
        sealed = safe.close(Queued(lane=lane, parcel=parcel), QUEUED, place=place, keyed=keyed.at(number))
        own = keyed if person is None else None
        table.put((lane, number), Lying(person, own, sealed, the_minute(parcel.at), the_minute(due)))

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Sequence[Waiting]]:
        table, claim = self._view.change.outbox, drawn().to_bytes(8, "big")
        firsts: dict[bytes, Lying] = {}
        for (lane, _), lying in self._tried():
            firsts.setdefault(lane, lying)
        ready = [(lying.due, lane) for lane, lying in firsts.items() if lying.due <= now and _is_free(lying, now)]
        bundles = []
        for _, lane in sorted(ready)[:limit]:
            mine = [each for each in self._tried() if each[0][0] == lane][:MOST_AT_ONCE]
            for place, lying in mine:
                table.put(place, replace(lying, claim=claim, leased=until))
            bundles.append([self._waiting(place, replace(lying, claim=claim)) for place, lying in mine])
        return bundles

    def sent(self, waiting: Waiting) -> None:
        if self._held(waiting) is not None:
            self._remove((waiting.lane, waiting.number))

    def put_off(self, waiting: Waiting, *, due: datetime, why: str) -> None:
        lying, table = self._held(waiting), self._view.change.outbox
        if lying is None:
            return
        tried = replace(lying, tries=lying.tries + 1, why=why) if why else lying
        table.put((waiting.lane, waiting.number), replace(tried, due=due))
        for place, each in self._tried():
            if place[0] == waiting.lane and each.claim == waiting.claim:
                table.put(place, replace(each, claim=b"", leased=None))

    def give_up(self, waiting: Waiting, *, at: datetime, why: str) -> None:
        lying = self._held(waiting)
        if lying is not None:
            over = replace(lying, tries=lying.tries + 1, why=why, given_up=at, claim=b"", leased=None)
            self._view.change.outbox.put((waiting.lane, waiting.number), over)

    def unsent(self, *, limit: int = LISTED) -> Sequence[Waiting]:
        rows = [(lying.since, place) for place, lying in self._view.now.outbox.rows.items() if lying.tries]
        return [self._waiting(place, self._view.now.outbox.rows[place]) for _, place in sorted(rows)[:limit]]

    def find(self, lane: bytes, number: int) -> Waiting | None:
        lying = self._view.now.outbox.rows.get((lane, number))
        return None if lying is None else self._waiting((lane, number), lying)

    def retry(self, lane: bytes, number: int, *, now: datetime) -> bool:
        table = self._view.change.outbox
        lying = table.rows.get((lane, number))
        if lying is None or lying.given_up is None:
            return False
        table.put((lane, number), replace(lying, given_up=None, since=now, due=now))
        return True

    def forget(self, *, before: datetime) -> None:
        rows = self._view.change.outbox.rows
        for place in [place for place, lying in rows.items() if lying.given_up is not None and lying.given_up < before]:
            self._remove(place)

    def next_due(self) -> datetime | None:
        return min((lying.due for _, lying in self._tried()), default=None)

    def _tried(self) -> Iterator[tuple[tuple[bytes, int], Lying]]:
        """What is still tried, in the order of lanes and numbers."""
        rows = self._view.now.outbox.rows
        yield from [(place, rows[place]) for place in sorted(rows) if rows[place].given_up is None]

    def _held(self, waiting: Waiting) -> Lying | None:
        lying = self._view.change.outbox.rows.get((waiting.lane, waiting.number))
        return lying if lying is not None and lying.claim == waiting.claim else None

    def _remove(self, place: tuple[bytes, int]) -> None:
        lying = self._view.change.outbox.rows[place]
        self._view.change.outbox.drop(place)
        if lying.keyed is not None:
            self._view.safe.condemn(lying.keyed.slot)

    def _key(self, lane: bytes, person: LookupTag | None) -> tuple[Place, Keyed]:
        if person is None:
            place = outbox_place(lane)
            return place, self._view.safe.make(place)
        row = self._view.now.identities.rows.get(person)
        if row is None:
            raise Unknown("nobody is known by that name, so there is no key for a notice")
        return identity_place(person), row.keyed

    def _waiting(self, place: tuple[bytes, int], lying: Lying) -> Waiting:
        lane, number = place
        return Waiting(
            lane=lane,
            number=number,
            parcel=self._opened(place, lying),
            since=lying.since,
            due=lying.due,
            tries=lying.tries,
            why=lying.why,
            given_up=lying.given_up is not None,
            claim=lying.claim,
            person=lying.person,
        )

    def _opened(self, where: tuple[bytes, int], lying: Lying) -> Parcel | None:
        lane, number = where
        row = None if lying.person is None else self._view.now.identities.rows.get(lying.person)
        keyed = lying.keyed if lying.person is None else row.keyed if row else None
        if keyed is None:
            return None
        place = outbox_place(lane) if lying.person is None else identity_place(lying.person)
        try:
            queued = self._view.safe.open(lying.sealed, QUEUED, place=place, keyed=keyed.at(number))
        except (KeyMissing, Tampered):
            return None
        return queued.parcel if queued.lane == lane else None


def _is_free(lying: Lying, now: datetime) -> bool:
    return lying.leased is None or lying.leased <= now
