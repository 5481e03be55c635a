"""The rule about skips, tried on a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

EXAMPLES = """
import pytest


def test_passes():
    pass


@pytest.mark.skip(reason="the moon is wrong")
def test_skips():
    pass


@pytest.mark.xfail(reason="known")
def test_is_known_to_fail():
    assert False
"""

SKIPS_ITSELF = 'import pytest\n\npytest.skip("no moon at all", allow_module_level=True)\n'


def _run(folder: Path, *, ci: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "tests.house.skips", "-p", "no:cacheprovider", "--rootdir", "."]
    environment = os.environ | {"CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTEST_ADDOPTS", None)
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.stdout


def test_a_skip_is_a_failure_in_ci(tmp_path: Path) -> None:
    """In CI a skipped test turns the run red with its own reason, while an expected failure stays one."""
    (tmp_path / "test_examples.py").write_text(EXAMPLES)
    told = _run(tmp_path, ci="true")
    assert "1 passed, 1 xfailed, 1 error" in told
    assert "the moon is wrong" in told


def test_a_module_that_skips_itself_is_an_error_in_ci(tmp_path: Path) -> None:
    """In CI a whole module cannot leave the run unseen."""
    (tmp_path / "test_examples.py").write_text(SKIPS_ITSELF)
    told = _run(tmp_path, ci="true")
    assert "1 error" in told
    assert "no moon at all" in told


@pytest.mark.parametrize("examples", [EXAMPLES, SKIPS_ITSELF])
def test_a_skip_stays_a_skip_at_a_desk(tmp_path: Path, examples: str) -> None:
    """Outside CI a skip is what its author wrote: this control shows that the rule is what turns it red."""
    (tmp_path / "test_examples.py").write_text(examples)
    told = _run(tmp_path, ci="")
    assert "1 skipped" in told
    assert "failed" not in told.replace("xfailed", "")
