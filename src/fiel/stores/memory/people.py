"""What is kept about people, in memory: identities, choices, the ledger, compartments and uses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fiel.core.consent.choice import UNDECIDED, Standing
from fiel.core.consent.effect import Upkeep
from fiel.core.consent.ledger import grown, leaf_hash
from fiel.core.errors import Conflict, Unknown
from fiel.core.ids import Digest, KeyId, LedgerTag, LookupTag, Place, Position, Pseudonym, UseCaseId
from fiel.core.permit import Permit
from fiel.core.rights import OwnAccess
from fiel.core.use.compartment import Compartment
from fiel.ports import USES_KEPT, Identity, Mandate, Recorded, Spot, UseRecord
from fiel.stores.documents import (
    COMPARTMENT,
    ENTERED,
    IDENTITY,
    USE,
    Entered,
    begun,
    drawn,
    identity_place,
    refuse_unless_measuring,
)
from fiel.stores.lessening import refuse_growth
from fiel.stores.memory.state import Row, Used, View


class MemoryIdentities:
    """Who is who."""

    def __init__(self, view: View) -> None:
        self._view = view

    def find(self, lookup: LookupTag) -> Identity | None:
        row = self._view.now.identities.rows.get(lookup)
        return None if row is None else self._opened(lookup, row)

    def add(self, lookup: LookupTag, identity: Identity) -> None:
        table, place = self._view.change.identities, identity_place(lookup)
        row = table.rows.get(lookup)
        if row is not None and self._opened(lookup, row).sid != identity.sid:
            raise Conflict("somebody else is already known by this identifier")
        keyed = self._view.safe.make(place) if row is None else row.keyed.next()
        table.put(lookup, Row(keyed, self._view.safe.close(identity, IDENTITY, place=place, keyed=keyed)))

    def remove(self, lookup: LookupTag) -> None:
        state = self._view.change
        row = state.identities.rows.get(lookup)
        if row is not None:
            state.identities.drop(lookup)
            state.entries.drop(lookup)
            for name in [name for name, asked in state.requests.rows.items() if asked[0] == lookup]:
                state.requests.drop(name)
            self._view.safe.condemn(row.keyed.slot)

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[tuple[LookupTag, Identity]]:
        rows = self._view.now.identities.rows
        names = sorted(name for name in rows if after is None or name > after)
        return [(name, self._opened(name, rows[name])) for name in names[:limit]]

    def is_suppressed(self, suppression: LookupTag) -> bool:
        return suppression in self._view.now.suppressed.rows

    def suppress(self, suppression: LookupTag, *, at: datetime) -> None:
        self._view.change.suppressed.put(suppression, at.astimezone(UTC).date())

    def lift(self, suppression: LookupTag) -> None:
        self._view.change.suppressed.drop(suppression)

    def _opened(self, lookup: LookupTag, row: Row) -> Identity:
        return self._view.safe.open(row.sealed, IDENTITY, place=identity_place(lookup), keyed=row.keyed)


class MemoryChoices:
    """Entries, and the standing that each one leaves."""

    def __init__(self, view: View) -> None:
        self._view = view

    def standing(self, place: Place) -> Standing:
        spot = _spot(place)
        veiled = self._view.now.standings.rows.get(spot)
        return UNDECIDED if veiled is None else self._view.safe.unveil(veiled, spot=spot)

    def stand(self, place: Place, standing: Standing) -> None:
        spot = _spot(place)
        self._view.change.standings.put(spot, self._view.safe.veil(standing, spot=spot))

    def clear(self, place: Place) -> None:
        self._view.change.standings.drop(_spot(place))

    def record(self, lookup: LookupTag, tag: LedgerTag, recorded: Recorded) -> None:
        state = self._view.change
        row = state.identities.rows.get(lookup)
        if row is None:
            raise Unknown("nobody is known by that name, so there is no key for this entry")
        before = state.entries.rows.get(lookup, ())
        sealed = self._view.safe.close(
            Entered(tag=tag, recorded=recorded),
            ENTERED,
            place=identity_place(lookup),
            keyed=row.keyed.at(len(before) + 1),
        )
        state.entries.put(lookup, (*before, sealed))

    def of(self, lookup: LookupTag, tag: LedgerTag) -> Sequence[Recorded]:
        state, place = self._view.now, identity_place(lookup)
        row = state.identities.rows.get(lookup)
        if row is None:
            return ()
        entered = (
            self._view.safe.open(sealed, ENTERED, place=place, keyed=row.keyed.at(number))
            for number, sealed in enumerate(state.entries.rows.get(lookup, ()), start=1)
        )
        return [each.recorded for each in entered if each.tag == tag]

    def places(self, use_case: UseCaseId) -> Iterator[tuple[Pseudonym, Standing]]:
        rows = self._view.now.standings.rows
        for spot in sorted(spot for spot in rows if spot[0] == use_case):
            yield spot[1], self._view.safe.unveil(rows[spot], spot=spot)


class MemoryLedger:
    """The leaves and the nodes over them."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def size(self) -> int:
        return len(self._view.now.leaves.rows)

    def append(self, leaf: bytes) -> Position:
        state, position = self._view.change, Position(self.size)
        for node in grown(position, leaf_hash(leaf), fetch=self.node):
            state.nodes.put((node.level, node.index), node.hash)
        state.leaves.put(position, leaf)
        return position

    def leaf(self, position: Position) -> bytes:
        leaf = self._view.now.leaves.rows.get(position)
        if leaf is None:
            raise Unknown("the ledger has no entry at that position")
        return leaf

    def node(self, level: int, index: int) -> Digest:
        node = self._view.now.nodes.rows.get((level, index))
        if node is None:
            raise Unknown("the ledger has no such complete subtree")
        return node


class MemoryCompartments:
    """The sealed documents."""

    def __init__(self, view: View) -> None:
        self._view = view

    def load(self, mandate: Mandate) -> Compartment | None:
        row = self._view.now.compartments.rows.get(_spot(mandate.place))
        return None if row is None else self._opened(mandate.place, row)

    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        table, place = self._view.change.compartments, mandate.place
        row = table.rows.get(_spot(place))
        if row is None and not isinstance(mandate, Permit):
            raise Conflict("nothing is held there, and only a permit may begin to hold something")
        if row is not None and isinstance(mandate, Upkeep):
            refuse_growth(self._opened(place, row), compartment)
        keyed = self._view.safe.make(place) if row is None else row.keyed.next()
        table.put(_spot(place), Row(keyed, self._view.safe.close(compartment, COMPARTMENT, place=place, keyed=keyed)))

    def shred(self, mandate: Upkeep) -> KeyId | None:
        state, spot = self._view.change, _spot(mandate.place)
        row = state.compartments.rows.get(spot)
        if row is None:
            return None
        state.compartments.drop(spot)
        state.uses.drop(spot)
        self._view.safe.condemn(row.keyed.slot)
        return row.keyed.key

    def places(self, use_case: UseCaseId) -> Iterator[Pseudonym]:
        rows = self._view.now.compartments.rows
        yield from sorted(pseudonym for case, pseudonym in rows if case == use_case)

    def _opened(self, place: Place, row: Row) -> Compartment:
        return self._view.safe.open(row.sealed, COMPARTMENT, place=place, keyed=row.keyed)


class MemoryUses:
    """The log of uses beside each compartment, under its key."""

    def __init__(self, view: View) -> None:
        self._view = view

    def record(self, permit: Permit, record: UseRecord) -> None:
        state, spot = self._view.change, _spot(permit.place)
        if spot not in state.compartments.rows:
            MemoryCompartments(self._view).save(permit, begun(record.at))
        before = state.uses.rows.get(spot, ())
        number = before[-1].number + 1 if before else drawn()
        state.uses.put(spot, (*before, self._sealed(permit.place, record, number=number))[-USES_KEPT:])

    def reward(self, permit: Permit, record_id: bytes, reward: float) -> bool:
        state, spot = self._view.change, _spot(permit.place)
        used = {each.id: each for each in state.uses.rows.get(spot, ())}
        if record_id not in used:
            return False
        found = used[record_id]
        rewarded = replace(self._opened(permit.place, found), reward=reward)
        used[record_id] = self._sealed(permit.place, rewarded, number=found.number)
        state.uses.put(spot, tuple(used.values()))
        return True

    def of(self, mandate: OwnAccess) -> Sequence[UseRecord]:
        return self._all(mandate.place)

    def measured(self, permit: Permit) -> Sequence[UseRecord]:
        refuse_unless_measuring(permit)
        return self._all(permit.place)

    def _all(self, place: Place) -> Sequence[UseRecord]:
        used = self._view.now.uses.rows.get(_spot(place), ())
        return [self._opened(place, each) for each in reversed(used)]

    def _sealed(self, place: Place, record: UseRecord, *, number: int) -> Used:
        keyed = self._view.now.compartments.rows[_spot(place)].keyed.at(number)
        return Used(number, record.id, self._view.safe.close(record, USE, place=place, keyed=keyed))

    def _opened(self, place: Place, used: Used) -> UseRecord:
        keyed = self._view.now.compartments.rows[_spot(place)].keyed.at(used.number)
        return self._view.safe.open(used.sealed, USE, place=place, keyed=keyed)


def _spot(place: Place) -> Spot:
    return place.use_case, place.pseudonym
