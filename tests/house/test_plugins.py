"""Built-in strategies and laws come through the same door as anybody else's, and none is left outside it."""

import tomllib
from collections.abc import Mapping

import pytest

from tests.house.tree import PACKAGE, ROOT

DOORS = {"strategies": "STRATEGY", "jurisdictions": "LAW"}
"""Folder, and entry-point group, -> the value that each of its files exports."""

DECLARED: Mapping[str, Mapping[str, str]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
    "entry-points"
]


def files(folder: str) -> set[str]:
    """The modules of a folder of plug-ins, by the name they go by: a region of a country has a hyphen."""
    modules = {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}
    return {stem.replace("_", "-") for stem in modules} if folder == "jurisdictions" else modules


def strays(folder: str, present: set[str], declared: Mapping[str, str]) -> set[str]:
    """Files without their line, lines without their file, and lines that lead elsewhere."""
    due = {name: f"fiel.{folder}.{name.replace('-', '_')}:{DOORS[folder]}" for name in present}
    return {name for name, _ in due.items() ^ declared.items()}


@pytest.mark.parametrize("folder", DOORS)
def test_each_file_has_its_entry_point(folder: str) -> None:
    """A file in the folder is named in pyproject.toml under its own name, and what is named there is a file."""
    assert files(folder)
    assert strays(folder, files(folder), DECLARED[f"fiel.{folder}"]) == set()


def test_a_stray_is_found() -> None:
    """A file nobody declared, a declaration without a file, and one that leads elsewhere are each found."""
    declared = {
        "popular": "fiel.strategies.popular:STRATEGY",
        "gone": "fiel.strategies.gone:STRATEGY",
        "rules": "fiel.strategies.popular:STRATEGY",
    }
    assert strays("strategies", {"popular", "rules", "forgotten"}, declared) == {"gone", "rules", "forgotten"}
