"""What is built is what was written: the wheel holds the whole package, its data included."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.tree import PACKAGE, ROOT

BUILT_FROM = ("pyproject.toml", "requirements", "src", "LICENSE", "NOTICE", "README.md")
MADE_BY_PYTHON = shutil.ignore_patterns("__pycache__", "*.egg-info")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel, built from a copy so that nothing is left in the tree."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=MADE_BY_PYTHON)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(out), str(copy)], check=True, capture_output=True)
    return ZipFile(next(out.glob("*.whl")))


@pytest.mark.proof
def test_the_wheel_holds_the_whole_package(wheel: ZipFile) -> None:
    """Every file of the package is in the wheel, so an installed Fiel finds its texts, pages, queries and data."""
    written = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    built = {name for name in wheel.namelist() if name.startswith("fiel/")}
    assert "fiel/py.typed" in built
    assert written - built == set()
    assert built - written == set()


@pytest.mark.proof
def test_the_wheel_carries_its_licence(wheel: ZipFile) -> None:
    """The licence and the credit to the data's author travel with the package."""
    carried = {Path(name).name for name in wheel.namelist() if ".dist-info/licenses/" in name}
    assert carried == {"LICENSE", "NOTICE"}
