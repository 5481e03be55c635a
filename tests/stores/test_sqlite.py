"""The store on SQLite keeps the laws of stores."""

from pathlib import Path

from fiel.ports import Seals, Store
from fiel.stores.sqlite import SqliteStore
from fiel.testing.stores import StoreLaws


class TestSqlite(StoreLaws):
    """Every law, on the store on SQLite."""

    def open_store(self, folder: Path, seals: Seals) -> Store:
        """An empty store in that folder."""
        return SqliteStore.open(folder, seals=seals, exclusive=True)
