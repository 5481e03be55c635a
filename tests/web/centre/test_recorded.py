"""Every button of every card: what it says is what the ledger has, with where, in which language and what was shown."""

import json
import re

import pytest

from fiel.core.consent.receipt import Genuine, verify_receipt
from fiel.keys.signer import public_key_in, verify
from fiel.operations.show import show_choices
from tests.laws.world import CARD, PICKS
from tests.web.centre.people import Browser, Centre
from tests.web.serving import ANA, say_yes

CHOOSE = "/preferences/choose"
Button = tuple[str, str, str, str, str]

BUTTONS: list[Button] = [
    (PICKS, "choice", "none", "refused", ""),
    (PICKS, "choice", "context", "given", "context"),
    (PICKS, "choice", "declared", "given", "declared"),
    (PICKS, "choice", "observed", "given", "observed"),
    (PICKS, "teach", "yes", "given", "observed"),
    (PICKS, "teach", "no", "given", "observed"),
    (PICKS, "limit", "offer", "restricted", ""),
    (PICKS, "limit", "lift", "given", "observed"),
    (CARD, "choice", "none", "objected", "none"),
    (CARD, "limit", "offer", "restricted", ""),
    (CARD, "limit", "lift", "objected", "observed"),
]
"""Each button that a card can have: its use, its name and value, and the status and level that it is recorded as."""

BEFORE = {"teach": "observed", "limit": "observed"}
"""The yes that a button stands beside."""


def press(browser: Browser, use_case: str, offer: tuple[str, str]) -> str:
    """Press a button on a fresh page; where its receipt is."""
    page = browser.get("/preferences")
    form = next(
        form for form in page.forms
        if form.action == CHOOSE and form.hidden["use_case"] == use_case and offer in form.offers
    )  # fmt: skip
    page = browser.post(CHOOSE, form.hidden | dict([offer]))
    found = re.search(r'<div class="note" role="status">.*?href="(/receipts/\d+)"', page.text, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("button", BUTTONS, ids="-".join)
def test_what_was_pressed_is_on_record(button: Button, language: str) -> None:
    """Status, level, page, language and the digest of what was shown; and its receipt is genuine without asking us."""
    use_case, name, value, status, level = button
    centre = Centre()
    if name in BEFORE and use_case == PICKS:
        say_yes(centre.house)
    browser = Browser(centre, language=language)
    browser.come_in()
    if value == "lift":
        press(browser, use_case, ("limit", "offer"))
    receipt = json.loads(browser.get(press(browser, use_case, (name, value)) + "?download").text)
    entry = receipt["entry"]
    notice = next(stand.notice for stand in show_choices(centre.house, ANA) if stand.use_case.id == use_case)
    assert (entry["status"], entry["interface"], entry["language"]) == (status, "centre", language)
    assert (entry["attested_by"], entry["notice"]) == ("person", notice)
    assert (entry.get("level") or "") == level
    assert entry["contributes"] is (value == "yes")
    key = public_key_in(browser.get("/public.pem").text.encode())
    assert isinstance(verify_receipt(receipt, public_key=key, verify=lambda m, s: verify(key, m, s)), Genuine)


def test_no_button_is_left_out() -> None:
    """The table has every button that any card of this house shows, whatever was chosen before."""
    centre, seen = Centre(), set()
    browser = Browser(centre)
    browser.come_in()
    for use_case, name, value, _, _ in [("", "", "", "", ""), *BUTTONS]:
        if use_case and name == "choice":
            press(browser, use_case, (name, value))
        for form in browser.get("/preferences").forms:
            if form.action == CHOOSE:
                seen |= {(form.hidden["use_case"], *offer) for offer in form.offers}
    known = {(use_case, name, value) for use_case, name, value, _, _ in BUTTONS}
    assert seen - known <= {(CARD, "choice", "observed")}
    assert {offer for offer in known if offer[2] != "lift"} <= seen
