"""What was measured last of each use case."""

from typing import Final

from fiel.core.ids import UseCaseId
from fiel.core.promise.measured import Measured
from fiel.stores.sqlite.papers import MEASURED
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("measurements")


class SqliteMeasurements:
    """The table `measured`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, measured: Measured) -> None:
        self._session.change(_SQL["put"], measured.use_case, MEASURED.write(measured))
        self._session.grow()

    def of(self, use_case: UseCaseId) -> Measured | None:
        row = self._session.one(_SQL["of"], use_case)
        return None if row is None else MEASURED.read(row[0])
