"""The sums that use cases learn from people, cell by cell, and the models published from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from fiel.core.errors import Tampered
from fiel.core.ids import Pseudonym, UseCaseId
from fiel.core.use.decision import Cells
from fiel.ports import Lessons, PublishedModel
from fiel.stores.documents import CHANGED
from fiel.stores.sqlite.moments import instant, instant_or_none, micros, micros_or_none
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("totals")


class SqliteTotals:
    """The tables `totals`, `formulas`, `lessons`, `changed` and `models`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def shift(self, use_case: UseCaseId, strategy: str, delta: Cells) -> None:
        added = ((use_case, strategy, *cell, more) for cell, more in delta.items() if more > 0)
        self._session.change_each(_SQL["add"], added)
        self._subtract([(use_case, strategy, *cell, -more) for cell, more in delta.items() if more < 0])

    def put(self, use_case: UseCaseId, strategy: str, total: Cells, *, formula: str) -> None:
        self.drop(use_case, strategy)
        self._session.change(_SQL["put_formula"], use_case, strategy, formula)
        self.shift(use_case, strategy, total)

    def drop(self, use_case: UseCaseId, strategy: str) -> None:
        self._session.change(_SQL["drop_total"], use_case, strategy)
        self._session.change(_SQL["drop_formula"], use_case, strategy)

    def formulas(self, use_case: UseCaseId) -> Mapping[str, str]:
        return {row[0]: row[1] for row in self._session.all(_SQL["formulas"], use_case)}

    def count(self, use_case: UseCaseId, pseudonym: Pseudonym, *, people: int, at: datetime) -> None:
        self._session.ask_for_the_writer()
        stands = self.lessons(use_case)
        if stands.people + people < 0:
            raise Tampered("a total would hold fewer people than none: somebody would be forgotten twice")
        removals = [since for since in (stands.removal_since, at if people < 0 else None) if since is not None]
        since = micros_or_none(min(removals, default=None))
        self._session.change(_SQL["put_lesson"], use_case, stands.people + people, since)
        self._session.change(_SQL["note_change"], use_case, self._session.safe.mark((use_case, pseudonym), CHANGED))

    def total(self, use_case: UseCaseId, strategy: str) -> Cells:
        return {(one, other): number for one, other, number in self._session.all(_SQL["total"], use_case, strategy)}

    def lessons(self, use_case: UseCaseId) -> Lessons:
        people, since = self._session.one(_SQL["lesson"], use_case) or (0, None)
        changed = self._session.number(_SQL["changed"], use_case)
        return Lessons(people=people, changed=changed, removal_since=instant_or_none(since))

    def model(self, use_case: UseCaseId, strategy: str) -> PublishedModel | None:
        row = self._session.one(_SQL["model"], use_case, strategy)
        if row is None:
            return None
        packed, people, at = row
        return PublishedModel(packed=packed, people=people, at=instant(at))

    def publish(self, use_case: UseCaseId, models: Mapping[str, PublishedModel]) -> None:
        self._session.change(_SQL["withdraw"], use_case)
        self._session.change_each(
            _SQL["publish"],
            ((use_case, strategy, model.packed, model.people, micros(model.at)) for strategy, model in models.items()),
        )
        self._session.change(_SQL["forget_changes"], use_case)
        self._session.change(_SQL["forget_removals"], use_case)
        self._session.grow()

    def withdraw(self, use_case: UseCaseId) -> None:
        self._session.change(_SQL["withdraw"], use_case)
        self._session.grow()

    def _subtract(self, cells: Sequence[tuple[str, str, str, str, int]]) -> None:
        """Cells that are used up go, and others become less; one that is in neither way there is a debt."""
        found = self._session.change_each(_SQL["use_up"], cells)
        if found < len(cells):
            found += self._session.change_each(_SQL["subtract"], cells)
        if found != len(cells):
            raise Tampered("a total would fall below zero: somebody would be forgotten twice")
