"""The written house: short where it must be, true to the tree, and silent about where it was made."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
PARTS = ["Context", "Choice", "What we give up", "How we would know that we were wrong"]
LINES_A_RECORD = 60
LINES_TO_CONTRIBUTE = 200

NO_PARTS = {"__pycache__", "scratch"}
FOLDERS = (".ci", "bench", "changes", "docs", "requirements", "src", "tests", "tools")
TEXTS = {"", ".css", ".html", ".in", ".js", ".md", ".py", ".sql", ".toml", ".txt", ".yaml"}
# A path of one machine, or a folder beside the project: what another clone does not have.
ELSEWHERE = re.compile(r"(?<![\w./-])/(?:work|root|home|tmp)/[\w.]|\.\./shared\b")


def texts() -> list[Path]:
    """Every file of the project that a person may read."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if not NO_PARTS & {*path.parts}]
    whole = [path for path in [*ROOT.iterdir(), *inside] if path.is_file() and path.suffix in TEXTS]
    return [path for path in whole if path.name != ".git"]


def places_elsewhere(text: str) -> list[str]:
    """The paths in a text that lead out of the project."""
    return ELSEWHERE.findall(text)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_four_parts(record: Path) -> None:
    """A decision says why, what, at which price and what would show it wrong, within sixty lines."""
    text = record.read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert text.count("\n") <= LINES_A_RECORD
    assert text.startswith(f"# {int(record.stem[:4])}. ")


def test_decision_records_are_numbered_without_a_gap() -> None:
    """Each record has the number after the one before it."""
    assert [int(record.stem[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_contributing_is_short() -> None:
    """What one must know before the first change fits in two hundred lines."""
    assert (ROOT / "CONTRIBUTING.md").read_text().count("\n") <= LINES_TO_CONTRIBUTE


def test_nothing_leads_out_of_the_project() -> None:
    """No file names a path that only one machine has, or a folder beside the project."""
    found = {str(path.relative_to(ROOT)): places for path in texts() if (places := places_elsewhere(path.read_text()))}
    assert found == {}


@pytest.mark.parametrize("path", ["/" + "work/main/src", "/" + "root/.venv", "see ." + "./shared/data"])
def test_a_place_elsewhere_is_found(path: str) -> None:
    """Each kind of way out is seen, and an address or a relative folder of the same name is not."""
    assert places_elsewhere(f"open('{path}')")
    assert places_elsewhere("https://example.com/work/main docs/work/1 ./tmp/x") == []
