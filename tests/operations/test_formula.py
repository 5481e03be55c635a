"""A total is never subtracted from by another formula than the one that made it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Final, cast

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Tampered
from fiel.core.promise.usecase import Promise, UseCase
from fiel.core.use.decision import Cells, Strategy
from fiel.core.use.lesson import Lesson
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.operations.published import Shelf
from fiel.operations.recount import Fate, recount
from fiel.ports import Store
from fiel.stores.memory import MemoryStore
from fiel.stores.sqlite import SqliteStore
from fiel.strategies.popular import Popular
from fiel.strategies.similar_items import STRATEGY as SIMILAR
from fiel.testing.seals import MemorySeals
from tests.laws.world import CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, BEA, opened, say
from tests.operations.test_switch import buy

CUP: Final = ("cup", "")
LAMP: Final = ("lamp", "")


class Thrice(Popular):
    """Popularity in which each item counts three times."""

    __slots__ = ()

    def contribution(self, lesson: Lesson) -> Cells:
        """Three for each item."""
        return {cell: 3 * number for cell, number in super().contribution(lesson).items()}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each store in turn, which outlives the Fiel that uses it."""
    seals = MemorySeals()
    store: Store = MemoryStore(seals=seals) if request.param == "memory" else SqliteStore.open(tmp_path, seals=seals)
    yield store
    store.close()


def with_strategies(house: House, *strategies: object) -> House:
    """The same house, opened again by a Fiel in which these strategies are others."""
    named = {strategy.name: strategy for strategy in cast("tuple[Strategy[object], ...]", strategies)}
    there = {**house.strategies, **named}
    return replace(house, strategies=there, shelf=Shelf(there))


def total(house: House, name: str = "popular") -> Cells:
    """What one strategy learnt."""
    with house.store.read() as tx:
        return dict(tx.totals.total(PICKS, name))


def taught(store: Store) -> House:
    """A house in which Ana taught a cup, and Bea a cup and a lamp."""
    house = opened(store)
    for who, items in ((ANA, ["cup"]), (BEA, ["cup", "lamp"])):
        say(house, who, Status.GIVEN)
        for item in items:
            buy(house, item, who=who)
    learn(house)
    assert total(house) == {CUP: 2, LAMP: 1}
    return house


def test_a_withdrawal_is_subtracted_by_the_formula_that_added(store: Store) -> None:
    """After the formula changed, the first who leaves is subtracted exactly, whatever the cells were before."""
    house = with_strategies(taught(store), Thrice(formula="three for each item"))
    say(house, BEA, Status.WITHDRAWN)
    assert total(house) == {CUP: 3}
    assert recount(house)[0].fate is Fate.RIGHT
    say(house, ANA, Status.WITHDRAWN)
    assert total(house) == {}


def test_learning_begins_with_the_formula_of_today(store: Store) -> None:
    """A round of learning in which nobody taught anything new leaves totals of the present formula, and back again."""
    house = taught(store)
    for formula, expected in (("three for each item", {CUP: 6, LAMP: 3}), (Popular().formula, {CUP: 2, LAMP: 1})):
        house = with_strategies(house, (Thrice if expected[LAMP] > 1 else Popular)(formula=formula))
        assert [each.changed for each in learn(house)] == [0]
        assert total(house) == expected


def test_a_count_sets_an_old_total_right_without_calling_it_wrong(store: Store) -> None:
    """A total that another formula made is no finding, and its model goes on being served."""
    house = with_strategies(taught(store), Thrice(formula="three for each item"))
    assert recount(house)[0].fate is Fate.RIGHT
    assert total(house) == {CUP: 6, LAMP: 3}


def test_without_another_name_a_formula_must_not_change(store: Store) -> None:
    """The control: the same change under the old name is a subtraction of what was never added."""
    house = with_strategies(taught(store), Thrice())
    with pytest.raises(Tampered):
        say(house, BEA, Status.WITHDRAWN)


def promise_with(strategy: str) -> Promise:
    """The base promise with another strategy where the page is looked at. No version changes: nobody is asked."""
    case = picks("base")
    rungs = tuple(replace(rung, strategy=strategy) if rung.strategy == "similar_items" else rung for rung in case.rungs)
    cases: Mapping[Any, UseCase] = {PICKS: replace(case, rungs=rungs), CARD: card()}
    return replace(a_promise("base"), use_cases=cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What `similar_items` does, under another name."""

    name: ClassVar[str] = "other"

    def __getattr__(self, name: str) -> object:
        return getattr(SIMILAR, name)


@pytest.mark.parametrize("leave", ["erased", "withdrawn"])
def test_a_strategy_that_comes_and_goes_keeps_nobody(store: Store, leave: str) -> None:
    """Whoever leaves under another strategy is in no total, also not in that of the strategy that was there before."""
    house = with_strategies(taught(store), Other())
    publish(house, promise_with("other"), approved_by=("one",)).result()
    if leave == "erased":
        erase(house, BEA, attested_by=Attestation.PERSON).result()
    else:
        say(house, BEA, Status.WITHDRAWN)
    assert total(house, "other") == {("cup", "cup"): 1000}
    publish(house, promise_with("similar_items"), approved_by=("one",)).result()
    learn(house)
    assert total(house, "similar_items") == {("cup", "cup"): 1000}
    assert total(house, "other") == {}
