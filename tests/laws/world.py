"""A small world for the laws: a promise in several versions, a few people and items, and a house on any store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from fiel.bootstrap import load_laws, load_strategies
from fiel.calendars import PublicCalendars
from fiel.core.ids import AreaId, Identifier, IdentifierKind, ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import (
    Area,
    Attention,
    Attribute,
    Benefit,
    Bound,
    Controller,
    EventKind,
    EventNeed,
    Grain,
    Learning,
    LegalBasis,
    Level,
    Promise,
    Rung,
    Source,
    UseCase,
    ValueType,
)
from fiel.operations.house import House, Phrases
from fiel.operations.publish import publish
from fiel.operations.published import Shelf
from fiel.operations.stock import stock
from fiel.ports import Names, Store
from fiel.testing.clock import HandClock
from fiel.testing.seals import MemorySigner, MemoryTokens

PICKS: Final = UseCaseId("picks")
"""Rests on consent, has every level and teaches a shared model."""

CARD: Final = UseCaseId("card")
"""Rests on a contract: no question is asked, and one may object."""

SECRET: Final = ItemId("wine")
"""The one item of a sensitive group."""

ITEMS: Final = tuple(ItemId(name) for name in ("cup", "bag", "candle", "frame", "lamp", SECRET))
PEOPLE: Final = tuple(Identifier(IdentifierKind.USER, name) for name in ("ana", "bea"))
BOTH: Final = {"es": "texto", "en": "text"}


def a_promise(version: str) -> Promise:
    """The promise in one of its versions: `base`, `narrow`, `wide`, or `reworded` (nothing material)."""
    return Promise(
        controller=Controller(name="Almacén", contact="privacidad@example.com", address="Calle 1"),
        jurisdiction="eu",
        languages=("es", "en"),
        areas={AreaId(name): Area(id=AreaId(name), title=BOTH) for name in ("sales", "service")},
        attributes={
            "tastes": Attribute(
                name="tastes", type=ValueType.STRINGS, category="pd:Preference", source=Source.DECLARED, title=BOTH
            )
        },
        events={
            "purchase": EventKind(
                name="purchase",
                properties={"item": ValueType.STRING, "quantity": ValueType.INTEGER},
                category="pd:Purchase",
                title=BOTH,
            )
        },
        sensitive=frozenset({"alcohol"}),
        use_cases={PICKS: picks(version), CARD: card()},
    )


def picks(version: str) -> UseCase:
    """The use case that rests on consent, in one of its versions."""
    properties = frozenset({"item", "quantity"}) if version == "wide" else frozenset({"item"})
    within = timedelta(days=30 if version == "narrow" else 90)
    bound = Bound(within=within, or_visits=1, keep=4, grain=Grain.MONTH)
    why = {"es": "otro", "en": "other"} if version == "reworded" else BOTH
    return UseCase(
        id=PICKS,
        area=AreaId("sales"),
        purpose="dpv:ProvideProductRecommendations",
        basis=LegalBasis.CONSENT,
        title=BOTH,
        why=why,
        benefit=Benefit(person=BOTH, company=BOTH),
        rungs=(
            Rung(level=Level.CONTEXT, strategy="similar_items", context=frozenset({"item"})),
            Rung(level=Level.DECLARED, strategy="rules", attributes=frozenset({"tastes"})),
            Rung(
                level=Level.OBSERVED,
                strategy="buy_again",
                events=(EventNeed(event="purchase", properties=properties, bound=bound, why=BOTH),),
            ),
        ),
        retention=timedelta(days=200),
        consent_lasts=timedelta(days=365),
        learn=Learning(why=BOTH, cap=3),
        attention=Attention(at_most=3),
    )


def card() -> UseCase:
    """The use case that rests on a contract."""
    bound = Bound(within=timedelta(days=60), grain=Grain.DAY)
    need = EventNeed(event="purchase", properties=frozenset({"item", "quantity"}), bound=bound, why=BOTH)
    return replace(
        picks("base"),
        id=CARD,
        area=AreaId("service"),
        basis=LegalBasis.CONTRACT,
        rungs=(Rung(level=Level.OBSERVED, strategy="facts", events=(need,)),),
        learn=None,
        attention=Attention(),
    )


def catalogue() -> tuple[Item, ...]:
    """The items, each in a group of its own name; one group is sensitive."""
    groups: Mapping[ItemId, str] = {SECRET: "alcohol"}
    return tuple(Item(id=name, title=BOTH, groups=frozenset({groups.get(name, name)})) for name in ITEMS)


def a_house(store: Store, *, names: Names, clock: HandClock, phrases: Phrases | None = None) -> House:
    """A house on a store; on an empty one, with the base promise in force and the items on the shelf."""
    strategies = load_strategies()
    house = House(
        store=store,
        names=names,
        signer=MemorySigner(),
        tokens=MemoryTokens(),
        clock=clock,
        calendars=PublicCalendars(),
        strategies=strategies,
        laws=load_laws(),
        phrases=phrases or {},
        draw=lambda: 0.5,
        shelf=Shelf(strategies),
    )
    with store.read() as tx:
        is_without_promise, is_bare = tx.promises.current() is None, not tx.catalogue.all()
    if is_without_promise:
        publish(house, a_promise("base"), approved_by=("one", "two")).result()
    if is_bare:  # asked by itself: a process may be killed between the promise and the shelf
        stock(house, catalogue()).result()
    return house
