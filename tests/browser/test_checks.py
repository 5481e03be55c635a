"""The checks of `fiel check --ui`, on Fiel's own pages, which must pass, and on pages that deceive, which must not."""

from typing import TYPE_CHECKING

import pytest

from fiel.cli.sandbox import Sandbox
from fiel.uicheck.checks import ALL, PATTERNS
from fiel.uicheck.obstructing import a_no_takes_no_more, the_ledger_has_what_was_pressed
from fiel.uicheck.outcome import Check
from fiel.uicheck.visitor import Visitor
from tests.browser.conftest import Hostile, come_in
from tests.browser.hostile import deceptions

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BY_NAME = pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)


@BY_NAME
def test_the_pages_pass(resident: Visitor, check: Check) -> None:
    """Fiel's own pages stand every check, on the narrowest phone."""
    for look in check.looks:
        outcome = look(resident)
        assert outcome.faults == ()
        assert outcome.looked > 0


@BY_NAME
def test_a_deception_is_seen(deceived: Visitor, honest: Hostile, check: Check) -> None:
    """The control: each check turns red on its own deception."""
    honest.site.on = frozenset({check.name})
    assert [fault.says for look in check.looks for fault in look(deceived).faults] != []


def test_every_check_has_its_deception() -> None:
    """A check that nobody has seen red proves nothing."""
    assert set(deceptions.ALL) == {check.name for check in ALL}
    assert set(deceptions.PATTERNS) == {check.name for check in PATTERNS}
    assert len(PATTERNS) == 16


@pytest.mark.proof
def test_a_no_that_is_asked_again_is_seen(browser: "Browser", box: Sandbox, honest: Hostile) -> None:
    """The control of pressing: a no that takes one press more than a yes is found."""
    honest.site.insists = True
    who = come_in(browser, box, honest.url, new=True)
    assert {fault.says for fault in a_no_takes_no_more(who).faults} == {"refusing_longer", "withdrawing_longer"}
    who.leave()


@pytest.mark.proof
def test_a_no_that_is_recorded_as_a_yes_is_seen(browser: "Browser", box: Sandbox, honest: Hostile) -> None:
    """The control of the ledger: a button that records something else is found by its receipt."""
    honest.site.forges = True
    who = come_in(browser, box, honest.url, new=True)
    assert {fault.says for fault in the_ledger_has_what_was_pressed(who).faults} == {"recorded_other"}
    who.leave()


@pytest.mark.proof
@BY_NAME
def test_the_pages_pass_everywhere(everywhere: Visitor, check: Check) -> None:
    """Fiel's own pages stand every check at 320, 390, 768 and 1280 pixels, light and dark, in Spanish and English."""
    for look in check.looks:
        assert look(everywhere).faults == ()


@pytest.mark.proof
@BY_NAME
def test_the_buttons_do_what_they_say(everywhere: Visitor, check: Check) -> None:
    """Pressed, the buttons of Fiel's own pages stand every check too."""
    for look in check.pressing:
        outcome = look(everywhere)
        assert outcome.faults == ()
        assert outcome.looked > 0


@pytest.mark.proof
def test_all_deceptions_at_once_are_seen(deceived: Visitor, honest: Hostile) -> None:
    """On a theme that practises all sixteen, all sixteen checks are red: none hides another."""
    honest.site.on = frozenset(deceptions.PATTERNS)
    blind = [check.name for check in PATTERNS if not any(look(deceived).faults for look in check.looks)]
    assert blind == []
