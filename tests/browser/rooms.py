"""How a visitor of the demo's shop comes into the preference centre, and which pages there are."""

from typing import Final

from tests.browser.chromium import Tab

PAGES: Final = ("preferences", "data", "uses", "rights", "receipts", "changes", "rights/erase")


def come_in(tab: Tab, url: str, who: str, *, language: str = "es") -> None:
    """In by the button of the shop's page, as that person."""
    tab.open(f"{url}/demo?who={who}&lang={language}")
    tab.press("document.querySelector('form.into button')")


def card(use_case: str, within: str) -> str:
    """An expression for something within one card."""
    return f"document.querySelector('#card-{use_case} {within}')"
