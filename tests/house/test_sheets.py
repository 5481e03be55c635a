"""Style sheets use no property that nobody sets: a browser would say nothing and draw nothing."""

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE

SHARED = PACKAGE / "web" / "static" / "paper.css"
SHEETS = sorted(PACKAGE.rglob("*.css"))


def unset(sheet: str, shared: str) -> set[str]:
    """The custom properties that a sheet asks for and that neither it nor the shared one sets."""
    return set(re.findall(r"var\((--[\w-]+)", sheet)) - set(re.findall(r"(--[\w-]+)\s*:", sheet + shared))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_property_is_set(path: Path) -> None:
    """What a sheet asks for is set in it, or in the sheet that all pages share."""
    assert unset(path.read_text(encoding="utf-8"), SHARED.read_text(encoding="utf-8")) == set()


def test_one_that_is_not_is_found() -> None:
    """A property that is asked for and set nowhere is seen."""
    assert unset("p { color: var(--sea); border-color: var(--line); }", ":root { --line: #fff; }") == {"--sea"}
