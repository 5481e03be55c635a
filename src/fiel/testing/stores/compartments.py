"""Laws of compartments: what is held, under which key, and that it is gone when it is shredded."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.ids import KeyId, Place, UseCaseId
from fiel.core.text import Scalar
from fiel.ports import Store, Transaction
from fiel.testing.builders import a_compartment, a_permit, a_place, a_use_record, an_own_access
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once, done_each


class CompartmentLaws(StoreCase):
    """The sealed documents."""

    def test_nothing_is_held_at_first(self, store: Store) -> None:
        """Where nothing was saved nothing is loaded, under any mandate, and nothing is shredded."""
        assert done(store, lambda tx: tx.compartments.shred(upkeep(a_place()))) is None
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) is None
            assert tx.compartments.load(an_own_access()) is None
            assert tx.compartments.load(upkeep(a_place())) is None
            assert list(tx.compartments.places(a_place().use_case)) == []

    @pytest.mark.parametrize("name", ODD)
    def test_what_is_held_comes_back_whole(self, store: Store, name: str) -> None:
        """A compartment is read as it was saved, whatever its use case and its items are called."""
        place, held = a_place(name, use_case=name), a_compartment(name, "tea", name, contributed=[name])
        done(store, lambda tx: tx.compartments.save(a_permit(place), held))
        with store.read() as tx:
            assert tx.compartments.load(a_permit(place)) == held

    @pytest.mark.parametrize("events", [0, 1, 10, 40, 200, 1_000])
    def test_no_size_is_too_large(self, store: Store, events: int) -> None:
        """A compartment of any size comes back whole."""
        held = a_compartment(*(f"item {number}" for number in range(events)))
        done(store, lambda tx: tx.compartments.save(a_permit(), held))
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == held

    def test_values_keep_their_types(self, store: Store) -> None:
        """A truth, a whole number, a fraction and a text stay what they are, also where they are equal."""
        held = a_compartment("tea")
        properties: dict[str, Scalar] = {
            "one": 1,
            "true": True,
            "fraction": 1.0,
            "text": "1",
            "large": 2**53 - 1,
            "small": -0.1,
        }
        typed = replace(held, events=(replace(held.events[0], properties=properties),))
        done(store, lambda tx: tx.compartments.save(a_permit(), typed))
        with store.read() as tx:
            loaded = tx.compartments.load(a_permit())
        assert loaded is not None
        assert [(name, type(value), value) for name, value in loaded.events[0].properties.items()] == [
            (name, type(value), value) for name, value in properties.items()
        ]

    def test_the_latest_save_holds(self, store: Store, seals: MemorySeals) -> None:
        """Saving again takes the place of what was held, under the same key."""
        held = [a_compartment(*(str(item) for item in range(count))) for count in range(5)]
        done_each(store, lambda tx, each: tx.compartments.save(a_permit(), each), held)
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == held[-1]
        assert len(seals.occupied()) == 1

    def test_no_place_holds_for_another(self, store: Store) -> None:
        """What is held of somebody in one use case, and its key, belong to nobody else and to no other use case."""
        places = [a_place(person, use_case=case) for person in ("ana", "bea") for case in ("suggestions", "news")]
        numbered = list(enumerate(places))
        done_each(store, lambda tx, at: tx.compartments.save(a_permit(at[1]), a_compartment(str(at[0]))), numbered)
        assert done(store, _shredder(places[0])) is not None
        with store.read() as tx:
            held = [tx.compartments.load(a_permit(place)) for place in places]
        assert held == [None, *(a_compartment(str(number)) for number in (1, 2, 3))]

    @pytest.mark.parametrize("use_case", ODD)
    def test_all_places_are_listed(self, store: Store, use_case: str) -> None:
        """Every place of a use case where something is held is listed in order, and no other."""
        places = [a_place(str(number), use_case=use_case) for number in range(5)]
        done_at_once(store, lambda tx, place: tx.compartments.save(a_permit(place), a_compartment()), places)
        done(store, lambda tx: tx.compartments.save(a_permit(a_place(use_case="elsewhere")), a_compartment()))
        done(store, _shredder(places[0]))
        with store.read() as tx:
            listed = list(tx.compartments.places(UseCaseId(use_case)))
        assert listed == sorted(place.pseudonym for place in places[1:])

    def test_shredding_takes_document_uses_and_key(self, store: Store, seals: MemorySeals) -> None:
        """When a shredding is answered the document and the uses are gone and the key is destroyed."""
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        done(store, lambda tx: tx.uses.record(a_permit(), a_use_record()))
        assert done(store, _shredder(a_place())) is not None
        assert list(seals.occupied()) == []
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) is None
            assert list(tx.uses.of(an_own_access())) == []
        assert done(store, _shredder(a_place())) is None

    def test_shredding_undone_destroys_nothing(self, store: Store, seals: MemorySeals) -> None:
        """An act that shreds and then fails leaves document and key as they were."""

        def fails(tx: Transaction) -> None:
            tx.compartments.shred(upkeep(a_place()))
            raise LookupError

        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        with pytest.raises(LookupError):
            done(store, fails)
        assert len(seals.occupied()) == 1
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == a_compartment("tea")

    def test_a_new_grant_gets_a_new_key(self, store: Store) -> None:
        """After a shredding the next save begins under another key and holds nothing of what was there."""
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        first = done(store, _shredder(a_place()))
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("cup")))
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == a_compartment("cup")
            assert list(tx.uses.of(an_own_access())) == []
        second = done(store, _shredder(a_place()))
        assert first is not None
        assert second is not None
        assert first != second

    def test_shredding_and_saving_in_one_act(self, store: Store, seals: MemorySeals) -> None:
        """An act may shred and begin anew: only what came last is held, under a key that is not the old one."""

        def renew(tx: Transaction) -> KeyId | None:
            old = tx.compartments.shred(upkeep(a_place()))
            tx.compartments.save(a_permit(), a_compartment("cup"))
            return old

        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        old = done(store, renew)
        assert len(seals.occupied()) == 1
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == a_compartment("cup")
        assert done(store, _shredder(a_place())) not in {None, old}

    def test_a_key_made_by_an_undone_act_is_destroyed(self, store: Store, seals: MemorySeals) -> None:
        """An act that began to hold something and then fails leaves no key behind."""

        def fails(tx: Transaction) -> None:
            tx.compartments.save(a_permit(), a_compartment("tea"))
            raise LookupError

        with pytest.raises(LookupError):
            done(store, fails)
        assert list(seals.occupied()) == []
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) is None


def _shredder(place: Place) -> Callable[[Transaction], KeyId | None]:
    """The act of shredding one place."""
    return lambda tx: tx.compartments.shred(upkeep(place))
