"""Obstructing (EDPB 03/2022, annex I, 4.4): ways that end, are longer for a no, or do not do what they say."""

import re
from collections.abc import Iterator
from typing import Final

from fiel.bootstrap import load_phrases
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.pressing import NO, asked, offered, press_choice, receipt_of, somebody
from fiel.uicheck.visitor import LANDING, Place, Sight, Visitor

BROKEN: Final = 400
FILL: Final = """form => form.querySelectorAll('[required]').forEach(each => {
  if (!each.value) each.value = each.type === 'date' ? '2001-01-31' : each.type === 'number' ? '1' : 'x'; })"""
MOST: Final = 3
"""Use cases whose buttons are pressed: the buttons of all are made by the same template."""

TAKING: Final = ("/rights", LANDING)
"""Pages with forms after which others have fewer."""

LAST: Final = {"/rights/erase": "/rights/erase", "/leave": LANDING}
"""Forms after which nobody is in any more, and the pages on which they are."""


def dead_end(visitor: Visitor) -> Outcome:
    """Every link leads somewhere, every form can be sent, and no script is needed for either (4.4.1)."""
    faults: list[Fault] = []
    met: set[str] = set()
    looked = 0
    for place in visitor.places:
        sight = visitor.open(place, language=visitor.languages[0])
        with_script = len(sight.ask("rows"))
        for link in sight.ask("links"):
            looked += 1
            faults += list(_link(visitor, sight, link, met=met))
        for form in sight.ask("forms"):
            looked += 1
            if not form["own"] or not form["sends"] or form["dead"]:
                faults.append(Fault(where=sight.where, says="form_stuck", named={"what": form["action"]}))
        plain = visitor.open(place, language=visitor.languages[0], script=False)
        if len(plain.ask("rows")) != with_script:
            faults.append(Fault(where=plain.where, says="needs_script"))
    return seen(looked, faults)


def every_form_completes(visitor: Visitor) -> Outcome:
    """With no script, one form of each kind on each page is sent, and a page that is no problem answers (4.4.1).

    What ends a visit, erasing and leaving, is sent by newcomers only, where they can be made.
    """
    faults: list[Fault] = []
    sent: set[tuple[str, str]] = set()
    # What takes away the forms of other pages comes last: to limit what is held, and to say no to it.
    for place in sorted(visitor.places, key=lambda each: TAKING.index(each.name) if each.name in TAKING else -1):
        while (form := _unsent(visitor, place, sent)) is not None:
            faults += _sent(visitor, *form)
    for action, page in LAST.items() if visitor.newcomer else ():
        with somebody(visitor) as who:
            sent.add((page, action))
            sight = who.open(page, script=False)
            faults += _sent(who, sight, action)
    return seen(len(sent), faults)


def longer_than_necessary(visitor: Visitor) -> Outcome:
    """A no lies no deeper in the page than any yes of the same choice (4.4.2)."""
    looked, faults = 0, []
    for place in (LANDING, "/rights/erase"):
        sight = visitor.open(place, language=visitor.languages[0])
        for row in sight.ask("rows"):
            looked += 1
            no = [button["depth"] for button in row["buttons"] if button["no"]]
            yes = [button["depth"] for button in row["buttons"] if not button["no"]]
            if not no or (yes and min(no) > min(yes)):
                faults.append(Fault(where=sight.where, says="no_deeper", named={"what": row["name"]}))
    return seen(looked, faults)


def a_no_takes_no_more(visitor: Visitor) -> Outcome:
    """Refusing takes no more presses than giving, and withdrawing none more either (4.4.2; GDPR art. 7(3))."""
    faults, looked = [], 0
    with somebody(visitor) as who:
        for use_case in asked(who)[:MOST]:
            yes = next((value for value in offered(who, use_case) if value != NO), None)
            if yes is None:
                continue
            refused = press_choice(who, use_case, NO).presses
            given = press_choice(who, use_case, yes).presses
            withdrawn = press_choice(who, use_case, NO).presses
            looked += 1
            for says, got in (("refusing_longer", refused), ("withdrawing_longer", withdrawn)):
                if got is None or (given is not None and got > given):
                    named = {"what": use_case, "no": str(got or "–"), "yes": str(given or "–")}
                    faults.append(Fault(where=LANDING, says=says, named=named))
    return seen(looked, faults)


def misleading_action(visitor: Visitor) -> Outcome:
    """What a button says is what it sends: the words of what it sends, and of nothing else (4.4.3)."""
    looked, faults = 0, []
    for language in visitor.languages:
        sight = visitor.open(LANDING, language=language)
        for row in sight.ask("rows"):
            for button in row["buttons"]:
                looked += 1
                wanted = _words(language, row["kind"], button["value"])
                if wanted and not any(re.fullmatch(each, button["label"]) for each in wanted):
                    named = {"what": row["name"], "label": button["label"], "sends": button["value"]}
                    faults.append(Fault(where=sight.where, says="says_other", named=named))
    return seen(looked, faults)


def the_ledger_has_what_was_pressed(visitor: Visitor) -> Outcome:
    """The receipt of a press has the status, the level and the language of the button that was pressed (4.4.3)."""
    faults, looked = [], 0
    language = visitor.languages[-1]
    with somebody(visitor) as who:
        for use_case in asked(who)[:MOST]:
            for value in sorted(offered(who, use_case), key=lambda each: each == NO):
                pressed = press_choice(who, use_case, value, language=language)
                path = receipt_of(who.open(LANDING, language=language), use_case)
                entry = who.receipt(path).get("entry") if path else None
                looked += 1
                if not isinstance(entry, dict) or not _recorded(entry, value, language=language):
                    named = {"what": use_case, "label": pressed.label, "sends": value}
                    faults.append(Fault(where=LANDING, says="recorded_other", named=named))
    return seen(looked, faults)


def _recorded(entry: dict[str, object], value: str, *, language: str) -> bool:
    no = entry.get("status") in {"refused", "withdrawn", "objected"}
    as_pressed = no if value == NO else entry.get("status") == "given" and entry.get("level") == value
    return as_pressed and entry.get("language") == language


def _link(visitor: Visitor, sight: Sight, link: dict[str, str], *, met: set[str]) -> Iterator[Fault]:
    named = {"what": link["text"] or link["written"]}
    if link["scheme"] == "javascript:" or link["written"] == "#" or not link["there"]:
        yield Fault(where=sight.where, says="link_nowhere", named=named)
    elif link["own"] and link["scheme"] in {"http:", "https:"} and link["written"] not in met:
        met.add(link["written"])
        path = link["href"].removeprefix(visitor.url)
        if visitor.status(path) >= BROKEN:
            yield Fault(where=sight.where, says="link_broken", named=named)


def _unsent(visitor: Visitor, place: Place, sent: set[tuple[str, str]]) -> tuple[Sight, str] | None:
    """The next form of a page, as it is now, of a kind that was not sent yet."""
    sight = visitor.open(place, script=False)
    for form in sight.ask("forms"):
        kind = (place.name, str(form["action"]))
        if form["method"] == "post" and form["sends"] and kind not in sent and form["action"] not in LAST:
            sent.add(kind)
            return sight, str(form["action"])
    return None


def _sent(visitor: Visitor, sight: Sight, action: str) -> Iterator[Fault]:
    sight.unfold()
    form = f"form[method=post][action$='{action}']"
    sight.page.locator(form).first.evaluate(FILL)
    pressed = visitor.press(sight, f"{form} button")
    if pressed.status >= BROKEN:
        yield Fault(where=sight.where, says="form_fails", named={"what": action})


def _words(language: str, kind: str, value: str) -> list[str]:
    """The sentences that Fiel has for what a button sends, as patterns; none for a language that it does not speak."""
    phrases = load_phrases().get(language)
    if phrases is None:
        return []
    keys = {
        ("choice", NO): ["centre.option.consent.none", "centre.option.other.none"],
        ("teach", "no"): ["centre.teach.no"],
        ("teach", "yes"): ["centre.teach.yes"],
        ("wide", "nothing"): ["centre.area.nothing"],
        ("wide", "least"): ["centre.area.least"],
    }.get((kind, value), [])
    if kind == "choice" and value != NO:
        name = phrases.get(f"level.{value}", "")
        return [re.escape(name), re.escape(phrases["centre.option.other.up_to"].replace("{level}", name))]
    return [re.sub(r"\\\{\w+\\\}", ".+", re.escape(phrases[key])) for key in keys if key in phrases]
