"""Skipping (EDPB 03/2022, annex I, 4.2): pages made so that nobody thinks of what they agree to."""

from typing import Final

from fiel.core.wording import promoting
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.pressing import somebody
from fiel.uicheck.visitor import LANDING, Visitor

UNSAID: Final = frozenset({"", "unknown", "requested", "erased"})
"""Where the person's own choice is not on record."""


def snugness(visitor: Visitor) -> Outcome:
    """Nothing is chosen before the person chose it: no button pressed, no box ticked (4.2.1)."""
    with somebody(visitor) as who:
        sight = who.open(LANDING, language=visitor.languages[0])
        rows = [row for row in sight.ask("rows") if row["status"] in UNSAID]
        faults = [
            Fault(where=sight.where, says="chosen_before", named={"what": row["name"], "label": button["label"]})
            for row in rows
            for button in row["buttons"]
            if button["pressed"]
        ]
        faults += [
            Fault(where=sight.where, says="ticked_before", named={"what": name}) for _, name in sight.ask("ticked")
        ]
    return seen(len(rows), faults)


def look_over_there(visitor: Visitor) -> Outcome:
    """In a card stands nothing that leads the eye away: no picture, nothing that moves, no offer, no foreign link."""
    looked, faults = 0, []
    for language in visitor.languages:
        sight = visitor.open(LANDING, language=language)
        for card in sight.ask("cards"):
            looked += 1
            for says, found in (("picture", card["pictures"]), ("leads_away", card["away"])):
                faults += [Fault(where=sight.where, says=says, named={"what": card["name"], "found": x}) for x in found]
            faults += [
                Fault(where=sight.where, says="promotion", named={"what": card["name"], "found": word})
                for word in promoting(card["text"], language)
            ]
    return seen(looked, faults)
