"""P1: a decision that begins after a withdrawal was acknowledged never uses the data, whoever else is at work.

A history of who did what from when to when, and a check that knows nothing of how it was made. The order is that of one
counter, which every thread draws from before it begins and after it was answered.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Final, cast

import pytest

from fiel.core.consent.choice import Attestation, Standing, Status
from fiel.core.ids import Identifier, Place
from fiel.core.promise.usecase import Level
from fiel.keys.vault import Vault
from fiel.operations.choose import Choice, choose
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.ports import Store
from fiel.stores.sqlite import SqliteStore
from fiel.testing.clock import HandClock
from tests.laws.world import PEOPLE, PICKS, a_house

ANA: Final = PEOPLE[0]
ASK: Final = Ask(use_case=PICKS, subject=ANA, context={"item": "lamp"})

EACH: Final = 3
"""Decisions of each thread that a choice waits for, before the next choice comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """One act: when it began, when it was answered, and whether it left the data free to be used."""

    begun: int
    ended: int
    may: bool


class History:
    """What was chosen, one act after another, and what was decided meanwhile by several."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.chosen: list[Did] = []
        self.decided: list[Did] = []
        self._ticks = count()
        self._lock = threading.Lock()

    def tick(self) -> int:
        """The next number."""
        with self._lock:
            return next(self._ticks)

    def stale(self) -> list[Did]:
        """Decisions that used what was withdrawn before they began, and not given again before they ended."""
        return [each for each in self._while_withdrawn() if each.may]

    def tried(self) -> int:
        """How many decisions could have been stale."""
        return len(self._while_withdrawn())

    def _while_withdrawn(self) -> list[Did]:
        spans = [(one.ended, other.begun) for one, other in pairwise(self.chosen) if not one.may]
        return [each for each in self.decided if any(begin < each.begun and each.ended < end for begin, end in spans)]


class Remembering:
    """The planted fault: a store for decisions that remembers every standing which it was once told."""

    def __init__(self, store: Store) -> None:
        """Remember nothing yet."""
        self._store = store
        self._known: dict[Place, Standing] = {}

    @contextmanager
    def read(self) -> Iterator[object]:
        """A snapshot, but for what is remembered."""
        with self._store.read() as tx:
            yield _With(tx, choices=_With(tx.choices, standing=self._standing(tx)))

    def write(self, act: Callable[[Any], object], *, urgent: bool = False) -> object:
        """A transaction, but for what is remembered."""
        return self._store.write(
            lambda tx: act(_With(tx, choices=_With(tx.choices, standing=self._standing(tx)))), urgent=urgent
        )

    def _standing(self, tx: Any) -> Callable[[Place], Standing]:  # noqa: ANN401 - any transaction
        def standing(place: Place) -> Standing:
            return self._known.setdefault(place, tx.choices.standing(place))

        return standing


class _With:
    def __init__(self, port: object, **instead: object) -> None:
        self._port, self._instead = port, instead

    def __getattr__(self, name: str) -> object:
        return self._instead[name] if name in self._instead else getattr(self._port, name)


@contextmanager
def _on_sqlite(folder: Path) -> Iterator[House]:
    vault = Vault.open(folder / "root.key", folder / "data", writer=True)
    store = SqliteStore.open(folder / "data", seals=vault.seals, exclusive=True)
    try:
        yield a_house(store, names=vault.names, clock=HandClock())
    finally:
        store.close()
        vault.close()


def _choose(house: House, status: Status, who: Identifier = ANA) -> None:
    notice = next(stand.notice for stand in show_choices(house, who) if stand.use_case.id == PICKS)
    given = status is Status.GIVEN
    choice = Choice(
        use_case=PICKS,
        status=status,
        attested_by=Attestation.PERSON,
        interface="test",
        level=Level.OBSERVED if given else None,
        notice=notice if given else None,
    )
    choose(house, who, choice).result()


def _lived(house: House, *, deciding: House, rounds: int, threads: int = 2) -> History:
    """Give and withdraw by turns, while threads decide as fast as they can."""
    history, over, each = History(), threading.Event(), [0] * threads

    def keep_deciding(number: int) -> None:
        while not over.is_set():
            begun = history.tick()
            allowed = decide(deciding, ASK).release().outcome.allowed
            history.decided.append(Did(begun=begun, ended=history.tick(), may=allowed is not None))
            each[number] += 1

    workers = [threading.Thread(target=keep_deciding, args=(number,)) for number in range(threads)]
    _choose(house, Status.GIVEN)
    for worker in workers:
        worker.start()
    try:
        _wait_for([EACH] * threads, each, workers=workers)
        for turn in range(2 * rounds):
            status = Status.GIVEN if turn % 2 else Status.WITHDRAWN
            begun = history.tick()
            _choose(house, status)
            history.chosen.append(Did(begun=begun, ended=history.tick(), may=status is Status.GIVEN))
            _wait_for([done + EACH for done in each], each, workers=workers)
    finally:
        over.set()
        for worker in workers:
            worker.join()
    return history


def _wait_for(wanted: list[int], each: list[int], *, workers: list[threading.Thread]) -> None:
    pausing = threading.Event()
    while any(done < least for done, least in zip(each, wanted, strict=True)):
        assert all(worker.is_alive() for worker in workers)
        pausing.wait(0.001)


@pytest.mark.parametrize("rounds", [25, pytest.param(1_000, marks=pytest.mark.proof)])
def test_nothing_withdrawn_is_used(tmp_path: Path, rounds: int) -> None:
    """Threads decide while a person gives and withdraws: no decision after a withdrawal is a permitted one."""
    with _on_sqlite(tmp_path) as house:
        history = _lived(house, deciding=house, rounds=rounds)
    assert history.tried() >= rounds * EACH
    assert any(each.may for each in history.decided)
    assert history.stale() == []


def test_a_remembered_standing_is_caught(tmp_path: Path) -> None:
    """The control: with a planted cache of standings, the same history has stale decisions."""
    with _on_sqlite(tmp_path) as house:
        cached = replace(house, store=cast("Store", Remembering(house.store)))
        history = _lived(house, deciding=cached, rounds=3)
    assert history.stale()


def test_the_check_knows_what_overlaps() -> None:
    """A decision that began before the withdrawal was answered, or ended after the next yes began, is not stale."""
    history = History()
    history.chosen = [Did(begun=10, ended=20, may=False), Did(begun=30, ended=40, may=True)]
    history.decided = [Did(begun=15, ended=25, may=True), Did(begun=25, ended=35, may=True)]
    assert (history.stale(), history.tried()) == ([], 0)
    late = Did(begun=21, ended=29, may=True)
    history.decided.append(late)
    assert history.stale() == [late]
