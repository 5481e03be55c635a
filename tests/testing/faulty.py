"""Ports of the store in memory, each with one fault that a law must find. `FAULTS` says which."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from fiel.core.consent.choice import Standing
from fiel.core.consent.effect import Upkeep, upkeep
from fiel.core.ids import KeyId, LookupTag, Place, Pseudonym, UseCaseId
from fiel.core.items import Item
from fiel.core.permit import Permit
from fiel.core.use.compartment import Compartment
from fiel.core.use.decision import Cells
from fiel.ports import Answered, Identity, Mandate, Once, PublishedModel, PublishedVersion, UseRecord, Waiting
from fiel.stores.documents import COMPARTMENT
from fiel.stores.memory.company import MemoryAdministration, MemoryCatalogue, MemoryPromises, MemoryTotals
from fiel.stores.memory.notices import MemoryOutbox
from fiel.stores.memory.people import MemoryChoices, MemoryCompartments, MemoryIdentities, MemoryUses
from fiel.stores.memory.state import Row, View
from fiel.testing.builders import a_permit


class _KeepsEntries(MemoryIdentities):
    def remove(self, lookup: LookupTag) -> None:
        entries = self._view.now.entries.rows.get(lookup, ())
        super().remove(lookup)
        self._view.change.entries.put(lookup, entries)


class _KeepsIdentityKeys(MemoryIdentities):
    def remove(self, lookup: LookupTag) -> None:
        super().remove(lookup)
        self._view.safe.condemned.clear()


class _RepeatsPages(MemoryIdentities):
    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[tuple[LookupTag, Identity]]:
        rows = self._view.now.identities.rows
        names = sorted(name for name in rows if after is None or name >= after)
        return [(name, self._opened(name, rows[name])) for name in names[:limit]] if len(names) > 1 else []


class _MixesUseCases(MemoryChoices):
    def standing(self, place: Place) -> Standing:
        for spot, veiled in self._view.now.standings.rows.items():
            return self._view.safe.unveil(veiled, spot=spot)
        return super().standing(place)


class _KeepsUses(MemoryCompartments):
    def shred(self, mandate: Upkeep) -> KeyId | None:
        used = self._view.now.uses.rows.get((mandate.place.use_case, mandate.place.pseudonym), ())
        key = super().shred(mandate)
        self._view.change.uses.put((mandate.place.use_case, mandate.place.pseudonym), used)
        return key


class _KeepsKeys(MemoryCompartments):
    def shred(self, mandate: Upkeep) -> KeyId | None:
        key = super().shred(mandate)
        self._view.safe.condemned.clear()
        return key


class _ShredsAnothersDocument(MemoryCompartments):
    def shred(self, mandate: Upkeep) -> KeyId | None:
        for use_case, pseudonym in list(self._view.now.compartments.rows):
            if use_case == mandate.place.use_case and pseudonym != mandate.place.pseudonym:
                super().shred(upkeep(replace(mandate.place, pseudonym=pseudonym)))
        return super().shred(mandate)


class _LetsUpkeepGrow(MemoryCompartments):
    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        if isinstance(mandate, Upkeep) and super().load(mandate) is not None:
            mandate = a_permit(mandate.place)
        super().save(mandate, compartment)


class _LetsAnybodyBegin(MemoryCompartments):
    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        super().save(a_permit(mandate.place) if super().load(mandate) is None else mandate, compartment)


class _KeepsRevisions(MemoryCompartments):
    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        spot = mandate.place.use_case, mandate.place.pseudonym
        before = self._view.now.compartments.rows.get(spot)
        super().save(mandate, compartment)
        if before is not None:
            sealed = self._view.safe.close(compartment, COMPARTMENT, place=mandate.place, keyed=before.keyed)
            self._view.change.compartments.put(spot, Row(before.keyed, sealed))


class _ForgetsPlaces(MemoryCompartments):
    def places(self, use_case: UseCaseId) -> Iterator[Pseudonym]:
        yield from list(super().places(use_case))[1:]


class _NeverForgetsUses(MemoryUses):
    def record(self, permit: Permit, record: UseRecord) -> None:
        spot = permit.place.use_case, permit.place.pseudonym
        before = self._view.now.uses.rows.get(spot, ())
        super().record(permit, record)
        after = self._view.now.uses.rows[spot]
        self._view.change.uses.put(spot, (*before, after[-1]))


class _AllowsDebt(MemoryTotals):
    def shift(self, use_case: UseCaseId, strategy: str, delta: Cells) -> None:
        there = self.total(use_case, strategy)
        super().shift(use_case, strategy, {cell: max(n, -there.get(cell, 0)) for cell, n in delta.items()})


class _AddsToWhatWasThere(MemoryTotals):
    def put(self, use_case: UseCaseId, strategy: str, total: Cells, *, formula: str) -> None:
        before = self.total(use_case, strategy)
        super().put(use_case, strategy, total, formula=formula)
        self.shift(use_case, strategy, before)


class _KeepsFormulas(MemoryTotals):
    def drop(self, use_case: UseCaseId, strategy: str) -> None:
        before = self.formulas(use_case)
        super().drop(use_case, strategy)
        self._view.change.formulas.put(use_case, before)


class _CountsTwice(MemoryTotals):
    def count(self, use_case: UseCaseId, pseudonym: Pseudonym, *, people: int, at: datetime) -> None:
        super().count(use_case, pseudonym, people=people, at=at)
        stands = self._view.now.learning.rows[use_case]
        marked = Pseudonym(bytes([len(stands.changed)]) * 16)
        self._view.change.learning.put(use_case, replace(stands, changed=stands.changed | {marked}))


class _RemembersTheLastRemoval(MemoryTotals):
    def count(self, use_case: UseCaseId, pseudonym: Pseudonym, *, people: int, at: datetime) -> None:
        super().count(use_case, pseudonym, people=people, at=at)
        if people < 0:
            stands = self._view.now.learning.rows[use_case]
            self._view.change.learning.put(use_case, replace(stands, removal_since=at))


class _KeepsOldModels(MemoryTotals):
    def publish(self, use_case: UseCaseId, models: Mapping[str, PublishedModel]) -> None:
        before = self._view.now.models.rows.get(use_case, {})
        super().publish(use_case, {**before, **models})


class _MovesItems(MemoryCatalogue):
    def put(self, items: Sequence[Item]) -> None:
        for item in items:
            self._view.change.items.drop(item.id)
        super().put(items)


class _HasNoHistory(MemoryPromises):
    def history(self, use_case: UseCaseId) -> Sequence[PublishedVersion]:
        return super().history(use_case)[-1:]


class _AnswersAnew(MemoryAdministration):
    def answer(self, once: Once, answered: Answered) -> None:
        self._view.change.answers.put(once.key, answered)


class _NeverGrows(MemoryAdministration):
    def generation(self) -> int:
        return 1


class _KeepsNotices(MemoryIdentities):
    def remove(self, lookup: LookupTag) -> None:
        waiting = dict(self._view.now.outbox.rows)
        super().remove(lookup)
        for place, lying in waiting.items():
            self._view.change.outbox.put(place, lying)


class _KeepsAddresses(MemoryIdentities):
    def remove(self, lookup: LookupTag) -> None:
        row = self._view.now.contacts.rows.get(lookup)
        super().remove(lookup)
        if row is not None:
            self._view.change.contacts.put(lookup, row)


class _LeasesNothing(MemoryOutbox):
    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Sequence[Waiting]]:
        return super().claim(now=now, until=min(now, until), limit=limit)


class _HeedsTheLate(MemoryOutbox):
    def sent(self, waiting: Waiting) -> None:
        if (waiting.lane, waiting.number) in self._view.now.outbox.rows:
            self._remove((waiting.lane, waiting.number))


class _Overtakes(MemoryOutbox):
    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Sequence[Waiting]]:
        return [list(reversed(bundle)) for bundle in super().claim(now=now, until=until, limit=limit)]


class _KeepsParcelKeys(MemoryOutbox):
    def sent(self, waiting: Waiting) -> None:
        super().sent(waiting)
        self._view.safe.condemned.clear()


class _ForgetsAsks(MemoryChoices):
    def ask(self, place: Place, *, at: datetime) -> None:
        if self.asked(place) is None:
            super().ask(place, at=at)


FAULTS: Final[Mapping[str, tuple[str, Callable[[View], object]]]] = {
    "entries outlive their person": ("identities", _KeepsEntries),
    "a person's key outlives them": ("identities", _KeepsIdentityKeys),
    "a page begins with whom it should come after": ("identities", _RepeatsPages),
    "notices outlive their person": ("identities", _KeepsNotices),
    "an address outlives its person": ("identities", _KeepsAddresses),
    "two workers have the same": ("outbox", _LeasesNothing),
    "who lost the lease is heeded": ("outbox", _HeedsTheLate),
    "what came later is told first": ("outbox", _Overtakes),
    "a parcel's key outlives it": ("outbox", _KeepsParcelKeys),
    "only the first ask counts": ("choices", _ForgetsAsks),
    "one standing answers for all": ("choices", _MixesUseCases),
    "uses outlive their document": ("compartments", _KeepsUses),
    "a key outlives its document": ("compartments", _KeepsKeys),
    "somebody else is shredded too": ("compartments", _ShredsAnothersDocument),
    "upkeep may add": ("compartments", _LetsUpkeepGrow),
    "whoever comes may begin": ("compartments", _LetsAnybodyBegin),
    "an earlier document opens": ("compartments", _KeepsRevisions),
    "a place is not listed": ("compartments", _ForgetsPlaces),
    "uses are kept without end": ("uses", _NeverForgetsUses),
    "one may be forgotten twice": ("totals", _AllowsDebt),
    "a sum that is put is added": ("totals", _AddsToWhatWasThere),
    "a formula outlives its sum": ("totals", _KeepsFormulas),
    "one change counts as two people": ("totals", _CountsTwice),
    "only the last removal counts": ("totals", _RemembersTheLastRemoval),
    "an old model stays": ("totals", _KeepsOldModels),
    "an item that changes moves": ("catalogue", _MovesItems),
    "only the last version is known": ("promises", _HasNoHistory),
    "an answer is overwritten": ("administration", _AnswersAnew),
    "the generation stands still": ("administration", _NeverGrows),
}
"""Fault -> the port that has it, and that port."""
