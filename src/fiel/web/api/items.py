"""`/v1/items`: the catalogue. Items are the company's; nothing here is about a person."""

from typing import Annotated, Final

import msgspec

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.scope import Verb
from fiel.operations.stock import item, stock
from fiel.web.api.wire import Asked, Name, Told
from fiel.web.route import Call, Route, done
from fiel.web.security import Leave

LARGEST: Final = 8 << 20
"""Bytes of a catalogue put at once."""

Link = Annotated[str, msgspec.Meta(max_length=2048, pattern=r"^(https?://|/)[^\s\"<>]*$")]
"""Where a page may lead: never to a script."""


class ItemWire(Asked, frozen=True, kw_only=True, omit_defaults=True):
    """One item of the catalogue."""

    id: Name
    title: dict[str, str]
    groups: tuple[Name, ...] = ()
    available: bool = True
    url: Link | None = None
    image: Link | None = None


class ItemsAnswer(Told, frozen=True, kw_only=True):
    """How many items were put."""

    put: int


Items = list[ItemWire]


async def put(call: Call) -> ItemsAnswer:
    """Add or replace items."""
    call.admitted.ask()
    items = [
        Item(
            id=ItemId(each.id),
            title=each.title,
            groups=frozenset(each.groups),
            available=each.available,
            url=each.url,
            image=each.image,
        )
        for each in call.read(Items)
    ]
    return ItemsAnswer(put=await done(stock(call.house, items)))


async def get(call: Call) -> ItemWire:
    """One item."""
    found = item(call.house, ItemId(call.parts["id"]))
    return ItemWire(
        id=found.id,
        title=dict(found.title),
        groups=tuple(sorted(found.groups)),
        available=found.available,
        url=found.url,
        image=found.image,
    )


ROUTES = (
    Route(
        method="PUT",
        path="/v1/items",
        act=put,
        about="Add or replace items of the catalogue",
        leave=Leave(Verb.ITEMS),
        takes=Items,
        largest=LARGEST,
        gives=ItemsAnswer,
        example=[{"id": "85123A", "title": {"es": "Portavelas", "en": "Candle holder"}, "groups": ["home"]}],
        shows={"put": 1},
    ),
    Route(
        method="GET",
        path="/v1/items/{id}",
        act=get,
        about="One item of the catalogue",
        leave=Leave(Verb.READ, person=True, publishable=True),
        gives=ItemWire,
        problems=frozenset({"unknown"}),
        shows={"id": "85123A", "title": {"es": "Portavelas", "en": "Candle holder"}, "groups": ["home"]},
    ),
)
