"""Attributes taken out of a use case's file: every comment stays, and nothing says anything else."""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.narrowing import untold
from fiel.registry import read_promise
from fiel.registry.trimming import trim

SUGGESTIONS = UseCaseId("suggestions")
MORE = """
  age_band: {type: string, category: pd:AgeRange, source: declared, title: {es: Edad, en: Age}}
  home: {type: string, category: pd:FamilyStructure, source: declared, title: {es: Hogar, en: Home}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop's promise in a folder, with two attributes more in its dictionary."""
    with as_file(files("fiel.demo") / "promise") as shipped:
        folder = Path(copytree(shipped, tmp_path / "shop"))
    company = folder / "fiel.yaml"
    text = company.read_text(encoding="utf-8")
    company.write_text(text.replace("\nattributes:\n", f"\nattributes:{MORE}", 1), encoding="utf-8")
    return folder


def _rewritten(shop: Path, declared: str, taught: str) -> Path:
    """The file of a use case whose declared level and teaching are written in another way."""
    file = shop / "use_cases" / "suggestions.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("  declared:"), text.index("  observed:")
    text = text[:start] + f"  declared:\n    strategy: propensity\n{declared}" + text[end:]
    file.write_text(text.replace("\nlearn:\n", f"\nlearn:\n{taught}", 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("declared", "becomes"),
    [
        (
            "    attributes: [age_band, favourite_categories, home]  # what they told\n",
            "    attributes: [favourite_categories]  # what they told\n",
        ),
        (
            "    attributes: [home , favourite_categories,  age_band ]\n",
            "    attributes: [favourite_categories ]\n",
        ),
        (
            "    attributes:\n      # the age\n      - age_band # x\n      - favourite_categories # y\n      - home\n",
            "    attributes:\n      # the age\n      - favourite_categories # y\n",
        ),
    ],
)
def test_only_the_attributes_go(shop: Path, declared: str, becomes: str) -> None:
    """Entries go where they stand, in the levels and in what teaches, and the others keep every letter and comment."""
    taught = "  attributes: [favourite_categories, age_band]\n"
    file = _rewritten(shop, declared, taught)
    before, text = read_promise(shop).promise, file.read_text(encoding="utf-8")
    assert before is not None
    gone = frozenset({"age_band", "home"})
    assert trim(shop, SUGGESTIONS, attributes=gone) == file
    expected = text.replace(declared, becomes).replace(taught, "  attributes: [favourite_categories]\n")
    assert file.read_text(encoding="utf-8") == expected
    after = read_promise(shop).promise
    assert after is not None
    assert after.use_cases[SUGGESTIONS] == untold(before.use_cases[SUGGESTIONS], gone)


def test_a_list_that_is_written_once_for_two_places_is_edited_once(shop: Path) -> None:
    """Where what teaches is the same list as what is needed, by its name, both lose the entry."""
    told = "    attributes: &told ['age_band', favourite_categories]\n"
    file = _rewritten(shop, told, "  attributes: *told\n")
    trim(shop, SUGGESTIONS, attributes=frozenset({"age_band"}))
    assert "attributes: &told [favourite_categories]\n" in file.read_text(encoding="utf-8")


def test_what_is_not_there_is_not_edited(shop: Path) -> None:
    """A use case that the folder does not have, or that cannot be read, is an error with a hint."""
    with pytest.raises(Malformed, match="no use case"):
        trim(shop, UseCaseId("none"), attributes=frozenset({"age_band"}))
