"""What is in force and not about any person: promise, catalogue, models. Read again only when its generation grew.

This is not a cache of consent: no standing, entry or compartment is ever kept here.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType

from fiel.core.consent.choice import Standing, Status
from fiel.core.errors import FielError, Unavailable, Unknown
from fiel.core.ids import ItemId, Notice, UseCaseId, Version
from fiel.core.items import Item, Withheld
from fiel.core.permit import Agreement, agree, reach
from fiel.core.promise.measured import Measured
from fiel.core.promise.usecase import LegalBasis, Promise, UseCase
from fiel.core.promise.version import notice_of, version_of
from fiel.core.use.decision import POPULAR, Strategy
from fiel.ports import Transaction

_log = logging.getLogger(__name__)

Agreed = tuple[UseCaseId, Version | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One generation of what is in force."""

    generation: int
    promise: Promise
    versions: Mapping[UseCaseId, Version]
    notices: Mapping[UseCaseId, Notice]
    items: Mapping[ItemId, Item]
    candidates: Mapping[ItemId, Item]
    withheld: Mapping[UseCaseId, Withheld]
    models: Mapping[UseCaseId, Mapping[str, object]]
    measured: Mapping[UseCaseId, Measured]
    by_event: Mapping[str, tuple[UseCaseId, ...]]
    by_attribute: Mapping[str, tuple[UseCaseId, ...]]
    agreements: dict[Agreed, Agreement] = field(default_factory=dict)

    def use_case(self, name: UseCaseId) -> UseCase:
        """The use case of that name; raises `Unknown`."""
        try:
            return self.promise.use_cases[name]
        except KeyError:
            raise Unknown("there is no use case of that name", hint="`GET /v1/use-cases` lists them") from None

    def of_groups(self, groups: Iterable[str]) -> Withheld:
        """The items of these groups, and those that may be: what somebody who switched them off has withheld."""
        return Withheld(groups=frozenset(groups), items=self.items)

    def figures(self, use_case: UseCase) -> Measured | None:
        """What was measured of the version in force, None if that was another one or none."""
        found = self.measured.get(use_case.id)
        return found if found is not None and found.version == self.versions[use_case.id] else None

    def agreement(self, use_case: UseCase, standing: Standing, *, tx: Transaction) -> Agreement:
        """What is left today of what somebody who stands so agreed to. A pure function, kept while it is in force."""
        level = reach(use_case, standing)
        asked = use_case.basis is LegalBasis.CONSENT or standing.status is Status.GIVEN
        version = standing.version if asked else None
        key = (use_case.id, version, int(level))
        if key not in self.agreements:
            agreed = use_case
            if version is not None and version != self.versions[use_case.id]:
                published = tx.promises.version(version)
                if published is None:
                    raise Unavailable("the version that somebody agreed to is not in the store")
                agreed = published.use_case
            self.agreements[key] = agree(agreed, use_case, level=level)
        return self.agreements[key]


class Shelf:
    """Hands out what is in force, as of one transaction."""

    def __init__(self, strategies: Mapping[str, Strategy[object]]) -> None:
        """Know the strategies whose models are to be unpacked."""
        self._strategies = strategies
        self._last: Published | None = None
        self._lock = Lock()

    @property
    def last(self) -> Published:
        """What was in force when it was last read: for the answer that needs no store."""
        if self._last is None:
            raise Unavailable("nothing is published yet", hint="`fiel publish DIR`")
        return self._last

    def now(self, tx: Transaction) -> Published:
        """What is in force in this transaction."""
        generation = tx.administration.generation()
        last = self._last
        if last is not None and last.generation == generation:
            return last
        with self._lock:
            read = self._read(tx, generation)
            if self._last is None or generation >= self._last.generation:
                self._last = read
        return read

    def _read(self, tx: Transaction, generation: int) -> Published:
        promise = tx.promises.current()
        if promise is None:
            raise Unavailable("nothing is published yet", hint="`fiel publish DIR`")
        items = tx.catalogue.all()
        cases = promise.use_cases
        return Published(
            generation=generation,
            promise=promise,
            versions={name: version_of(case) for name, case in cases.items()},
            notices={
                name: notice_of(case, promise.areas[case.area], controller=promise.controller)
                for name, case in cases.items()
            },
            items=items,
            candidates=MappingProxyType({name: item for name, item in items.items() if item.available}),
            withheld={
                name: Withheld(groups=promise.sensitive - case.infers_from, items=items) for name, case in cases.items()
            },
            models={name: self._models(tx, case) for name, case in cases.items()},
            measured={name: found for name in cases if (found := tx.measurements.of(name)) is not None},
            by_event=_index(cases, lambda case: {need.event for rung in case.rungs for need in rung.events}),
            by_attribute=_index(cases, lambda case: {name for rung in case.rungs for name in rung.attributes}),
        )

    def _models(self, tx: Transaction, case: UseCase) -> Mapping[str, object]:
        models: dict[str, object] = {}
        for name in sorted({POPULAR, *(rung.strategy for rung in case.rungs)}):
            strategy = self._strategies[name]
            published = tx.totals.model(case.id, name) if strategy.learns else None
            if published is None:
                continue
            try:
                models[name] = strategy.unpack(published.packed)
            except (ValueError, FielError):
                # A model that cannot be read is as good as none: the decision says `model` and serves the rung below.
                _log.exception("the model of use case %s, strategy %s cannot be read", case.id, name)
        return models


def _index(
    cases: Mapping[UseCaseId, UseCase], named: Callable[[UseCase], set[str]]
) -> dict[str, tuple[UseCaseId, ...]]:
    names = sorted({name for case in cases.values() for name in named(case)})
    return {name: tuple(case.id for case in cases.values() if name in named(case)) for name in names}
