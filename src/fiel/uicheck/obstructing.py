"""Obstructing (EDPB 03/2022, annex I, 4.4): ways that end, are longer for a no, or do not do what they say."""

import re
from collections.abc import Iterator
from typing import Final

from fiel.bootstrap import load_phrases
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.pressing import NO, offered, press_choice, receipt_of, undecided
from fiel.uicheck.visitor import LANDING, Sight, Visitor

BROKEN: Final = 400
FILL: Final = """form => form.querySelectorAll('[required]').forEach(each => {
  if (!each.value) each.value = each.type === 'date' ? '2001-01-31' : each.type === 'number' ? '1' : 'x'; })"""
LAST: Final = ("/rights/erase", "/leave")
"""Forms after which nobody is in any more."""


def dead_end(visitor: Visitor) -> Outcome:
    """Every link leads somewhere, every form can be sent, and no script is needed for either (4.4.1)."""
    faults, met, looked = [], set(), 0
    for place in visitor.places:
        sight = visitor.open(place, language=visitor.languages[0])
        with_script = len(sight.ask("rows"))
        for link in sight.ask("links"):
            looked += 1
            faults += list(_link(visitor, sight, link, met))
        for form in sight.ask("forms"):
            looked += 1
            if not form["own"] or not form["sends"] or form["dead"]:
                faults.append(Fault(where=sight.where, says="form_stuck", named={"what": form["action"]}))
        plain = visitor.open(place, language=visitor.languages[0], script=False)
        if len(plain.ask("rows")) != with_script:
            faults.append(Fault(where=plain.where, says="needs_script"))
    return seen(looked, faults)


def every_form_completes(visitor: Visitor) -> Outcome:
    """With no script, one form of each kind on each page is sent, and a page that is no problem answers (4.4.1)."""
    faults, sent = [], set()
    for place in visitor.places:
        sight = visitor.open(place, script=False)
        for index, form in enumerate(sight.ask("forms")):
            kind = (place.name, form["action"])
            if form["method"] != "post" or kind in sent or form["action"] in LAST:
                continue
            sent.add(kind)
            faults += list(_sent(visitor, visitor.open(place, script=False), index, str(form["action"])))
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
    for use_case in tuple(undecided(visitor)):
        yes = next((value for value in offered(visitor, use_case) if value != NO), None)
        if yes is None:
            continue
        refused = press_choice(visitor, use_case, NO).presses
        given = press_choice(visitor, use_case, yes).presses
        withdrawn = press_choice(visitor, use_case, NO).presses
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
    for use_case in tuple(undecided(visitor))[:2]:
        for value in offered(visitor, use_case):
            pressed = press_choice(visitor, use_case, value, language=language)
            path = receipt_of(visitor.open(LANDING, language=language), use_case)
            entry = visitor.receipt(path).get("entry") if path else None
            looked += 1
            if not isinstance(entry, dict) or not _recorded(entry, value):
                named = {"what": use_case, "label": pressed.label, "sends": value}
                faults.append(Fault(where=LANDING, says="recorded_other", named=named))
    return seen(looked, faults)


def _recorded(entry: dict[str, object], value: str) -> bool:
    no = entry.get("status") in {"refused", "withdrawn", "objected"}
    return no if value == NO else entry.get("status") == "given" and entry.get("level") == value


def _link(visitor: Visitor, sight: Sight, link: dict[str, str], met: set[str]) -> Iterator[Fault]:
    named = {"what": link["text"] or link["written"]}
    if link["scheme"] == "javascript:" or link["written"] == "#" or not link["there"]:
        yield Fault(where=sight.where, says="link_nowhere", named=named)
    elif link["own"] and link["scheme"] in {"http:", "https:"} and link["written"] not in met:
        met.add(link["written"])
        path = link["href"].removeprefix(visitor.url)
        if visitor.status(path) >= BROKEN:
            yield Fault(where=sight.where, says="link_broken", named=named)


def _sent(visitor: Visitor, sight: Sight, index: int, action: str) -> Iterator[Fault]:
    sight.unfold()
    form = sight.page.locator("form").nth(index)
    form.evaluate(FILL)
    pressed = visitor.press(sight, f":nth-match(form, {index + 1}) button")
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

