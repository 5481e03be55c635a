"""Where the browser is looked for, and what is said where there is none."""

from pathlib import Path

import pytest

from fiel.core.errors import SettingsInvalid
from fiel.uicheck.browser import NAMED_BY, chromium, found, missing


def test_the_first_browser_on_the_path_is_taken(tmp_path: Path) -> None:
    """A program of one of the known names is found; without one there is none."""
    assert found({"PATH": str(tmp_path)}) is None
    program = tmp_path / "chromium"
    program.touch(mode=0o755)
    assert found({"PATH": str(tmp_path)}) == str(program)


def test_a_browser_that_is_named_comes_first(tmp_path: Path) -> None:
    """The variable names one anywhere; one that is not there is none, and no other is taken in its place."""
    program = tmp_path / "my-browser"
    program.touch(mode=0o755)
    assert found({NAMED_BY: str(program), "PATH": "/nowhere"}) == str(program)
    assert found({NAMED_BY: str(tmp_path / "gone"), "PATH": "/usr/bin"}) is None


def test_a_missing_browser_is_told_with_what_to_install(tmp_path: Path) -> None:
    """It says where it was looked for, and how to have one."""
    environ = {"PATH": str(tmp_path)}
    assert "`chromium`" in str(missing(environ))
    with pytest.raises(SettingsInvalid) as told, chromium(environ):
        pass
    assert "PATH" in told.value.what
    assert "apt-get install chromium" in str(told.value.hint)
    named = {NAMED_BY: str(tmp_path / "gone")}
    assert str(tmp_path / "gone") in str(missing(named))
