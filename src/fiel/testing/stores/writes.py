"""Laws of writing: an act is all or nothing, alone in what fails, in its turn, and durable when it is answered."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest

from fiel.core.errors import Conflict
from fiel.ports import Store, Transaction
from fiel.testing.builders import (
    a_compartment,
    a_lookup,
    a_permit,
    a_place,
    a_standing,
    an_identity,
    an_item,
    an_own_access,
)
from fiel.testing.seals import MemorySeals
from fiel.testing.stores.opening import PATIENCE, StoreCase, done
from fiel.testing.stores.reads import WRITES, fill


class Stop(Exception):
    """What an act of these laws fails with."""


def fails(tx: Transaction) -> None:
    """Write to every table, and fail."""
    fill(tx)
    for write in WRITES.values():
        write(tx)
    raise Stop


class WriteLaws(StoreCase):
    """Acts."""

    def test_an_act_answers(self, store: Store) -> None:
        """The future holds what the act returned, also when that is nothing."""
        assert store.write(lambda tx: tx.ledger.size).result(PATIENCE) == 0
        assert store.write(lambda _tx: None).result(PATIENCE) is None

    def test_an_act_sees_what_it_wrote(self, store: Store) -> None:
        """Within an act everything written before it, and by it, is there."""

        def look(tx: Transaction) -> None:
            tx.compartments.save(a_permit(), a_compartment("tea"))
            assert tx.compartments.load(a_permit()) == a_compartment("tea")
            tx.identities.add(a_lookup(), an_identity())
            assert tx.identities.find(a_lookup()) == an_identity()
            assert tx.ledger.append(b"one") == 0
            assert tx.ledger.size == 1

        done(store, look)

    def test_an_act_that_fails_did_nothing(self, store: Store, seals: MemorySeals) -> None:
        """Whatever an act wrote before it failed is undone, its keys are destroyed, and its own error comes out."""
        with pytest.raises(Stop):
            done(store, fails)
        assert list(seals.occupied()) == []
        with store.read() as tx:
            assert tx.ledger.size == 0
            assert tx.identities.find(a_lookup("new")) is None
            assert tx.compartments.load(an_own_access()) is None
            assert list(tx.choices.places(a_place().use_case)) == []
            assert tx.totals.total(a_place().use_case, "ease") == {}
            assert tx.promises.current() is None
            assert tx.catalogue.all() == {}
            assert list(tx.administration.api_keys()) == []
            assert tx.administration.dropped() == {}
            assert tx.administration.generation() == 0

    def test_a_failing_act_fails_alone(self, store: Store) -> None:
        """Of many acts that are handed over together only those that fail are undone."""

        def append(tx: Transaction) -> int:
            return tx.ledger.append(b"kept")

        def append_and_fail(tx: Transaction) -> int:
            tx.ledger.append(b"undone")
            raise Stop

        futures = [store.write(append_and_fail if number % 3 == 0 else append) for number in range(40)]
        kept = [future.result(PATIENCE) for number, future in enumerate(futures) if number % 3]
        assert kept == list(range(len(kept)))
        for number, future in enumerate(futures):
            assert isinstance(future.exception(PATIENCE), Stop) is (number % 3 == 0)
        with store.read() as tx:
            assert tx.ledger.size == len(kept)

    def test_acts_keep_their_turn(self, store: Store) -> None:
        """Acts handed over by one thread are carried out in that order, urgent or not."""
        seen: list[int] = []
        futures = [
            store.write(partial(_note, seen=seen, number=number), urgent=number % 2 == 0) for number in range(50)
        ]
        for future in futures:
            future.result(PATIENCE)
        assert seen == list(range(50))

    def test_any_error_of_an_act_comes_out(self, store: Store) -> None:
        """Whatever stops an act, even what ends programs, is told to whoever waits, and the store goes on."""
        for error in (Stop(), Conflict("no"), KeyboardInterrupt(), SystemExit(1)):
            future: Future[None] = store.write(partial(_raise, error=error))
            assert future.exception(PATIENCE) is error
        assert done(store, lambda tx: tx.ledger.append(b"leaf")) == 0

    def test_an_urgent_act_is_an_act(self, store: Store) -> None:
        """Urgency changes nothing about what an act does."""
        future = store.write(lambda tx: tx.ledger.append(b"leaf"), urgent=True)
        assert future.result(PATIENCE) == 0

    def test_an_act_may_hand_over_another(self, store: Store) -> None:
        """An act may hand over an act, which is carried out after it."""
        order: list[str] = []

        def first(_tx: Transaction) -> Future[None]:
            later = store.write(lambda _tx: order.append("second"))
            order.append("first")
            return later

        done(store, first).result(PATIENCE)
        assert order == ["first", "second"]

    def test_a_cancelled_act_is_not_carried_out(self, store: Store) -> None:
        """An act that is cancelled before its turn does nothing."""
        begun, go_on = Event(), Event()

        def hold(_tx: Transaction) -> None:
            begun.set()
            go_on.wait(PATIENCE)

        with ThreadPoolExecutor(1) as pool:
            holding = pool.submit(store.write, hold)
            assert begun.wait(PATIENCE)
            cancelled = store.write(lambda tx: tx.ledger.append(b"leaf"))
            assert cancelled.cancel()
            go_on.set()
            holding.result(PATIENCE).result(PATIENCE)
        done(store, lambda tx: tx.catalogue.put([an_item()]))
        with store.read() as tx:
            assert tx.ledger.size == 0

    def test_closing_finishes_what_was_handed_over(self, store: Store) -> None:
        """Everything handed over before closing is carried out and answered."""
        futures = [store.write(lambda tx: tx.choices.stand(a_place(), a_standing())) for _ in range(50)]
        store.close()
        assert [future.result(0) for future in futures] == [None] * 50


def _note(_tx: Transaction, *, seen: list[int], number: int) -> None:
    seen.append(number)


def _raise(_tx: Transaction, *, error: BaseException) -> None:
    raise error
