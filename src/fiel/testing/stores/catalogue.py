"""Laws of the catalogue."""

from dataclasses import replace

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.ports import Store
from fiel.testing.builders import an_item
from fiel.testing.stores.opening import ODD, StoreCase, done


class CatalogueLaws(StoreCase):
    """The items, in the company's order."""

    def test_it_begins_empty(self, store: Store) -> None:
        """Nothing is on the shelf before anything was put there."""
        with store.read() as tx:
            assert tx.catalogue.all() == {}
            assert tx.catalogue.get(ItemId("tea")) is None

    def test_items_come_back_whole(self, store: Store) -> None:
        """Each item is read as it was put, whatever it is called."""
        items = [
            Item(
                id=ItemId(name),
                title={"es": name, "en": f"{name}!"},
                groups=frozenset({name, "drinks"}),
                available=False,
                url=f"https://example.com/{name}",
                image=None,
            )
            for name in ODD
        ]
        done(store, lambda tx: tx.catalogue.put(items))
        with store.read() as tx:
            assert [tx.catalogue.get(item.id) for item in items] == items
            assert list(tx.catalogue.all().values()) == items

    def test_the_editorial_order_is_kept(self, store: Store) -> None:
        """Items stand in the order in which they were first put; one that is put again keeps its place."""
        done(store, lambda tx: tx.catalogue.put([an_item(name) for name in ("tea", "bag", "cup")]))
        done(store, lambda tx: tx.catalogue.put([an_item("apple"), replace(an_item("tea"), available=False)]))
        with store.read() as tx:
            shelf = tx.catalogue.all()
        assert list(shelf) == ["tea", "bag", "cup", "apple"]
        assert not shelf[ItemId("tea")].available

    def test_putting_nothing_changes_nothing(self, store: Store) -> None:
        """An empty delivery leaves the shelf as it is."""
        done(store, lambda tx: tx.catalogue.put([an_item()]))
        done(store, lambda tx: tx.catalogue.put([]))
        with store.read() as tx:
            assert list(tx.catalogue.all()) == ["tea"]

    def test_an_item_put_twice_at_once(self, store: Store) -> None:
        """Of two forms of one item in one delivery the last one counts."""
        done(store, lambda tx: tx.catalogue.put([an_item(), an_item("cup"), replace(an_item(), available=False)]))
        with store.read() as tx:
            assert [(item.id, item.available) for item in tx.catalogue.all().values()] == [
                ("tea", False),
                ("cup", True),
            ]
