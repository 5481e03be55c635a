"""The store in memory keeps the laws of stores."""

from pathlib import Path

from fiel.ports import Seals, Store
from fiel.stores.memory import MemoryStore
from fiel.testing.stores import StoreLaws


class TestMemory(StoreLaws):
    """Every law, on the store in memory."""

    def open_store(self, folder: Path, seals: Seals) -> Store:  # noqa: ARG002 - it needs no folder
        """An empty store."""
        return MemoryStore(seals=seals)
