"""Laws of binding: a sealed row that is put in the place of another does not open. No row of two is exempt."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Final

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import KeyMissing, Tampered
from fiel.core.ids import Slot
from fiel.ports import Binding, Spot, Store, Transaction
from fiel.testing.builders import (
    a_compartment,
    a_lookup,
    a_permit,
    a_place,
    a_recorded,
    a_request,
    a_standing,
    a_tag,
    a_use_record,
    an_identity,
    an_own_access,
)
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import StoreCase, done, done_at_once


class MovingSeals(MemorySeals):
    """Remembers the last row sealed for each binding, and can hand the store another row than it asked to open.

    `veiled` are the standings by their spots, and `unveiled` the spot whose standing is read instead of any other.
    `instead` is such a row with its slot and binding. `whole` moves the row with its key and revision, as if all its
    columns were copied into the other place; otherwise its sealed bytes alone are moved.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Slot, bytes, Binding]] = []
        self.instead: tuple[Slot, bytes, Binding] | None = None
        self.whole = False
        self.veiled: dict[Spot, bytes] = {}
        self.unveiled: Spot | None = None

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """Veil, and remember it."""
        self.veiled[spot] = super().veil(spot, plain)
        return self.veiled[spot]

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:
        """Unveil what is asked for, or what was put in its place."""
        return super().unveil(spot, veiled if self.unveiled is None else self.veiled[self.unveiled])

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:
        """Seal, and remember the row."""
        sealed = super().seal(slot, plain, binding=binding)
        self.rows.append((slot, sealed, binding))
        return sealed

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:
        """Open what is asked for, or what was put in its place."""
        if self.instead is None:
            return super().open(slot, sealed, binding=binding)
        other, moved, bound = self.instead
        if self.whole:
            return super().open(other, moved, binding=replace(bound, place=binding.place))
        return super().open(slot, moved, binding=binding)


Read = Callable[[Transaction], object]

ANA: Final = a_place("ana")
BEA: Final = a_place("bea")
NEWS: Final = a_place("ana", use_case="news")

READS: Final[tuple[Read, ...]] = (
    lambda tx: tx.compartments.load(a_permit(ANA)),
    lambda tx: tx.uses.of(an_own_access(ANA)),
    lambda tx: tx.compartments.load(a_permit(BEA)),
    lambda tx: tx.compartments.load(a_permit(NEWS)),
    lambda tx: tx.identities.find(a_lookup("ana")),
    lambda tx: tx.choices.of(a_lookup("ana"), a_tag()),
    lambda tx: tx.requests.of(a_lookup("ana")),
    lambda tx: tx.identities.find(a_lookup("bea")),
)
"""One read for each row that `_fill` seals, in the order in which it seals them."""


class BindingLaws(StoreCase):
    """Where a row lies is part of what it is."""

    @pytest.fixture
    def seals(self) -> MovingSeals:
        """Keys that can have rows moved."""
        return MovingSeals()

    def test_every_row_opens_where_it_lies(self, store: Store) -> None:
        """The control: as long as nothing was moved each row opens."""
        done(store, _fill)
        with store.read() as tx:
            assert all(read(tx) for read in READS)

    @pytest.mark.parametrize("whole", [False, True])
    def test_no_row_opens_in_the_place_of_another(self, store: Store, seals: MovingSeals, *, whole: bool) -> None:
        """Whichever row is put in the place of whichever other, alone or with its key, it is refused."""
        done(store, _fill)
        rows, seals.whole = list(seals.rows), whole
        assert len(rows) == len(READS)
        with store.read() as tx:
            for target, source in permutations(range(len(rows)), 2):
                seals.instead = rows[source]
                with pytest.raises((KeyMissing, Tampered)):
                    READS[target](tx)

    def test_no_standing_reads_in_the_place_of_another(self, store: Store, seals: MovingSeals) -> None:
        """Whosever standing is put in the place of whichever other, it is refused, and never read as a yes."""
        places = (ANA, BEA, NEWS)
        done_at_once(store, lambda tx, place: tx.choices.stand(place, a_standing()), places)
        assert len(seals.veiled) == len(places)
        with store.read() as tx:
            for target, source in permutations(places, 2):
                seals.unveiled = source.use_case, source.pseudonym
                with pytest.raises(Tampered):
                    tx.choices.standing(target)

    def test_no_value_is_shared_by_two_use_cases(self, store: Store, seals: MovingSeals, tmp_path: Path) -> None:
        """Two equal standings of one person are stored as unlike bytes of one length, and nowhere in the clear."""
        version = str(a_standing().version).encode()
        done_at_once(store, lambda tx, place: tx.choices.stand(place, a_standing()), (ANA, NEWS))
        one, other = seals.veiled.values()
        windows = [{veiled[at : at + 8] for at in range(2, len(veiled) - 7)} for veiled in (one, other)]
        assert not windows[0] & windows[1]
        assert len(one) == len(other)
        assert not [file.name for file in tmp_path.rglob("*") if file.is_file() and version in file.read_bytes()]

    def test_no_earlier_form_of_a_row_opens(self, store: Store, seals: MovingSeals) -> None:
        """What a document was before does not open in its place, so nobody rolls a single row back."""
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("cup")))
        seals.instead = seals.rows[0]
        with store.read() as tx, pytest.raises(Tampered):
            tx.compartments.load(a_permit())

    def test_no_row_opens_under_the_key_of_a_later_grant(self, store: Store, seals: MovingSeals) -> None:
        """What was shredded does not open again, although its slot may hold the key of the next grant."""
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        done(store, lambda tx: tx.compartments.shred(upkeep(ANA)))
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("cup")))
        seals.instead = seals.rows[0]
        for seals.whole in (False, True):
            with store.read() as tx, pytest.raises((KeyMissing, Tampered)):
                tx.compartments.load(a_permit())

    def test_a_row_is_bound_to_its_area(self, store: Store) -> None:
        """What one area holds does not open for another, even for the same use case and person."""
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        with store.read() as tx, pytest.raises((KeyMissing, Tampered)):
            tx.compartments.load(an_own_access(a_place(area="marketing")))


def _fill(tx: Transaction) -> None:
    tx.compartments.save(a_permit(ANA), a_compartment("tea"))
    tx.uses.record(a_permit(ANA), a_use_record())
    tx.compartments.save(a_permit(BEA), a_compartment("cup"))
    tx.compartments.save(a_permit(NEWS), a_compartment("bag"))
    tx.identities.add(a_lookup("ana"), an_identity("ana"))
    tx.choices.record(a_lookup("ana"), a_tag(), a_recorded())
    tx.requests.put(a_lookup("ana"), a_request())
    tx.identities.add(a_lookup("bea"), an_identity("bea"))
