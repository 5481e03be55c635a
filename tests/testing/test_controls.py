"""The laws of stores find what they are for: each of these stores breaks a promise, and a law turns red."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import FielError
from fiel.core.ids import Slot
from fiel.ports import Binding, Spot, Store, Transaction
from fiel.stores.memory import MemoryStore
from fiel.stores.memory.state import View
from fiel.stores.memory.store import MemoryTransaction
from fiel.testing.builders import a_place
from fiel.testing.seals import MemorySeals
from fiel.testing.stores import StoreLaws
from fiel.testing.stores.binding import MovingSeals
from tests.testing.faulty import FAULTS

T = TypeVar("T")
Law = Callable[[Store, MemorySeals], None]

RED: Final = (AssertionError, pytest.fail.Exception, FielError, LookupError)
LAWS: Final = StoreLaws()

FOUND_BY: Final[Mapping[str, Law]] = {
    "entries outlive their person": LAWS.test_removing_takes_entries_and_key_along,
    "a person's key outlives them": LAWS.test_removing_takes_entries_and_key_along,
    "a page begins with whom it should come after": lambda store, _: LAWS.test_pages_go_through_everybody_once(store),
    "notices outlive their person": LAWS.test_what_waits_for_somebody_goes_with_them,
    "an address outlives its person": LAWS.test_an_address_goes_with_its_person,
    "two workers have the same": lambda store, _: LAWS.test_two_workers_never_have_the_same(store),
    "who lost the lease is heeded": lambda store, _: LAWS.test_who_lost_the_lease_changes_nothing(store),
    "what came later is told first": lambda store, _: LAWS.test_each_lane_keeps_its_order(store),
    "a parcel's key outlives it": LAWS.test_a_key_of_its_own_dies_when_it_is_sent,
    "only the first ask counts": lambda store, _: LAWS.test_an_ask_is_remembered(store),
    "one standing answers for all": lambda store, _: LAWS.test_no_place_stands_for_another(store),
    "uses outlive their document": LAWS.test_shredding_takes_document_uses_and_key,
    "a key outlives its document": LAWS.test_shredding_takes_document_uses_and_key,
    "somebody else is shredded too": lambda store, _: LAWS.test_no_place_holds_for_another(store),
    "upkeep may add": lambda store, _: LAWS.test_upkeep_may_not_add(store, "a fact"),
    "whoever comes may begin": lambda store, _: LAWS.test_only_a_permit_begins_to_hold(store, upkeep(a_place())),
    "an earlier document opens": lambda store, seals: LAWS.test_no_earlier_form_of_a_row_opens(store, moving(seals)),
    "a place is not listed": lambda store, _: LAWS.test_all_places_are_listed(store, "a"),
    "uses are kept without end": lambda store, _: LAWS.test_the_log_is_bounded(store),
    "one may be forgotten twice": lambda store, _: LAWS.test_nothing_is_forgotten_twice(store, {("cup", ""): -1}),
    "a sum that is put is added": lambda store, _: LAWS.test_a_sum_is_put_with_its_formula(store),
    "a formula outlives its sum": lambda store, _: LAWS.test_a_sum_is_dropped_whole(store),
    "one change counts as two people": lambda store, _: LAWS.test_people_are_counted(store),
    "only the last removal counts": lambda store, _: LAWS.test_the_oldest_removal_is_remembered(store),
    "an old model stays": lambda store, _: LAWS.test_models_are_replaced_together(store),
    "an item that changes moves": lambda store, _: LAWS.test_the_editorial_order_is_kept(store),
    "only the last version is known": lambda store, _: LAWS.test_every_version_is_kept_by_its_digest(store),
    "an answer is overwritten": lambda store, _: LAWS.test_an_answer_is_given_once(store),
    "the generation stands still": lambda store, _: LAWS.test_the_generation_grows_with_what_is_in_force(
        store, "catalogue"
    ),
}
"""Fault -> a law that must find it."""


def moving(seals: MemorySeals) -> MovingSeals:
    """These keys, which are such that rows can be moved."""
    assert isinstance(seals, MovingSeals)
    return seals


class Planted(MemoryStore):
    """The store in memory with one port replaced."""

    def __init__(self, *, seals: MemorySeals, port: str, fault: Callable[[View], object]) -> None:
        super().__init__(seals=seals)
        self._port, self._fault = port, fault

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read with the fault."""
        with super().read() as tx:
            yield self._planted(tx)

    def write(self, act: Callable[[Transaction], T], *, urgent: bool = False) -> Future[T]:
        """An act with the fault."""
        return super().write(lambda tx: act(self._planted(tx)), urgent=urgent)

    def _planted(self, tx: Transaction) -> Transaction:
        assert isinstance(tx, MemoryTransaction)
        setattr(tx, self._port, self._fault(tx.identities._view))
        return tx


@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_faulty_port_is_found(fault: str) -> None:
    """A store with one fault in one port breaks the law that is about it."""
    seals = MovingSeals()
    port, faulty = FAULTS[fault]
    with pytest.raises(RED):
        FOUND_BY[fault](Planted(seals=seals, port=port, fault=faulty), seals)


@pytest.mark.parametrize("fault", FOUND_BY)
def test_without_the_fault_the_law_is_kept(fault: str) -> None:
    """The control of the control: the same law, held against the same store without its fault, is kept."""
    seals = MovingSeals()
    FOUND_BY[fault](MemoryStore(seals=seals), seals)


def test_every_fault_has_its_law() -> None:
    """No fault is left that nothing looks for."""
    assert set(FOUND_BY) == set(FAULTS)


class KeepsWhatFailed(MemoryStore):
    """Commits what a failing act did."""

    def write(self, act: Callable[[Transaction], T], *, urgent: bool = False) -> Future[T]:
        """An act that tells its error and keeps what it did."""
        future: Future[T] = Future()

        def whole(tx: Transaction) -> None:
            try:
                future.set_result(act(tx))
            except BaseException as error:  # noqa: BLE001 - that is the fault
                future.set_exception(error)

        super().write(whole, urgent=urgent).result()
        return future


def test_a_store_that_keeps_what_failed_is_found() -> None:
    """A store that is not atomic breaks the laws about failing acts."""
    seals = MemorySeals()
    with pytest.raises(RED):
        LAWS.test_an_act_that_fails_did_nothing(KeepsWhatFailed(seals=seals), seals)
    with pytest.raises(RED):
        LAWS.test_a_failing_act_fails_alone(KeepsWhatFailed(seals=seals))
    with pytest.raises(RED):
        LAWS.test_what_was_undone_leaves_no_gap(KeepsWhatFailed(seals=seals))


class _Latest:
    """A port that always looks at the latest state."""

    def __init__(self, store: MemoryStore, port: Callable[[View], object], view: View) -> None:
        self._store, self._port, self._view = store, port, view

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return getattr(self._port(View(self._store._state, self._view.safe)), name)


class HasNoSnapshots(MemoryStore):
    """Lets a read see what is written after it began."""

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read that moves."""
        with super().read() as tx:
            assert isinstance(tx, MemoryTransaction)
            for port in ("choices", "ledger"):
                setattr(tx, port, _Latest(self, type(getattr(tx, port)), tx.identities._view))
            yield tx


def test_a_store_without_snapshots_is_found() -> None:
    """A store whose reads move breaks the laws about snapshots, and that about transactions that are over."""
    for law in (LAWS.test_a_snapshot_does_not_move, LAWS.test_the_instant_is_that_of_entering):
        with pytest.raises(RED):
            law(HasNoSnapshots(seals=MemorySeals()))
    with pytest.raises(RED):
        LAWS.test_a_transaction_ends(HasNoSnapshots(seals=MemorySeals()))


class KeepsEveryKey(MemorySeals):
    """Never destroys a key."""

    def destroy(self, slots: Sequence[Slot]) -> None:
        """Do nothing."""


def test_a_store_that_destroys_no_key_is_found() -> None:
    """Keys that outlive a shredding, or an act that was undone, are seen."""
    for law in (
        LAWS.test_a_key_made_by_an_undone_act_is_destroyed,
        LAWS.test_an_act_that_fails_did_nothing,
        LAWS.test_removing_takes_entries_and_key_along,
    ):
        seals = KeepsEveryKey()
        with pytest.raises(RED):
            law(MemoryStore(seals=seals), seals)


class BindsNothing(MovingSeals):
    """The identity cipher: under it a row opens wherever it is put."""

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:
        """The bytes themselves."""
        self.rows.append((slot, plain, binding))
        return plain

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:  # noqa: ARG002 - that is the fault
        """The bytes themselves."""
        return sealed if self.instead is None else self.instead[1]

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """The bytes themselves."""
        self.veiled[spot] = plain
        return plain

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:  # noqa: ARG002 - that is the fault
        """The bytes themselves."""
        return veiled if self.unveiled is None else self.veiled[self.unveiled]


def test_rows_that_are_bound_to_nothing_are_found(tmp_path: Path) -> None:
    """Under the identity cipher every law of binding turns red, and the one that is their control does not."""
    seals = BindsNothing()
    LAWS.test_every_row_opens_where_it_lies(MemoryStore(seals=seals))
    for whole in (False, True):
        with pytest.raises(RED):
            LAWS.test_no_row_opens_in_the_place_of_another(
                MemoryStore(seals=(bare := BindsNothing())), bare, whole=whole
            )
    with pytest.raises(RED):
        LAWS.test_no_standing_reads_in_the_place_of_another(MemoryStore(seals=(bare := BindsNothing())), bare)
    with pytest.raises(RED):
        LAWS.test_no_value_is_shared_by_two_use_cases(MemoryStore(seals=(bare := BindsNothing())), bare, tmp_path)
    with pytest.raises(RED):
        LAWS.test_no_earlier_form_of_a_row_opens(MemoryStore(seals=(bare := BindsNothing())), bare)
    with pytest.raises(RED):
        LAWS.test_no_row_opens_under_the_key_of_a_later_grant(MemoryStore(seals=(bare := BindsNothing())), bare)
    with pytest.raises(RED):
        LAWS.test_a_row_is_bound_to_its_area(MemoryStore(seals=BindsNothing()))
