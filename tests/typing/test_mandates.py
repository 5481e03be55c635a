"""No mandate, no data: what the type checker lets through to a compartment, and what it does not."""

import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

PREAMBLE = """
from datetime import datetime
from fiel.core.consent.effect import Upkeep
from fiel.core.ids import Identifier, Place, Pseudonym, SubjectId
from fiel.core.permit import Permit, Refusal
from fiel.core.rights import OwnAccess
from fiel.core.use.compartment import Compartment
from fiel.ports import Store, Transaction, UseRecord
from fiel.stores.memory import MemoryStore
from fiel.stores.memory.store import MemoryTransaction
from fiel.stores.sqlite import SqliteStore
from fiel.stores.sqlite.transaction import SqliteTransaction


def look(
    tx: Transaction, memory: MemoryTransaction, sqlite: SqliteTransaction, store: SqliteStore,
    permit: Permit, access: OwnAccess, upkeep: Upkeep, refusal: Refusal, ruling: Permit | Refusal,
    place: Place, pseudonym: Pseudonym, sid: SubjectId, identifier: Identifier,
    held: Compartment, use: UseRecord, at: datetime,
) -> None:
"""

ALLOWED = [
    "tx.compartments.load(permit)",
    "tx.compartments.load(access)",
    "tx.compartments.load(upkeep)",
    "tx.compartments.save(permit, held)",
    "tx.compartments.save(upkeep, held)",
    "tx.compartments.shred(upkeep)",
    "tx.uses.record(permit, use)",
    "tx.uses.of(access)",
    "tx.uses.measured(permit)",
    "memory.compartments.load(permit)",
    "sqlite.compartments.load(permit)",
    "tx.choices.standing(place)",
]
"""The control: with a mandate each of these may be written, and where somebody stands is not under one."""

FORBIDDEN = [
    "tx.compartments.load(place)",
    "tx.compartments.load(pseudonym)",
    "tx.compartments.load(sid)",
    "tx.compartments.load(identifier)",
    "tx.compartments.load('user:ana')",
    "tx.compartments.load(None)",
    "tx.compartments.load(refusal)",
    "tx.compartments.load(ruling)",
    "tx.compartments.save(place, held)",
    "tx.compartments.save(ruling, held)",
    "tx.compartments.shred(permit)",
    "tx.compartments.shred(access)",
    "tx.compartments.shred(place)",
    "tx.uses.record(access, use)",
    "tx.uses.record(ruling, use)",
    "tx.uses.record(upkeep, use)",
    "tx.uses.record(place, use)",
    "tx.uses.reward(upkeep, use.id, 1.0)",
    "tx.uses.of(permit)",
    "tx.uses.of(upkeep)",
    "tx.uses.of(place)",
    "tx.uses.measured(access)",
    "tx.uses.measured(upkeep)",
    "tx.uses.measured(ruling)",
    "tx.uses.measured(place)",
    "memory.compartments.load(place)",
    "memory.compartments.load(ruling)",
    "sqlite.compartments.load(place)",
    "sqlite.compartments.load(ruling)",
    "tx.identities.find(identifier)",
    "tx.choices.standing(pseudonym)",
    "store.write(lambda tx: tx.compartments.load(place))",
]
"""An id, a place or an open verdict opens nothing, and no mandate does what another one is for."""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The statements of which the type checker complains."""
    statements = [*ALLOWED, *FORBIDDEN]
    file = tmp_path_factory.mktemp("typing") / "look.py"
    file.write_text(PREAMBLE + "".join(f"    {statement}\n" for statement in statements))
    first = PREAMBLE.count("\n") + 1
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        "--no-error-summary",
        str(file),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = {int(line) for line in re.findall(r"look\.py:(\d+): error", run.stdout)}
    assert all(line >= first for line in lines), run.stdout
    return {statements[line - first] for line in lines}


@pytest.mark.parametrize("statement", ALLOWED)
def test_with_its_mandate_it_may_be_written(complaints: set[str], statement: str) -> None:
    """What a mandate is for passes the type checker."""
    assert statement not in complaints


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_without_its_mandate_it_may_not_be_written(complaints: set[str], statement: str) -> None:
    """What no mandate allows does not pass the type checker, on the port or on either store."""
    assert statement in complaints
