"""The catalogue comes in and goes out. Items are the company's; nothing here is about a person."""

from collections.abc import Sequence
from concurrent.futures import Future

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.operations.house import House
from fiel.ports import Transaction


def stock(house: House, items: Sequence[Item]) -> Future[int]:
    """Add or replace items; answers how many. Each needs a title in every language of the promise."""
    return house.store.write(lambda tx: _put(house, tx, items))


def item(house: House, name: ItemId) -> Item:
    """One item; raises `Unknown`."""
    with house.store.read() as tx:
        found = tx.catalogue.get(name)
    if found is None:
        raise Unknown("there is no item of that id")
    return found


def _put(house: House, tx: Transaction, items: Sequence[Item]) -> int:
    languages = house.shelf.now(tx).promise.languages
    for place, each in enumerate(items):
        missing = [language for language in languages if not each.title.get(language)]
        if missing:
            raise Malformed(f"item number {place + 1} has no title in {', '.join(missing)}")
    tx.catalogue.put(items)
    return len(items)
