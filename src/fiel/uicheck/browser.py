"""The machine's own Chromium, through Playwright. Nothing is downloaded and nothing of a visit is left behind.

Playwright is the extra `fiel[ui]`; a machine that only serves has no need of it.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fiel.core.errors import SettingsInvalid, Unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""What Chromium is called on the machines we know, the first found on PATH is taken."""

NAMED_BY: Final = "FIEL_CHROMIUM"
"""The variable that names the browser where it is none of these."""

ARGUMENTS: Final = ("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage")
AS_ROOT: Final = "--no-sandbox"
"""Chromium does not start as root with its own sandbox, and in a container one is root."""


def found(environ: Mapping[str, str] = os.environ) -> str | None:
    """Where the browser is, None if there is none on this machine."""
    named = environ.get(NAMED_BY)
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name, path=environ.get("PATH")))), None)


def missing(environ: Mapping[str, str] = os.environ) -> str | None:
    """Why no page can be looked at here, None if it can."""
    try:
        import playwright.sync_api  # noqa: F401 - asked for, to see whether it is there
    except ImportError:
        return "Playwright is not installed"
    return None if found(environ) else _nowhere(environ)


@contextmanager
def chromium(environ: Mapping[str, str] = os.environ) -> Iterator["Browser"]:
    """A browser without a window; raises `SettingsInvalid` with what to install, `Unavailable` if it does not start."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise SettingsInvalid("Playwright is not installed", hint="install it: `pip install 'fiel[ui]'`") from None
    path = found(environ)
    if path is None:
        raise SettingsInvalid(
            _nowhere(environ), hint=f"install it: `apt-get install chromium`; or name it in `{NAMED_BY}`"
        )
    arguments = [*ARGUMENTS, *([AS_ROOT] if os.geteuid() == 0 else [])]
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            raise Unavailable(f"the browser `{path}` does not start", hint=error.message.splitlines()[0]) from None
        try:
            yield browser
        finally:
            browser.close()


def _nowhere(environ: Mapping[str, str]) -> str:
    named = environ.get(NAMED_BY)
    if named:
        return f"there is no browser at `{named}`, which `{NAMED_BY}` names"
    return f"no Chromium on PATH, neither as {' nor as '.join(f'`{name}`' for name in NAMES)}"
