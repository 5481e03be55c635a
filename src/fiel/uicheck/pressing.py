"""Pressing the buttons of a choice as one test person, and reading what became of it: never without being allowed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from fiel.uicheck.visitor import LANDING, Sight, Visitor

NO: Final = "none"
MOST: Final = 5
"""Presses after which a button is said to lead nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What it took: how many presses until it was on record (None: never), and the mark that the card then bears."""

    presses: int | None
    mark: str
    label: str


@contextmanager
def somebody(visitor: Visitor) -> Iterator[Visitor]:
    """Somebody who was never there, where one can be made; else the visitor."""
    if visitor.newcomer is None:
        yield visitor
        return
    who = visitor.newcomer()
    try:
        yield who
    finally:
        who.leave()


def asked(visitor: Visitor) -> tuple[str, ...]:
    """The use cases that ask this visitor for a consent, those first that were never answered."""
    cards = visitor.open(LANDING).ask("cards")
    open_ones = [card["name"] for card in cards if card["mark"] == "open"]
    answered = [card["name"] for card in cards if card["mark"] in {"yes", "no"} and card["status"] != "objected"]
    return (*open_ones, *answered)


def offered(visitor: Visitor, use_case: str) -> tuple[str, ...]:
    """What the buttons of a use case send, in their order."""
    rows = visitor.open(LANDING).ask("rows")
    found = next((row for row in rows if row["kind"] == "choice" and row["name"] == use_case), None)
    return tuple(button["value"] for button in found["buttons"]) if found else ()


def press_choice(visitor: Visitor, use_case: str, value: str, *, language: str = "", script: bool = True) -> Pressed:
    """Press a button of a card until it is on record, through whatever pages come between."""
    sight = visitor.open(LANDING, language=language, script=script)
    label = next(
        (
            button["label"]
            for row in sight.ask("rows")
            if row["kind"] == "choice" and row["name"] == use_case
            for button in row["buttons"]
            if button["value"] == value
        ),
        "",
    )
    for presses in range(1, MOST + 1):
        sight.unfold()
        selector = f"form:has(input[name=use_case][value='{use_case}']) button[name=choice][value='{value}']"
        if sight.page.locator(selector).count() == 0:
            break
        sight = visitor.press(sight, selector)
        mark = _mark(sight, use_case)
        if mark == ("no" if value == NO else "yes"):
            return Pressed(presses=presses, mark=mark, label=label)
    return Pressed(presses=None, mark=_mark(visitor.open(LANDING), use_case), label=label)


def receipt_of(sight: Sight, use_case: str) -> str | None:
    """Where the receipt of what was just pressed is, as the card links it."""
    found = sight.page.locator(f"[data-use-case='{use_case}'] a[href^='/receipts/']")
    return str(found.first.get_attribute("href")) if found.count() else None


def _mark(sight: Sight, use_case: str) -> str:
    return next((str(card["mark"]) for card in sight.ask("cards") if card["name"] == use_case), "")
