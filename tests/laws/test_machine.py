"""T1: the machine on every store, and the bugs that it must find."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.hunt import hunt

ROOT = Path(__file__).parents[2]
GIT = shutil.which("git") or "git"
BUGS = sorted((Path(__file__).parent / "bugs").glob("*.patch"))


@pytest.mark.parametrize(("store", "examples"), [("memory", 60), ("sqlite", 10)])
def test_operations_agree_with_the_model(store: str, examples: int) -> None:
    """Whatever people and the company do, standings, compartments, totals and keys are those of the model."""
    hunt(store, examples=examples, steps=40)


@pytest.mark.proof
@pytest.mark.parametrize("store", ["memory", "sqlite"])
def test_operations_agree_with_the_model_for_long(store: str) -> None:
    """The same for 2,000 histories of 50 steps."""
    hunt(store, examples=2_000, steps=50)


@pytest.mark.proof
@pytest.mark.parametrize("patch", BUGS, ids=lambda patch: patch.stem)
def test_a_seeded_bug_is_found(patch: Path, tmp_path: Path) -> None:
    """A bug patched into the real source turns the machine red: a harness that never fails proves nothing."""
    _copy(tmp_path)
    subprocess.run([GIT, "apply", str(patch)], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    found = _hunt(tmp_path)
    assert found.returncode == 1, "the bug was not found"
    assert "Error" in found.stderr


@pytest.mark.proof
def test_the_source_without_a_bug_passes_the_same_hunt(tmp_path: Path) -> None:
    """The control of the controls: the hunt is green on the copied source itself."""
    _copy(tmp_path)
    assert _hunt(tmp_path).returncode == 0


@pytest.mark.parametrize("patch", BUGS, ids=lambda patch: patch.stem)
def test_a_seeded_bug_still_fits_the_source(patch: Path) -> None:
    """A bug is a patch of the source as it is now, so that whoever changes a line with a bug brings the bug along."""
    subprocess.run([GIT, "apply", "--check", str(patch)], cwd=ROOT, check=True, capture_output=True, timeout=60)


def test_there_are_bugs_enough() -> None:
    """At least six seeded bugs are hunted."""
    assert len(BUGS) >= 6


def _copy(folder: Path) -> None:
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "data"))
    shutil.copytree(ROOT / "tests" / "laws", folder / "tests" / "laws")


def _hunt(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(folder / "src"), str(folder)])
    return subprocess.run(
        [sys.executable, "-m", "tests.laws.hunt", "memory", "1000", "50"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
