"""The machine on each store."""

import shutil
import tempfile
from pathlib import Path

from fiel.keys.vault import Vault
from fiel.ports import Seals, Store
from fiel.stores.memory import MemoryStore
from fiel.stores.sqlite import SqliteStore
from fiel.testing.seals import MemorySeals
from tests.laws.machine import FielMachine


class OnMemory(FielMachine):
    """The machine on the public double."""

    def make(self) -> tuple[Store, Seals]:
        """A store that begins empty."""
        seals = MemorySeals()
        return MemoryStore(seals=seals), seals


class OnSqlite(FielMachine):
    """The machine on a real file, with real keys in real slots."""

    def make(self) -> tuple[Store, Seals]:
        """A store in a folder of its own."""
        self.folder = Path(tempfile.mkdtemp(prefix="fiel-laws-"))
        self.vault = Vault.open(self.folder / "root.key", self.folder / "data", writer=True)
        return SqliteStore.open(self.folder / "data", seals=self.vault.seals, exclusive=True), self.vault.seals

    def teardown(self) -> None:
        """Close it and leave nothing."""
        super().teardown()
        if hasattr(self, "vault"):
            self.vault.close()
            shutil.rmtree(self.folder)
