"""Adding up again: whoever works it out the totals are the same, no name goes there, and what differs is found."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from typing import Final

import pytest
from distributed import Client, LocalCluster
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fiel.bootstrap import load_strategies
from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import summed
from fiel.operations.add_up import AHEAD, HERE, Plan, summed_by
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.recount import Fate, recount
from fiel.stores.memory import MemoryStore
from tests.laws.world import ITEMS, PICKS
from tests.operations.houses import ANA, BEA, opened, say
from tests.operations.test_switch import buy, totals

LEARNERS: Final = tuple(each for _, each in sorted(load_strategies().items()) if each.learns)
MONTHS: Final = st.builds(date, st.just(2026), st.integers(1, 12), st.just(1))
LESSONS: Final = st.lists(st.builds(Lesson, items=st.dictionaries(st.sampled_from(ITEMS), MONTHS)), max_size=40)


@pytest.fixture(scope="module", params=["nobody else", "threads", "processes", "dask"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    """Each kind of executor in turn, kept for all of its tests."""
    if request.param == "threads":
        with ThreadPoolExecutor(2) as pool:
            yield pool
    elif request.param == "processes":
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool
    elif request.param == "dask":
        yield from on_dask()
    else:
        yield None


def on_dask() -> Iterator[Executor]:
    """A real cluster of one worker, in this process."""
    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0") as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
        client.get_executor() as executor,
    ):
        yield executor


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lessons=LESSONS, chunk=st.integers(1, 7))
def test_whoever_adds_up_the_totals_are_the_same(executor: Executor | None, lessons: list[Lesson], chunk: int) -> None:
    """Chunks of any size, in another order, on any executor give the sum of one contribution after another."""
    expected = {each.name: summed(map(each.contribution, lessons)) for each in LEARNERS}
    assert summed_by(LEARNERS, lessons[::-1], plan=Plan(executor=executor, chunk=chunk)) == expected


def taught_by(number: int) -> House:
    """A house that so many people teach, each of whom bought two things."""
    house = opened()
    for person in range(number):
        who = Identifier(IdentifierKind.USER, f"person {person}")
        say(house, who, Status.GIVEN)
        buy(house, ITEMS[person % 5], who=who)
        buy(house, ITEMS[(person + 1) % 5], who=who)
    learn(house)
    return house


def test_the_totals_in_the_store_are_found_right(executor: Executor | None) -> None:
    """After learning and an erasure, adding up gives what the store holds, and nothing is changed."""
    house = taught_by(9)
    erase(house, Identifier(IdentifierKind.USER, "person 4"), attested_by=Attestation.PERSON).result()
    before = totals(house)
    [found] = recount(house, executor=executor)
    assert (found.fate, found.people, found.unreadable, found.wrong) == (Fate.RIGHT, 8, 0, ())
    assert totals(house) == before


def test_what_differs_is_set_right() -> None:
    """A total that somebody else wrote is named and put right, and the model that may hold it is served no more."""
    house = taught_by(50)
    right = totals(house)
    with house.store.read() as tx:
        assert tx.totals.model(PICKS, "popular") is not None
    house.store.write(lambda tx: tx.totals.shift(PICKS, "popular", {("cup", ""): 1})).result()
    [found] = recount(house)
    assert (found.fate, found.wrong) == (Fate.SET_RIGHT, ("popular",))
    assert totals(house) == right
    with house.store.read() as tx:
        assert tx.totals.model(PICKS, "popular") is None
    assert recount(house)[0].fate is Fate.RIGHT


def test_what_cannot_be_read_is_never_called_right() -> None:
    """With a compartment that cannot be read nobody can say which totals are right, so none is changed."""
    house = taught_by(3)
    broken(house, 1)
    before = totals(house)
    [found] = recount(house)
    assert (found.fate, found.people, found.unreadable) == (Fate.UNREADABLE, 2, 1)
    assert totals(house) == before


def test_one_is_forgotten_though_others_cannot_be_read() -> None:
    """Whose share cannot be read leaves the totals also when another's cannot be read either, and then it does too."""
    house = taught_by(4)
    broken(house, 2)
    for person in range(4):
        say(house, Identifier(IdentifierKind.USER, f"person {person}"), Status.WITHDRAWN)
    assert totals(house) == ({}, {})
    with house.store.read() as tx:
        assert tx.totals.lessons(PICKS).people == 0


class Spied(ThreadPoolExecutor):
    """Threads, and all that they are given, as it would go over a wire."""

    def __init__(self) -> None:
        super().__init__(2)
        self.sent = b""

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        """Note it, then do it."""
        self.sent += pickle.dumps((fn, args, kwargs))
        return super().submit(fn, *args, **kwargs)


def test_no_name_goes_to_who_adds_up() -> None:
    """An executor is given items and months, and neither an identifier nor a pseudonym nor the use case."""
    house = opened()
    for who, item in ((ANA, "cup"), (BEA, "lamp")):
        say(house, who, Status.GIVEN)
        buy(house, item, who=who)
    learn(house)
    with house.store.read() as tx:
        pseudonyms = list(tx.compartments.places(PICKS))
    with Spied() as spied:
        recount(house, executor=spied)
    assert b"cup" in spied.sent
    assert b"lamp" in spied.sent
    names = [*pseudonyms, b"ana", b"bea", PICKS.encode()]
    assert [name for name in names if name in spied.sent] == []


def test_few_chunks_are_on_their_way() -> None:
    """However many people there are and however slow the sums, no more than `AHEAD` chunks wait for their end."""
    given_out, most = 0, 0

    class Counting(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
            nonlocal given_out, most
            given_out += 1
            most = max(most, given_out)
            future = super().submit(fn, *args, **kwargs)
            future.add_done_callback(ended)
            return future

    def ended(_future: object) -> None:
        nonlocal given_out
        given_out -= 1

    lessons = [Lesson.of([item], month=date(2026, 1, 1)) for item in ITEMS] * 50
    with Counting(1) as slow:
        summed_by(LEARNERS, lessons, plan=replace(HERE, executor=slow, chunk=1))
    assert 1 < most <= AHEAD


def broken(house: House, number: int) -> None:
    """So many compartments that cannot be read any more: their bytes are others'."""
    store = house.store
    assert isinstance(store, MemoryStore)
    rows = store._state.compartments
    for spot, row in list(rows.rows.items())[:number]:
        rows.put(spot, replace(row, sealed=bytes(len(row.sealed))))
