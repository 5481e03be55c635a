"""The preference centre under somebody's hands: by clicks without a script, and by the keyboard alone."""

from typing import TYPE_CHECKING

from fiel.cli.sandbox import Sandbox
from fiel.uicheck.pressing import asked, press_choice
from tests.browser.conftest import come_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_all_of_it_works_without_a_script(browser: "Browser", box: Sandbox) -> None:
    """Saying yes and no, an area at once, leaving: one press each, and no script is on the page or runs."""
    who = come_in(browser, box, box.url, new=True)
    use_case = asked(who)[0]
    for value, mark in (("declared", "yes"), ("none", "no")):
        pressed = press_choice(who, use_case, value, script=False)
        assert (pressed.presses, pressed.mark) == (1, mark)
    sight = who.open("/preferences", script=False)
    assert sight.page.evaluate("document.scripts.length") == 0
    who.press(sight, "button[name=wide][value=nothing]")
    area = who.open("/preferences").ask("areas")[0]
    assert {card["mark"] for card in area["cards"]} <= {"no", "none"}
    left = who.press(who.open("/preferences", script=False), "form[action='/leave'] button")
    assert left.place.name == "/left"
    assert who.status("/preferences") == 401
    who.leave()


def test_a_choice_is_made_by_the_keyboard(browser: "Browser", box: Sandbox) -> None:
    """Tab leads to the first no of the page, Enter presses it, and the card says what is recorded."""
    who = come_in(browser, box, box.url, new=True)
    use_case = asked(who)[0]
    page = who.open("/preferences").page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(e => e.name === 'choice' && e.value === 'none')(document.activeElement)"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    card = page.locator(f"[data-use-case='{use_case}']")
    assert card.get_attribute("data-mark") == "no"
    assert card.locator("a[href^='/receipts/']").count() > 0
    who.leave()
