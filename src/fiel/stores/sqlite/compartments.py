"""The sealed documents: one a place, under one key a grant. No mandate, no data."""

from collections.abc import Iterator
from typing import Final

from fiel.core.consent.effect import Upkeep
from fiel.core.errors import Conflict
from fiel.core.ids import KeyId, Place, Pseudonym, UseCaseId
from fiel.core.permit import Permit
from fiel.core.use.compartment import Compartment
from fiel.ports import Mandate
from fiel.stores.documents import COMPARTMENT, LOGS, Keyed
from fiel.stores.lessening import refuse_growth
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session
from fiel.stores.sqlite.statements import Row

_SQL: Final = queries("compartments")
_PAGE: Final = 1_000


class SqliteCompartments:
    """The table `compartments`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, mandate: Mandate) -> Compartment | None:
        row = self._find(mandate.place)
        return None if row is None else self._opened(mandate.place, row)

    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        self._session.ask_for_the_writer()
        place, row = mandate.place, self._find(mandate.place)
        if row is None:
            self.begin(mandate, compartment)
            return
        if isinstance(mandate, Upkeep):
            refuse_growth(self._opened(place, row), compartment)
        keyed = self._keyed(row).next()
        sealed = self._session.safe.close(compartment, COMPARTMENT, place=place, keyed=keyed)
        self._session.change(_SQL["rewrite"], keyed.revision, sealed, place.use_case, place.pseudonym)

    def begin(self, mandate: Mandate, compartment: Compartment) -> Keyed:
        """Begin to hold something where nothing is held, under a new key; raises `Conflict` without a permit."""
        self._session.ask_for_the_writer()
        if not isinstance(mandate, Permit):
            raise Conflict("nothing is held there, and only a permit may begin to hold something")
        place = mandate.place
        keyed = self._session.safe.make(place)
        sealed = self._session.safe.close(compartment, COMPARTMENT, place=place, keyed=keyed)
        self._session.change(
            _SQL["begin"],
            place.use_case,
            place.pseudonym,
            self._session.safe.hidden(keyed),
            keyed.key,
            keyed.revision,
            sealed,
        )
        return keyed

    def shred(self, mandate: Upkeep) -> KeyId | None:
        place, row = mandate.place, self._find(mandate.place)
        self._session.change(_SQL["shred"], place.use_case, place.pseudonym)
        self._session.change(_SQL["shred_uses"], self._session.safe.mark((place.use_case, place.pseudonym), LOGS))
        if row is None:
            return None
        keyed = self._keyed(row)
        self._session.condemn(keyed.slot)
        return keyed.key

    def places(self, use_case: UseCaseId) -> Iterator[Pseudonym]:
        after = b""
        while rows := self._session.all(_SQL["places"], use_case, after, _PAGE):
            yield from (Pseudonym(pseudonym) for (pseudonym,) in rows)
            after = rows[-1][0]

    def _find(self, place: Place) -> Row | None:
        return self._session.one(_SQL["find"], place.use_case, place.pseudonym)

    def _opened(self, place: Place, row: Row) -> Compartment:
        return self._session.safe.open(row[3], COMPARTMENT, place=place, keyed=self._keyed(row))

    def _keyed(self, row: Row) -> Keyed:
        hidden, key, revision, _ = row
        return self._session.safe.keyed(hidden, key, revision)
