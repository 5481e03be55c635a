"""What was published: the promise in force, and every version that ever was."""

from collections.abc import Sequence
from typing import Final

from fiel.core.errors import Conflict
from fiel.core.ids import UseCaseId, Version
from fiel.core.promise.usecase import Promise
from fiel.ports import PublishedVersion
from fiel.stores.sqlite.papers import PROMISE, VERSION, Ordered
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("promises")


class SqlitePromises:
    """The tables `promise` and `versions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> Promise | None:
        row = self._session.one(_SQL["current"])
        return None if row is None else PROMISE.read(row[0]).restored()

    def version(self, version: Version) -> PublishedVersion | None:
        row = self._session.one(_SQL["version"], version)
        return None if row is None else VERSION.read(row[0])

    def history(self, use_case: UseCaseId) -> Sequence[PublishedVersion]:
        return [VERSION.read(document) for (document,) in self._session.all(_SQL["history"], use_case)]

    def use_cases(self) -> Sequence[UseCaseId]:
        return [UseCaseId(use_case) for (use_case,) in self._session.all(_SQL["use_cases"])]

    def publish(self, promise: Promise, versions: Sequence[PublishedVersion]) -> None:
        self._session.change(_SQL["put"], PROMISE.write(Ordered.of(promise)))
        for each in versions:
            use_case = each.use_case.id
            if each.ordinal <= self._session.number(_SQL["last"], use_case):
                raise Conflict(f"version {each.ordinal} of use case `{use_case}` was published before")
            self._session.change(_SQL["keep"], use_case, each.ordinal, each.version, VERSION.write(each))
        self._session.grow()
