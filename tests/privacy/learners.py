"""A shop whose suggestions are learnt from real baskets, by people who come, go and are published in between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Learning, Level, Promise
from fiel.core.use.decision import Strategy
from fiel.core.use.gate import Event
from fiel.demo.invoices import customers
from fiel.numeric.neighbours import Neighbours
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.operations.published import Shelf
from fiel.operations.stock import stock
from fiel.ports import Names, Store
from fiel.stores.memory import MemoryStore
from fiel.testing.clock import HandClock
from fiel.testing.seals import MemoryNames, MemorySeals
from tests.laws.world import BOTH, CARD, PICKS, a_house, a_promise, card, picks

CAP = 50
FEWEST, MOST = 12, 40
"""Items of a basket that is taken: enough to be known by, few enough not to be cut."""

Basket = tuple[ItemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """One person with all that they bought."""

    who: Identifier
    basket: Basket


@cache
def learners(number: int) -> tuple[Learner, ...]:
    """So many people of the shop's year, always the same."""
    found = []
    for each in customers(last_day=date(2026, 11, 23)):
        basket = tuple(sorted({line.item for line in each.lines}))
        if FEWEST <= len(basket) <= MOST:
            found.append(Learner(who=Identifier(IdentifierKind.USER, f"customer {each.number}"), basket=basket))
        if len(found) == number:
            break
    assert len(found) == number
    return tuple(found)


def a_shop(
    people: Iterable[Learner],
    *,
    store: Store | None = None,
    names: Names | None = None,
    similar_items: Strategy[Any] | None = None,
) -> House:
    """A house that knows all their items, and nobody yet; in memory, if no store and names are given."""
    store = store or MemoryStore(seals=MemorySeals())
    house = a_house(store, names=names or MemoryNames(), clock=HandClock())
    if similar_items is not None:
        strategies = {**house.strategies, "similar_items": similar_items}
        house = replace(house, strategies=strategies, shelf=Shelf(strategies))
    publish(house, _promise(), approved_by=("one", "two")).result()
    items = sorted({item for each in people for item in each.basket})
    stock(house, [Item(id=item, title=BOTH, groups=frozenset({"home"})) for item in items]).result()
    return house


def come(house: House, people: Iterable[Learner]) -> None:
    """They say yes to all of it and to teaching, and buy what they bought."""
    with house.store.read() as tx:
        notice = house.shelf.now(tx).notices[PICKS]
    for each in people:
        choice = Choice(
            use_case=PICKS,
            status=Status.GIVEN,
            attested_by=Attestation.PERSON,
            interface="test",
            level=Level.OBSERVED,
            contributes=True,
            notice=notice,
        )
        choose(house, each.who, choice).result()
        now = house.clock.now()
        bought = [Event(name="purchase", at=now, properties={"item": item, "quantity": 1}) for item in each.basket]
        collect(
            house, [Message(id=str(place), subject=each.who, content=it) for place, it in enumerate(bought)]
        ).result()


def go(house: House, people: Iterable[Learner]) -> None:
    """They take their yes back."""
    for each in people:
        choice = Choice(
            use_case=PICKS, status=Status.WITHDRAWN, attested_by=Attestation.PERSON, interface="test", language="es"
        )
        choose(house, each.who, choice).result()


def published(house: House) -> Neighbours | None:
    """The lists that everybody sees, after a round of learning."""
    learn(house)
    with house.store.read() as tx:
        model = house.shelf.now(tx).models[PICKS].get("similar_items")
    assert model is None or isinstance(model, Neighbours)
    return model


def weights(model: Neighbours, item: str) -> Mapping[str, float]:
    """What is listed beside an item, and how strongly."""
    row = model.place(item)
    if row is None:
        return {}
    span = slice(model.indptr[row], model.indptr[row + 1])
    names: Sequence[str] = [model.items[place] for place in model.indices[span].tolist()]
    return dict(zip(names, model.weights[span].tolist(), strict=True))


def _promise() -> Promise:
    """The world's promise, with suggestions that hold and learn from as much as a basket."""
    case = picks("base")
    (need,) = case.rungs[-1].events
    whole = replace(need, bound=replace(need.bound, keep=None))
    case = replace(case, rungs=(*case.rungs[:-1], replace(case.rungs[-1], events=(whole,))))
    case = replace(case, learn=Learning(why=BOTH, cap=CAP))
    return replace(a_promise("base"), use_cases={PICKS: case, CARD: card()})
