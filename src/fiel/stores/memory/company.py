"""What is kept beside people, in memory: totals and models, the catalogue, the promise, administration."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fiel.core.errors import Conflict, Tampered
from fiel.core.ids import Digest, ItemId, Pseudonym, UseCaseId, Version
from fiel.core.items import Item
from fiel.core.promise.measured import Measured
from fiel.core.promise.usecase import Promise
from fiel.core.use.decision import Cells
from fiel.core.use.gate import DropReason
from fiel.ports import Answered, ApiKey, Lessons, Once, PublishedModel, PublishedVersion
from fiel.stores.memory.state import Learning, View


class MemoryTotals:
    """The sums, and the models published from them."""

    def __init__(self, view: View) -> None:
        self._view = view

    def shift(self, use_case: UseCaseId, strategy: str, delta: Cells) -> None:
        table, key = self._view.change.totals, (use_case, strategy)
        total = dict(table.rows.get(key, {}))
        for cell, more in delta.items():
            total[cell] = total.get(cell, 0) + more
            if total[cell] < 0:
                raise Tampered("a total would fall below zero: somebody would be forgotten twice")
            if total[cell] == 0:
                del total[cell]
        table.put(key, total)

    def put(self, use_case: UseCaseId, strategy: str, total: Cells, *, formula: str) -> None:
        self.drop(use_case, strategy)
        self._view.change.formulas.put(use_case, {**self.formulas(use_case), strategy: formula})
        self.shift(use_case, strategy, total)

    def drop(self, use_case: UseCaseId, strategy: str) -> None:
        self._view.change.totals.drop((use_case, strategy))
        others = {name: formula for name, formula in self.formulas(use_case).items() if name != strategy}
        self._view.change.formulas.put(use_case, others)

    def formulas(self, use_case: UseCaseId) -> Mapping[str, str]:
        return self._view.now.formulas.rows.get(use_case, {})

    def count(self, use_case: UseCaseId, pseudonym: Pseudonym, *, people: int, at: datetime) -> None:
        table = self._view.change.learning
        before = table.rows.get(use_case, Learning())
        if before.people + people < 0:
            raise Tampered("a total would hold fewer people than none: somebody would be forgotten twice")
        removals = [since for since in (before.removal_since, at if people < 0 else None) if since is not None]
        table.put(
            use_case,
            Learning(
                people=before.people + people,
                changed=before.changed | {pseudonym},
                removal_since=min(removals, default=None),
            ),
        )

    def total(self, use_case: UseCaseId, strategy: str) -> Cells:
        return dict(self._view.now.totals.rows.get((use_case, strategy), {}))

    def lessons(self, use_case: UseCaseId) -> Lessons:
        stands = self._view.now.learning.rows.get(use_case, Learning())
        return Lessons(people=stands.people, changed=len(stands.changed), removal_since=stands.removal_since)

    def model(self, use_case: UseCaseId, strategy: str) -> PublishedModel | None:
        return self._view.now.models.rows.get(use_case, {}).get(strategy)

    def publish(self, use_case: UseCaseId, models: Mapping[str, PublishedModel]) -> None:
        state = self._view.change
        state.models.put(use_case, dict(models))
        stands = state.learning.rows.get(use_case, Learning())
        state.learning.put(use_case, replace(stands, changed=frozenset(), removal_since=None))
        self._view.grow()

    def withdraw(self, use_case: UseCaseId) -> None:
        self._view.change.models.drop(use_case)
        self._view.grow()


class MemoryCatalogue:
    """The items."""

    def __init__(self, view: View) -> None:
        self._view = view

    def put(self, items: Sequence[Item]) -> None:
        for item in items:
            self._view.change.items.put(item.id, item)
        self._view.grow()

    def get(self, item: ItemId) -> Item | None:
        return self._view.now.items.rows.get(item)

    def all(self) -> Mapping[ItemId, Item]:
        return dict(self._view.now.items.rows)


class MemoryPromises:
    """What was published."""

    def __init__(self, view: View) -> None:
        self._view = view

    def current(self) -> Promise | None:
        return self._view.now.promise.rows.get(None)

    def version(self, version: Version) -> PublishedVersion | None:
        return self._view.now.versions.rows.get(version)

    def history(self, use_case: UseCaseId) -> Sequence[PublishedVersion]:
        return self._view.now.history.rows.get(use_case, ())

    def use_cases(self) -> Sequence[UseCaseId]:
        return sorted(self._view.now.history.rows)

    def publish(self, promise: Promise, versions: Sequence[PublishedVersion]) -> None:
        state = self._view.change
        state.promise.put(None, promise)
        for each in versions:
            before = state.history.rows.get(each.use_case.id, ())
            if any(each.ordinal <= other.ordinal for other in before):
                raise Conflict(f"version {each.ordinal} of use case `{each.use_case.id}` was published before")
            state.history.put(each.use_case.id, (*before, each))
            state.versions.put(each.version, each)
        self._view.grow()


class MemoryMeasurements:
    """What was measured last of each use case."""

    def __init__(self, view: View) -> None:
        self._view = view

    def put(self, measured: Measured) -> None:
        self._view.change.measured.put(measured.use_case, measured)
        self._view.grow()

    def of(self, use_case: UseCaseId) -> Measured | None:
        return self._view.now.measured.rows.get(use_case)


class MemoryAdministration:
    """What is not about people."""

    def __init__(self, view: View) -> None:
        self._view = view

    def api_key(self, digest: Digest) -> ApiKey | None:
        return self._view.now.keys.rows.get(digest)

    def api_keys(self) -> Sequence[ApiKey]:
        return sorted(self._view.now.keys.rows.values(), key=lambda key: (key.name, key.digest))

    def put_api_key(self, key: ApiKey) -> None:
        self._view.change.keys.put(key.digest, key)

    def answered(self, once: Once) -> Answered | None:
        return self._view.now.answers.rows.get(once.key)

    def answer(self, once: Once, answered: Answered) -> None:
        table = self._view.change.answers
        if once.key in table.rows:
            raise Conflict("this request was answered before")
        table.put(once.key, answered)

    def forget_answers(self, *, before: datetime) -> None:
        table = self._view.change.answers
        for key in [key for key, answered in table.rows.items() if answered.at < before]:
            table.drop(key)

    def dropped(self) -> Mapping[tuple[str, DropReason], int]:
        return dict(self._view.now.dropped.rows)

    def drop(self, counts: Mapping[tuple[str, DropReason], int]) -> None:
        table = self._view.change.dropped
        for kind, more in counts.items():
            table.put(kind, table.rows.get(kind, 0) + more)

    def generation(self) -> int:
        return self._view.now.generation.rows.get(None, 0)
