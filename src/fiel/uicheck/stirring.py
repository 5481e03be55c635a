"""Stirring (EDPB 03/2022, annex I, 4.3): words and looks that decide in the person's place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from fiel.core.wording import pushing
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.visitor import LANDING, Place, Sight, Visitor

READ: Final = (LANDING, "/rights", "/rights/erase", "/changes")
"""Pages with words of Fiel and of the company alone: what products are called is nobody's argument."""

DECIDING: Final = (Place(name=LANDING, path=LANDING), Place(name="/rights/erase", path="/rights/erase"))
"""Pages on which a no stands beside a yes."""

LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3."""


def emotional_steering(visitor: Visitor) -> Outcome:
    """No word hurries, flatters, thanks, laments or recommends (4.3.1)."""
    looked, faults = 0, []
    for sight in visitor.sights([Place(name=path, path=path) for path in READ]):
        for text in texts(sight):
            looked += 1
            faults += [
                Fault(where=sight.where, says="pushes", named={"found": word, "text": brief(text)})
                for word in pushing(text, sight.language)
            ]
    return seen(looked, faults)


def hidden_in_plain_sight(visitor: Visitor) -> Outcome:
    """A no is drawn as its yes: same box, letters and colours, readable, uncovered; at each width, light and dark."""
    looked, faults = 0, []
    for sight in visitor.sights(DECIDING):
        for view in sight.seen_at(visitor.breadth):
            rows = view.ask("rows")
            looked += len(rows)
            for row in rows:
                faults += list(_unequal(view, row))
            faults += [
                Fault(where=view.where, says="covered", named={"what": name, "label": label})
                for name, label in view.ask("covered")
            ]
    return seen(looked, faults)


def texts(sight: Sight) -> Iterator[str]:
    """What a page says in its own language, part by part."""
    for text in sight.ask("texts"):
        if text["main"] and text["lang"] == sight.language:
            yield text["text"]


def brief(text: str) -> str:
    """So much of a text that one finds it."""
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - a line


def _unequal(view: Sight, row: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Fault]:
    named = {"what": str(row["name"] or row["kind"])}
    buttons = row["buttons"]
    shown = [button for button in buttons if button["shown"]]
    for button in buttons:
        if shown and (not button["shown"] or button["disabled"]):
            yield Fault(where=view.where, says="not_shown", named={**named, "label": str(button["label"])})
    for button in shown:
        if float(str(button["contrast"])) < LEAST_CONTRAST:
            got = f"{float(str(button['contrast'])):.2f}"
            yield Fault(where=view.where, says="pale", named={**named, "label": str(button["label"]), "got": got})
    if len({tuple(_box(button)) for button in shown}) > 1:
        yield Fault(where=view.where, says="other_box", named=named)
    if len({str(button["form"]) for button in shown}) > 1:
        yield Fault(where=view.where, says="other_letters", named=named)
    if len({str(button["colours"]) for button in shown if not button["pressed"]}) > 1:
        yield Fault(where=view.where, says="other_colours", named=named)


def _box(button: Mapping[str, object]) -> Sequence[int]:
    box = button["box"]
    return box[2:] if isinstance(box, list) else []
