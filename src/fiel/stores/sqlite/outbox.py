"""What waits to be told, each parcel sealed, in lanes that keep their order. A lane's name tells nobody whose it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from fiel.core.errors import KeyMissing, Tampered, Unknown
from fiel.core.ids import LookupTag, Place, Pseudonym, UseCaseId
from fiel.ports import LISTED, Parcel, Waiting
from fiel.stores.documents import OUTBOX, QUEUED, Keyed, Queued, drawn, identity_place, outbox_place, the_minute
from fiel.stores.sqlite.moments import instant, instant_or_none, micros
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.statements import Row

_SQL: Final = queries("outbox")

MOST_AT_ONCE: Final = 64
"""Parcels of one lane that are claimed together."""


class SqliteOutbox:
    """The table `outbox`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, parcel: Parcel, *, owner: bytes, person: LookupTag | None, due: datetime) -> None:
        self._session.ask_for_the_writer()
        safe = self._session.safe
        lane = safe.mark((UseCaseId(parcel.target), Pseudonym(owner)), OUTBOX)
        number = self._session.number(_SQL["last"], lane) + 1
        number = drawn() if number == 1 else number
        place, keyed = self._key(lane, person)
        sealed = safe.close(Queued(lane=lane, parcel=parcel), QUEUED, place=place, keyed=keyed.at(number))
        own = (None, None) if person is not None else (safe.hidden(keyed), keyed.key)
        since, when = micros(the_minute(parcel.at)), micros(the_minute(due))
        self._session.change(_SQL["put"], lane, number, person, *own, sealed, since, when)

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Sequence[Waiting]]:
        self._session.ask_for_the_writer()
        claim = drawn().to_bytes(8, "big")
        lanes = []
        for (lane,) in self._session.all(_SQL["ready"], micros(now), limit):
            waiting = [self._waiting(row) for row in self._session.all(_SQL["waiting"], lane, MOST_AT_ONCE)]
            self._session.change(_SQL["take"], claim, micros(until), lane, waiting[-1].number)
            lanes.append([replace(each, claim=claim) for each in waiting])
        return lanes

    def sent(self, waiting: Waiting) -> None:
        row = self._session.one(_SQL["held"], waiting.lane, waiting.number, waiting.claim)
        if row is not None:
            self._remove(waiting.lane, waiting.number, own=row)

    def put_off(self, waiting: Waiting, *, due: datetime, why: str) -> None:
        more = 1 if why else 0
        self._session.change(_SQL["put_off"], waiting.lane, waiting.number, waiting.claim, micros(due), more, why)
        self._session.change(_SQL["release"], waiting.lane, waiting.claim)

    def give_up(self, waiting: Waiting, *, at: datetime, why: str) -> None:
        self._session.change(_SQL["give_up"], waiting.lane, waiting.number, waiting.claim, micros(at), why)

    def unsent(self, *, limit: int = LISTED) -> Sequence[Waiting]:
        return [self._waiting(row) for row in self._session.all(_SQL["unsent"], limit)]

    def find(self, lane: bytes, number: int) -> Waiting | None:
        row = self._session.one(_SQL["find"], lane, number)
        return None if row is None else self._waiting(row)

    def retry(self, lane: bytes, number: int, *, now: datetime) -> bool:
        self._session.ask_for_the_writer()
        if self._session.one(_SQL["given_up"], lane, number) is None:
            return False
        self._session.change(_SQL["retry"], lane, number, micros(now))
        return True

    def forget(self, *, before: datetime) -> None:
        self._session.ask_for_the_writer()
        for lane, number, *own in self._session.all(_SQL["old"], micros(before)):
            self._remove(lane, number, own=own)

    def next_due(self) -> datetime | None:
        row = self._session.one(_SQL["next_due"])
        return None if row is None else instant_or_none(row[0])

    def _key(self, lane: bytes, person: LookupTag | None) -> tuple[Place, Keyed]:
        """Under which key a parcel lies, and where: the person's, or a new one."""
        if person is None:
            place = outbox_place(lane)
            return place, self._session.safe.make(place)
        row = self._session.one(_SQL["person"], person)
        if row is None:
            raise Unknown("nobody is known by that name, so there is no key for a notice")
        return identity_place(person), self._session.safe.keyed(row[0], row[1], 0)

    def _waiting(self, row: Row) -> Waiting:
        lane, number, person, slot, key, sealed, since, due, tries, why, given_up, claim = row
        return Waiting(
            lane=lane,
            number=number,
            parcel=self._opened(lane, number, person, own=(slot, key), sealed=sealed),
            since=instant(since),
            due=instant(due),
            tries=tries,
            why=why,
            given_up=given_up is not None,
            claim=claim,
            person=None if person is None else LookupTag(person),
        )

    def _opened(self, lane: bytes, number: int, person: bytes | None, *, own: Row, sealed: bytes) -> Parcel | None:
        row = own if person is None else self._session.one(_SQL["person"], person)
        if row is None:
            return None
        place = outbox_place(lane) if person is None else identity_place(LookupTag(person))
        keyed = self._session.safe.keyed(row[0], row[1], number)
        try:
            queued = self._session.safe.open(sealed, QUEUED, place=place, keyed=keyed)
        except (KeyMissing, Tampered):
            return None
        return queued.parcel if queued.lane == lane else None

    def _remove(self, lane: bytes, number: int, *, own: Row) -> None:
        self._session.change(_SQL["remove"], lane, number)
        if own[0] is not None:
            self._session.condemn(self._session.safe.keyed(own[0], own[1], 0).slot)
