"""A real browser before a throw-away Fiel with invented people; and before the same one behind a site that deceives.

Playwright keeps an event loop running in its thread, so the tests of this folder have a thread of their own: any other
test may then run loops as it likes.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, TypeVar

import pytest

from fiel.cli.sandbox import Sandbox, answering, sandbox
from fiel.cli.serve import app_of
from fiel.uicheck.browser import chromium, missing
from fiel.uicheck.visitor import WHOLE, Breadth, Visitor
from tests.browser.hostile.site import HostileSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser

T = TypeVar("T")

QUICK = Breadth(
    widths=(320,), dark=(False,), languages=("es",), pages=("/preferences", "/data", "/rights", "/rights/erase")
)
"""What `make test` looks at; `make proof` looks at everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """The site that deceives, and where it answers."""

    site: HostileSite
    url: str


@pytest.fixture(scope="session")
def thread() -> Iterator[ThreadPoolExecutor]:
    """The one thread in which the browser is driven."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser") as executor:
        yield executor


@pytest.fixture(scope="session")
def browser(thread: ThreadPoolExecutor) -> "Iterator[Browser]":
    """One browser for all tests."""
    why_not = missing()
    if why_not is not None:
        pytest.skip(f"{why_not}; `make test` installs Chromium where it may, else: apt-get install chromium")
    stack = ExitStack()
    yield thread.submit(stack.enter_context, chromium()).result()
    thread.submit(stack.close).result()


@pytest.fixture(scope="session")
def box() -> Iterator[Sandbox]:
    """The throw-away Fiel, on the promise of the demo's shop."""
    with as_file(files("fiel.demo") / "promise") as folder, sandbox(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile(box: Sandbox) -> Iterator[Hostile]:
    """The same Fiel behind a site that deceives as it is told."""
    site = HostileSite(app_of(box.fiel))
    with answering(site) as url:
        yield Hostile(site=site, url=url)


@pytest.fixture
def honest(hostile: Hostile) -> Iterator[Hostile]:
    """The hostile site with nothing switched on, now and afterwards."""
    yield hostile
    hostile.site.on, hostile.site.insists, hostile.site.forges = frozenset(), False, False


def come_in(browser: "Browser", box: Sandbox, url: str, *, breadth: Breadth = QUICK, new: bool = False) -> Visitor:
    """Somebody who is in: the one who lived there, or for `new` somebody who never was."""

    def newcomer() -> Visitor:
        return Visitor(browser, url, token=box.newcomer(), breadth=breadth)

    return newcomer() if new else Visitor(browser, url, token=box.token(), breadth=breadth, newcomer=newcomer)


@pytest.fixture(scope="session")
def resident(browser: "Browser", box: Sandbox, thread: ThreadPoolExecutor) -> Visitor:
    """Who lived there a while, looking in a few ways."""
    return thread.submit(come_in, browser, box, box.url).result()


@pytest.fixture(scope="session")
def deceived(  # noqa: PLR0917 - a fixture takes fixtures
    browser: "Browser", box: Sandbox, hostile: Hostile, thread: ThreadPoolExecutor
) -> Visitor:
    """The same person before the site that deceives."""
    narrow = Breadth(widths=(390,), dark=(False,), languages=("es",), pages=("/preferences", "/data"))

    def before() -> Visitor:
        return come_in(browser, box, hostile.url, breadth=narrow)

    return thread.submit(before).result()


@pytest.fixture(scope="session")
def everywhere(browser: "Browser", box: Sandbox, thread: ThreadPoolExecutor) -> Visitor:
    """Who lived there a while, looking at every width, light and dark, in every language."""

    def before() -> Visitor:
        return come_in(browser, box, box.url, breadth=WHOLE)

    return thread.submit(before).result()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test of this folder in the browser's thread."""
    executor = pyfuncitem.funcargs.get("thread") or pyfuncitem._request.getfixturevalue("thread")
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    call: Callable[..., object] = pyfuncitem.obj
    assert isinstance(executor, ThreadPoolExecutor)
    executor.submit(call, **arguments).result()
    return True
