"""A smaller bound written into a use case's file: every comment stays, and nothing says anything else."""

from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.narrowing import narrowed
from fiel.core.promise.usecase import Bound, Grain
from fiel.registry import read_promise
from fiel.registry.bounding import rebound

SUGGESTIONS = UseCaseId("suggestions")
BLOCK = """        within: 90d
        or_visits: 1
        keep: 200
        time: month
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop's promise in a folder."""
    with as_file(files("fiel.demo") / "promise") as shipped:
        return Path(copytree(shipped, tmp_path / "shop"))


def written(shop: Path, block: str) -> Path:
    """The file of a use case whose bound is written in another way."""
    file = shop / "use_cases" / "suggestions.yaml"
    text = file.read_text(encoding="utf-8")
    assert BLOCK in text
    file.write_text(text.replace(BLOCK, block), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("block", "bound", "becomes"),
    [
        (
            "        within: 1 year   # as long as we like\n        keep: 500\n",
            Bound(within=timedelta(days=90), or_visits=1, grain=Grain.WEEK),
            "        or_visits: 1\n        time: week\n        within: 90d   # as long as we like\n        keep: 500\n",
        ),
        (
            "        within: 52 weeks\n        or_visits: 5\n        time: week # no finer\n",
            Bound(within=timedelta(days=364), or_visits=2, keep=50),
            "        keep: 50\n        within: 52 weeks\n        or_visits: 2\n        time: week # no finer\n",
        ),
        (
            "        # the last ones\n        within: '90d'   # or so\n        or_visits: 3\n        keep: 20\n",
            Bound(within=timedelta(0), or_visits=1),
            "        # the last ones\n        # or so\n        or_visits: 1\n        keep: 20\n",
        ),
    ],
)
def test_only_the_bound_changes(shop: Path, *, block: str, bound: Bound, becomes: str) -> None:
    """Values are replaced where they stand, keys put in or taken out, and every other letter and comment stays."""
    file = written(shop, block)
    before, text = read_promise(shop).promise, file.read_text(encoding="utf-8")
    assert before is not None
    assert rebound(shop, SUGGESTIONS, bound=bound) == file
    assert file.read_text(encoding="utf-8") == text.replace(block, becomes)
    after = read_promise(shop).promise
    assert after is not None
    assert after.use_cases[SUGGESTIONS] == narrowed(before.use_cases[SUGGESTIONS], bound)


def test_braces_are_edited_too(shop: Path) -> None:
    """A bound between braces is edited within them."""
    file = shop / "use_cases" / "suggestions.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("      purchase:"), text.index("\nlearn:")
    flow = "      purchase: {properties: [item], within: 1 year, keep: 9, why: {es: porque sí, en: because}}\n"
    file.write_text(text[:start] + flow + text[end:], encoding="utf-8")
    rebound(shop, SUGGESTIONS, bound=Bound(within=timedelta(0), or_visits=2, grain=Grain.MONTH))
    edited = (
        "      purchase: {properties: [item], or_visits: 2, time: month, keep: 9, why: {es: porque sí, en: because}}\n"
    )
    assert edited in file.read_text(encoding="utf-8")


def test_what_cannot_be_edited_in_place_is_left_alone(shop: Path) -> None:
    """A bound that is written once and used twice is left as it is, and it is said what to write."""
    file = written(shop, "        <<: &shared {within: 1 year, keep: 7}\n        keep: 5\n")
    text = file.read_text(encoding="utf-8")
    with pytest.raises(Malformed):
        rebound(shop, SUGGESTIONS, bound=Bound(within=timedelta(days=30)))
    assert file.read_text(encoding="utf-8") == text


def test_a_use_case_that_is_not_there_is_told(shop: Path) -> None:
    """No file is touched for a use case that the folder does not have."""
    with pytest.raises(Malformed):
        rebound(shop, UseCaseId("none"), bound=Bound(within=timedelta(days=30)))
