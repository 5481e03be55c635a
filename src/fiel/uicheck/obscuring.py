"""Left in the dark (EDPB 03/2022, annex I, 4.6): pages that contradict themselves, or leave open what they mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from fiel.core.wording import EASY, LONGEST_SENTENCE, ease, hedging, jargon, knows, sentences, words
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.stirring import READ, brief, texts
from fiel.uicheck.visitor import LANDING, Place, Sight, Visitor

LADDER: Final = ("none", "context", "declared", "device", "observed", "inferred", "acquired")


def conflicting_information(visitor: Visitor) -> Outcome:
    """What a card states, the button that is pressed, the count of its area and its list of data all agree (4.6.1)."""
    looked, faults = 0, []
    for language in visitor.languages:
        sight = visitor.open(LANDING, language=language)
        rows = {row["name"]: row for row in sight.ask("rows") if row["kind"] == "choice"}
        cards = {card["name"]: card for card in sight.ask("cards")}
        for name, row in rows.items():
            looked += 1
            faults += list(_pressed_otherwise(sight, row))
            faults += list(_named_otherwise(sight, row, cards.get(name)))
        for area in sight.ask("areas"):
            looked += 1
            faults += list(_counted_otherwise(sight, area))
    return seen(looked, faults)


def ambiguous_wording(visitor: Visitor) -> Outcome:
    """No word hedges or is for specialists, no sentence runs on, and a page is easy to read (4.6.2)."""
    looked, faults = 0, []
    for sight in visitor.sights([Place(name=path, path=path) for path in READ]):
        if not knows(sight.language):
            continue
        said = [text for text in texts(sight) if words(text)]
        looked += len(said)
        faults += [fault for text in said for fault in _unclear(sight, text)]
        figure = ease("\n".join(said), sight.language)
        if figure is not None and figure < EASY[sight.language]:
            named = {"got": f"{figure:.0f}", "least": f"{EASY[sight.language]:.0f}"}
            faults.append(Fault(where=sight.where, says="hard_to_read", named=named))
    return seen(looked, faults)


def _pressed_otherwise(sight: Sight, row: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Fault]:
    pressed = [button for button in row["buttons"] if button["pressed"]]
    mark = str(row["mark"])
    no = bool(pressed) and bool(pressed[0]["no"])
    agrees = {"no": no, "yes": bool(pressed) and not no, "open": not pressed}.get(mark, True)
    if len(pressed) > 1 or not agrees:
        yield Fault(where=sight.where, says="states_other", named={"what": str(row["name"])})


def _named_otherwise(
    sight: Sight,
    row: Mapping[str, Sequence[Mapping[str, object]]],
    card: Mapping[str, Sequence[Mapping[str, str]]] | None,
) -> Iterator[Fault]:
    """Each level's button names every piece of data up to it, and none beyond: as the card's table has them."""
    for button in row["buttons"]:
        value = str(button["value"])
        if card is None or value not in LADDER or button["no"]:
            continue
        for need in card["needs"]:
            within = LADDER.index(need["level"]) <= LADDER.index(value)
            named = need["what"].lower() in str(button["text"]).lower()
            if within != named and need["level"] != "context":
                says = "data_unnamed" if within else "data_overnamed"
                told = {"what": str(row["name"]), "label": str(button["label"]), "found": need["what"]}
                yield Fault(where=sight.where, says=says, named=told)


def _counted_otherwise(sight: Sight, area: Mapping[str, object]) -> Iterator[Fault]:
    cards = area["cards"]
    told = sorted(int(word) for word in str(area["counts"]).split() if word.isdecimal())
    marks = [str(card["mark"]) for card in cards] if isinstance(cards, list) else []
    if told != sorted(marks.count(mark) for mark in set(marks)):
        yield Fault(where=sight.where, says="counts_other", named={"what": str(area["title"])})


def _unclear(sight: Sight, text: str) -> Iterator[Fault]:
    for says, found in (("hedges", hedging(text, sight.language)), ("jargon", jargon(text, sight.language))):
        yield from (Fault(where=sight.where, says=says, named={"found": word, "text": brief(text)}) for word in found)
    for sentence in sentences(text):
        if len(words(sentence)) > LONGEST_SENTENCE:
            yield Fault(where=sight.where, says="runs_on", named={"text": brief(sentence)})
