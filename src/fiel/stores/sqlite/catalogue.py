"""The items, in the order in which they were first put."""

from collections.abc import Mapping, Sequence
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.stores.sqlite.papers import ITEM
from fiel.stores.sqlite.queries import queries
from fiel.stores.sqlite.session import Session

_SQL: Final = queries("catalogue")


class SqliteCatalogue:
    """The table `items`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, items: Sequence[Item]) -> None:
        self._session.change_each(_SQL["put"], ((item.id, ITEM.write(item)) for item in items))
        self._session.grow()

    def get(self, item: ItemId) -> Item | None:
        row = self._session.one(_SQL["get"], item)
        return None if row is None else ITEM.read(row[0])

    def all(self) -> Mapping[ItemId, Item]:
        items = (ITEM.read(document) for (document,) in self._session.all(_SQL["all"]))
        return {item.id: item for item in items}
