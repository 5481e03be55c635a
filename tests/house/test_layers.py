"""The layer contracts hold, and each of them can fail: one copy of the tree breaks them all."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT

CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]

# contract -> module of the copy, and what it must not import
PLANTS = {
    "Layers: doors above operations, operations above ports, ports above the core": ("core.errors", "fiel.settings"),
    "The core, last station of the data's way first": ("core.errors", "fiel.core.permit"),
    "The consent's way, last station first": ("core.consent.choice", "fiel.core.consent.ledger"),
    "The event's way, last station first": ("core.use.gate", "fiel.core.use.explanation"),
    "Core and numeric touch no world": ("numeric.planted", "time"),
    "The core stands on the standard library alone": ("core.errors", "numpy"),
    "Numeric stands on numpy and scipy alone": ("numeric.planted", "msgspec"),
    "Operations know what, never with what": ("operations.planted", "apsw"),
    "Only the doors are asynchronous": ("stores.planted", "asyncio"),
    "The web speaks only to operations": ("web.planted", "fiel.stores.planted"),
    "The checks of pages look from outside": ("uicheck.planted", "fiel.web.planted"),
    "No cycles anywhere": ("core.planted", "fiel.core.errors"),
    "A strategy is shown a view, never a person": ("strategies.planted", "fiel.core.permit"),
    "Plugins do not know each other": ("strategies.planted", "fiel.jurisdictions.planted"),
}


def verdicts(source: Path) -> dict[str, str]:
    """What the import linter says of each contract when `fiel` is the one under `source`."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    command += ["--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = os.environ | {"PYTHONPATH": str(source), "NO_COLOR": "1"}
    run = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    found = re.findall(r"^(.+?) (KEPT|BROKEN)", run.stdout, re.MULTILINE)
    assert found, run.stdout + run.stderr
    return dict(found)


def plant(source: Path, importer: str, imported: str) -> None:
    """Add one import to one module of a copy, making whatever of the two is not there yet."""
    for module in (importer, imported.removeprefix("fiel.")):
        if module == importer or imported.startswith("fiel."):
            _make(source / "fiel", module)
    with _file(source / "fiel", importer).open("a") as file:
        file.write(f"\nimport {imported}\n")


def _file(package: Path, module: str) -> Path:
    path = package.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _make(package: Path, module: str) -> None:
    *folders, _ = module.split(".")
    for depth in range(len(folders)):
        folder = package.joinpath(*folders[: depth + 1])
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    _file(package, module).touch()


def test_every_contract_is_kept() -> None:
    """The package keeps to its layers."""
    assert {name: verdict for name, verdict in verdicts(PACKAGE.parent).items() if verdict != "KEPT"} == {}


def test_every_contract_can_be_broken(tmp_path: Path) -> None:
    """Each contract turns red for an import that it forbids, so none of them has stopped looking."""
    shutil.copytree(PACKAGE, tmp_path / "fiel", ignore=shutil.ignore_patterns("__pycache__", "*.parquet", "*.jsonl"))
    for importer, imported in PLANTS.values():
        plant(tmp_path, importer, imported)
    plant(tmp_path, "core.errors", "fiel.core.planted")  # closes the cycle
    assert verdicts(tmp_path) == dict.fromkeys(CONTRACTS, "BROKEN")


def test_a_new_top_level_folder_breaks_the_build(tmp_path: Path) -> None:
    """A folder that no layer names is found, whatever it imports."""
    shutil.copytree(PACKAGE, tmp_path / "fiel", ignore=shutil.ignore_patterns("__pycache__", "*.parquet", "*.jsonl"))
    _make(tmp_path / "fiel", "leftovers.planted")
    assert verdicts(tmp_path)[CONTRACTS[0]] == "BROKEN"


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_contract_has_its_plant(contract: str) -> None:
    """A contract that nobody has seen broken proves nothing."""
    assert contract in PLANTS
