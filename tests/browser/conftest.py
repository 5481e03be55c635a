"""A real browser before the small shop of the demo. Where no Chromium is installed, nothing here is collected."""

from collections.abc import Iterator

import pytest

from fiel.demo.run import Filled
from tests.browser.chromium import Tab, chromium, found
from tests.demo.conftest import shop, url

__all__ = ["shop", "tab", "url"]

collect_ignore_glob = [] if found() else ["test_*.py"]


@pytest.fixture(scope="session")
def browser(shop: Filled) -> Iterator[Tab]:
    """One browser for all tests; it is started once the shop is there."""
    assert shop.key
    with chromium() as tab:
        yield tab


@pytest.fixture
def tab(browser: Tab) -> Tab:
    """Its tab, as wide as a desk."""
    browser.size(1280)
    return browser
