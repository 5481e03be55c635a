"""A folder of keys and its root key, as the tests of the vault find them."""

from pathlib import Path

import pytest

from fiel.keys.vault import Vault
from tests.keys.examples import CANARY, HERE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the root key lies."""
    return tmp_path / "root.key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the other keys lie."""
    return tmp_path / "data" / "keys"


@pytest.fixture
def sealed(root: Path, folder: Path) -> tuple[int, bytes]:
    """A folder of keys with one data key in it: its slot, and what it sealed."""
    with Vault.open(root, folder, writer=True) as vault:
        slot = vault.seals.create(HERE.place, HERE.key)
        return slot, vault.seals.seal(slot, CANARY, binding=HERE)
