"""The log of uses beside each compartment: bounded, each record sealed by itself under the compartment's key."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fiel.core.ids import Place
from fiel.core.permit import Permit
from fiel.core.rights import OwnAccess
from fiel.ports import USES_KEPT, UseRecord
from fiel.stores.documents import LOGS, USE, Keyed, begun, drawn, refuse_unless_measuring
from fiel.stores.sqlite.compartments import SqliteCompartments
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("uses")


class SqliteUses:
    """The table `uses`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, permit: Permit, record: UseRecord) -> None:
        place = permit.place
        log = self._log(place)
        keyed = self._keyed(place) or SqliteCompartments(self._session).begin(permit, begun(record.at))
        last = self._session.one(_SQL["last"], log)
        number = drawn() if last is None else last[0] + 1
        sealed = self._session.safe.close(record, USE, place=place, keyed=keyed.at(number))
        self._session.change(_SQL["record"], log, number, record.id, sealed)
        self._session.change(_SQL["forget_old"], log, number - USES_KEPT)

    def reward(self, permit: Permit, record_id: bytes, reward: float) -> bool:
        self._session.ask_for_the_writer()
        place = permit.place
        log = self._log(place)
        keyed, row = self._keyed(place), self._session.one(_SQL["find"], log, record_id)
        if keyed is None or row is None:
            return False
        number, sealed = row
        used = self._session.safe.open(sealed, USE, place=place, keyed=keyed.at(number))
        rewarded = self._session.safe.close(replace(used, reward=reward), USE, place=place, keyed=keyed.at(number))
        self._session.change(_SQL["rewrite"], rewarded, log, number)
        return True

    def of(self, mandate: OwnAccess) -> Sequence[UseRecord]:
        return self._all(mandate.place)

    def measured(self, permit: Permit) -> Sequence[UseRecord]:
        refuse_unless_measuring(permit)
        return self._all(permit.place)

    def _all(self, place: Place) -> Sequence[UseRecord]:
        keyed = self._keyed(place)
        if keyed is None:
            return ()
        rows = self._session.all(_SQL["all"], self._log(place))
        return [self._session.safe.open(sealed, USE, place=place, keyed=keyed.at(number)) for number, sealed in rows]

    def _log(self, place: Place) -> bytes:
        return self._session.safe.mark((place.use_case, place.pseudonym), LOGS)

    def _keyed(self, place: Place) -> Keyed | None:
        row = self._session.one(_SQL["key"], place.use_case, place.pseudonym)
        return None if row is None else self._session.safe.keyed(row[0], row[1], 0)
