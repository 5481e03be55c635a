"""`/v1/items`: the catalogue. Items are the company's; nothing here is about a person."""

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.scope import Verb
from fiel.operations.stock import item, stock
from fiel.web.api.wire import ItemsAnswer, ItemWire
from fiel.web.route import Call, Route, done


async def put(call: Call) -> ItemsAnswer:
    """Add or replace items."""
    call.caller.ask(Verb.ITEMS)
    wanted = await call.read(list[ItemWire])
    items = [
        Item(
            id=ItemId(each.id),
            title=each.title,
            groups=frozenset(each.groups),
            available=each.available,
            url=each.url,
            image=each.image,
        )
        for each in wanted
    ]
    return ItemsAnswer(put=await done(stock(call.house, items)))


async def get(call: Call) -> ItemWire:
    """One item."""
    call.caller.ask(Verb.READ)
    found = item(call.house, ItemId(call.part("id")))
    return ItemWire(
        id=found.id,
        title=dict(found.title),
        groups=sorted(found.groups),
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
        verb=Verb.ITEMS,
        takes=list[ItemWire],
        gives=ItemsAnswer,
    ),
    Route(method="GET", path="/v1/items/{id:path}", act=get, about="One item", verb=Verb.READ, gives=ItemWire),
)
