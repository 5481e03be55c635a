"""Laws of reading: a snapshot is one instant, changes nothing, and ends with its `with`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Final

import pytest

from fiel.core.consent.choice import Status
from fiel.core.consent.effect import upkeep
from fiel.core.errors import Conflict, KeyMissing, Unavailable
from fiel.core.ids import Position
from fiel.core.use.gate import DropReason
from fiel.ports import Answered, Once, Store, Transaction
from fiel.testing.builders import (
    a_compartment,
    a_digest,
    a_lookup,
    a_model,
    a_permit,
    a_place,
    a_promise,
    a_recorded,
    a_standing,
    a_tag,
    a_use_case,
    a_use_record,
    an_api_key,
    an_identity,
    an_item,
)
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import PATIENCE, StoreCase, done
from fiel.testing.stores.totals import somebody

Act = Callable[[Transaction], object]

_ANSWERED: Final = Answered(request=a_digest("r"), position=Position(0), effects=(), at=NOON)

WRITES: Final[dict[str, Act]] = {
    "add": lambda tx: tx.identities.add(a_lookup("new"), an_identity("new")),
    "suppress": lambda tx: tx.identities.suppress(a_lookup(), at=NOON),
    "lift": lambda tx: tx.identities.lift(a_lookup()),
    "stand": lambda tx: tx.choices.stand(a_place(), a_standing()),
    "clear": lambda tx: tx.choices.clear(a_place()),
    "record": lambda tx: tx.choices.record(a_lookup(), a_tag(), a_recorded()),
    "append": lambda tx: tx.ledger.append(b"leaf"),
    "begin": lambda tx: tx.compartments.save(a_permit(a_place("new")), a_compartment()),
    "save": lambda tx: tx.compartments.save(a_permit(), a_compartment()),
    "use": lambda tx: tx.uses.record(a_permit(), a_use_record()),
    "first use": lambda tx: tx.uses.record(a_permit(a_place("new")), a_use_record()),
    "reward": lambda tx: tx.uses.reward(a_permit(), a_use_record().id, 1.0),
    "shift": lambda tx: tx.totals.shift(a_use_case().id, "ease", {("tea", ""): 1}),
    "shift down": lambda tx: tx.totals.shift(a_use_case().id, "ease", {("tea", ""): -1}),
    "put total": lambda tx: tx.totals.put(a_use_case().id, "ease", {}, formula="counts"),
    "drop total": lambda tx: tx.totals.drop(a_use_case().id, "ease"),
    "count": lambda tx: tx.totals.count(a_use_case().id, somebody("ana"), people=1, at=NOON),
    "publish models": lambda tx: tx.totals.publish(a_use_case().id, {"ease": a_model()}),
    "withdraw": lambda tx: tx.totals.withdraw(a_use_case().id),
    "put": lambda tx: tx.catalogue.put([an_item()]),
    "publish": lambda tx: tx.promises.publish(a_promise(), []),
    "put key": lambda tx: tx.administration.put_api_key(an_api_key()),
    "answer": lambda tx: tx.administration.answer(Once(key=a_digest("k"), request=a_digest("r")), _ANSWERED),
    "forget answers": lambda tx: tx.administration.forget_answers(before=NOON),
    "drop": lambda tx: tx.administration.drop({("", DropReason.STALE): 1}),
    "shred": lambda tx: tx.compartments.shred(upkeep(a_place())),
    "remove": lambda tx: tx.identities.remove(a_lookup()),
}
"""Every way to write; after `fill` each works by itself, and all of them in this order."""


def fill(tx: Transaction) -> None:
    """Put something there that can be changed and taken away."""
    tx.identities.add(a_lookup(), an_identity())
    tx.compartments.save(a_permit(), a_compartment("tea"))
    tx.totals.shift(a_use_case().id, "ease", {("tea", ""): 1})
    tx.uses.record(a_permit(), a_use_record())


class ReadLaws(StoreCase):
    """One instant, and nothing else."""

    @pytest.mark.parametrize("write", WRITES)
    def test_a_read_changes_nothing(self, store: Store, seals: MemorySeals, write: str) -> None:
        """Whatever would write refuses to within a read, makes no key, and the read goes on."""
        done(store, fill)
        before = sorted(seals.occupied())
        with store.read() as tx:
            with pytest.raises(Conflict):
                WRITES[write](tx)
            assert tx.compartments.load(a_permit()) == a_compartment("tea")
        assert sorted(seals.occupied()) == before

    @pytest.mark.parametrize("write", WRITES)
    def test_what_a_read_refuses_an_act_does(self, store: Store, write: str) -> None:
        """The control: each of these ways to write does work within an act."""
        done(store, fill)
        done(store, WRITES[write])

    def test_a_snapshot_does_not_move(self, store: Store) -> None:
        """A read sees the instant at which it was entered, however much is written meanwhile."""
        done(store, lambda tx: tx.choices.stand(a_place(), a_standing()))
        with store.read() as before:
            done(store, lambda tx: tx.choices.stand(a_place(), a_standing(Status.WITHDRAWN)))
            done(store, lambda tx: tx.ledger.append(b"leaf"))
            assert before.choices.standing(a_place()) == a_standing()
            assert before.ledger.size == 0
            with store.read() as after:
                assert after.choices.standing(a_place()) == a_standing(Status.WITHDRAWN)
                assert after.ledger.size == 1
            assert before.choices.standing(a_place()) == a_standing()

    def test_the_instant_is_that_of_entering(self, store: Store) -> None:
        """What is written after a read was entered is not seen, even if nothing was read before."""
        with store.read() as tx:
            done(store, lambda inner: inner.ledger.append(b"leaf"))
            assert tx.ledger.size == 0

    def test_a_shredded_document_is_not_read_from_an_old_snapshot(self, store: Store) -> None:
        """Once a shredding is answered, not even a read that began before it can open the document."""
        done(store, fill)
        with store.read() as before:
            done(store, lambda tx: tx.compartments.shred(upkeep(a_place())))
            with pytest.raises(KeyMissing):
                before.compartments.load(a_permit())

    def test_a_transaction_ends(self, store: Store) -> None:
        """After its `with` a read is of no more use, nor is an act's transaction after the act."""
        kept: list[Transaction] = []
        done(store, kept.append)
        with store.read() as tx:
            kept.append(tx)
        for over in kept:
            with pytest.raises(Conflict):
                over.choices.standing(a_place())
            with pytest.raises(Conflict):
                over.administration.generation()

    def test_a_read_that_fails_harms_nothing(self, store: Store) -> None:
        """An error within a read reaches whoever reads, and the next read works."""
        with pytest.raises(LookupError), store.read():
            raise LookupError
        with store.read() as tx:
            assert tx.ledger.size == 0

    def test_many_read_while_one_writes(self, store: Store) -> None:
        """Readers in many threads only ever see whole acts."""
        places = [a_place("ana"), a_place("bea")]
        stop = Event()

        def write_both(tx: Transaction) -> None:
            position = tx.ledger.append(b"leaf")
            for place in places:
                tx.choices.stand(place, a_standing(position=position))

        def watch() -> int:
            looks = 0
            while not stop.is_set() or not looks:
                with store.read() as tx:
                    first, second = (tx.choices.standing(place).position for place in places)
                    size = tx.ledger.size
                assert first == second
                assert size == (0 if first is None else first + 1)
                looks += 1
            return looks

        with ThreadPoolExecutor(4) as pool:
            watching = [pool.submit(watch) for _ in range(4)]
            try:
                for _ in range(50):
                    done(store, write_both)
            finally:
                stop.set()
            assert all(each.result(PATIENCE) for each in watching)

    def test_a_closed_store_does_not_open(self, store: Store) -> None:
        """After closing there is neither a read nor a write, and closing again does no harm."""
        store.close()
        with pytest.raises(Unavailable), store.read():
            pass
        with pytest.raises(Unavailable):
            store.write(fill)
        store.close()
