"""Laws of the log of uses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import Conflict
from fiel.core.permit import Act
from fiel.core.use.compartment import empty
from fiel.ports import USES_KEPT, Store
from fiel.testing.builders import a_compartment, a_permit, a_place, a_use_record, an_own_access
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import ODD, StoreCase, done, done_at_once, done_each


class UseLaws(StoreCase):
    """Bounded, the person's to see, and gone with what it is about."""

    def test_no_use_is_recorded_at_first(self, store: Store) -> None:
        """Without a use there is nothing to show and nothing to reward."""
        assert not done(store, lambda tx: tx.uses.reward(a_permit(), a_use_record().id, 1.0))
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access())) == []

    def test_uses_are_shown_latest_first(self, store: Store) -> None:
        """Each use comes back whole, the latest first."""
        records = [
            a_use_record(name, at=NOON + timedelta(minutes=number), items=[name]) for number, name in enumerate(ODD)
        ]
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        done_each(store, lambda tx, record: tx.uses.record(a_permit(), record), records)
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access())) == records[::-1]

    def test_the_log_is_bounded(self, store: Store) -> None:
        """Only the latest uses stay, however they came in, and an old one can no longer be rewarded."""
        records = [a_use_record(str(number)) for number in range(USES_KEPT + 25)]
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        done_at_once(store, lambda tx, record: tx.uses.record(a_permit(), record), records[:-3])
        done_each(store, lambda tx, record: tx.uses.record(a_permit(), record), records[-3:])
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access())) == records[: -USES_KEPT - 1 : -1]
        assert not done(store, lambda tx: tx.uses.reward(a_permit(), records[0].id, 1.0))

    def test_the_first_use_begins_to_hold(self, store: Store, seals: MemorySeals) -> None:
        """A use where nothing is held begins an empty compartment, whose day lets it age like any other."""
        done(store, lambda tx: tx.uses.record(a_permit(), a_use_record()))
        assert len(seals.occupied()) == 1
        with store.read() as tx:
            assert tx.compartments.load(a_permit()) == empty(NOON.date())
            assert list(tx.uses.of(an_own_access())) == [a_use_record()]
            assert list(tx.compartments.places(a_place().use_case)) == [a_place().pseudonym]

    def test_the_log_is_read_to_measure_and_for_nothing_else(self, store: Store) -> None:
        """Under a permit to measure the log is what its person sees, and no other permit opens it."""
        records = [a_use_record("first"), replace(a_use_record("by draw"), control=True, visits=2)]
        done_at_once(store, lambda tx, record: tx.uses.record(a_permit(), record), records)
        with store.read() as tx:
            assert (
                list(tx.uses.measured(a_permit(act=Act.MEASURE))) == list(tx.uses.of(an_own_access())) == records[::-1]
            )
            assert list(tx.uses.measured(a_permit(a_place("bea"), act=Act.MEASURE))) == []
            for act in (Act.USE, Act.LEARN):
                with pytest.raises(Conflict):
                    tx.uses.measured(a_permit(act=act))

    def test_a_reward_is_noted(self, store: Store) -> None:
        """A reward lands on its own record, may be corrected, and changes neither order nor anything else."""
        records = [a_use_record(str(number)) for number in range(3)]
        done_at_once(store, lambda tx, record: tx.uses.record(a_permit(), record), records)
        assert done(store, lambda tx: tx.uses.reward(a_permit(), records[1].id, 0.25))
        assert done(store, lambda tx: tx.uses.reward(a_permit(), records[1].id, -1.0))
        with store.read() as tx:
            shown = list(tx.uses.of(an_own_access()))
        assert shown == [records[2], replace(records[1], reward=-1.0), records[0]]

    def test_a_reward_needs_its_place(self, store: Store) -> None:
        """A record is rewarded only where it lies."""
        done(store, lambda tx: tx.uses.record(a_permit(), a_use_record()))
        done(store, lambda tx: tx.uses.record(a_permit(a_place("bea")), a_use_record("other")))
        assert not done(store, lambda tx: tx.uses.reward(a_permit(a_place("bea")), a_use_record().id, 1.0))
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access(a_place("bea")))) == [a_use_record("other")]

    def test_uses_outlive_a_save_and_not_a_shredding(self, store: Store) -> None:
        """Uses stay readable while the compartment changes, and go with it."""
        done(store, lambda tx: tx.uses.record(a_permit(), a_use_record()))
        done(store, lambda tx: tx.compartments.save(a_permit(), a_compartment("tea")))
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access())) == [a_use_record()]
        done(store, lambda tx: tx.compartments.shred(upkeep(a_place())))
        assert not done(store, lambda tx: tx.uses.reward(a_permit(), a_use_record().id, 1.0))
        done(store, lambda tx: tx.uses.record(a_permit(), a_use_record("new")))
        with store.read() as tx:
            assert list(tx.uses.of(an_own_access())) == [a_use_record("new")]
