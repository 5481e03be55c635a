"""Fickle (EDPB 03/2022, annex I, 4.5): pages in which one cannot find one's way, nor rely on what one learnt."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from fiel.core.wording import EASY, sounds_like, words
from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.stirring import DECIDING, brief
from fiel.uicheck.visitor import FIXED, LANDING, Sight, Visitor

ENOUGH_WORDS: Final = 6
"""Of fewer words nobody can say in which language they are."""

SAME_LINE: Final = 3
"""Pixels by which two buttons of one line may differ in height."""

LADDER: Final = ("none", "context", "declared", "device", "observed", "inferred", "acquired")


def lacking_hierarchy(visitor: Visitor) -> Outcome:
    """One heading of the first rank, areas of the second, uses of the third, and no rank left out (4.5.1)."""
    looked, faults = 0, []
    for sight in visitor.sights():
        ranks = [rank for rank, _ in sight.ask("headings")]
        looked += len(ranks)
        if ranks.count(1) != 1 or ranks[:1] != [1] or sight.ask("mains") != 1:
            faults.append(Fault(where=sight.where, says="not_one_title"))
        faults += [
            Fault(where=sight.where, says="rank_left_out", named={"what": text})
            for (before, _), (rank, text) in pairwise(sight.ask("headings"))
            if rank > before + 1
        ]
        for area in sight.ask("areas") if sight.place.path == LANDING else []:
            if not area["heading"]:
                faults.append(Fault(where=sight.where, says="area_untitled", named={"what": brief(area["title"])}))
            faults += [
                Fault(where=sight.where, says="card_untitled", named={"what": card["name"]})
                for card in area["cards"]
                if not card["heading"]
            ]
    return seen(looked, faults)


def decontextualising(visitor: Visitor) -> Outcome:
    """Each page is at its fixed place, the same way leads to it from everywhere, and data stand with their use."""
    faults, rooms = [], None
    for path in FIXED:
        sight = visitor.open(path, language=visitor.languages[0])
        here, now = urlsplit(sight.page.url).path, sight.ask("rooms")
        rooms = rooms or now
        if here != path:
            faults.append(Fault(where=path, says="moved", named={"what": here}))
        if now != rooms:
            faults.append(Fault(where=path, says="other_ways"))
        if path in {each for each, _ in now} and sight.ask("here") != [path]:
            faults.append(Fault(where=path, says="not_marked"))
    cards = visitor.open(LANDING, language=visitor.languages[0]).ask("cards")
    faults += [
        Fault(where=LANDING, says="data_elsewhere", named={"what": card["name"]}) for card in cards if not card["needs"]
    ]
    return seen(len(FIXED) + len(cards), faults)


def inconsistent_interface(visitor: Visitor) -> Outcome:
    """No stands first, left or above, and levels in one order: in every choice, on every page, at every width."""
    looked, faults = 0, []
    for sight in visitor.sights(DECIDING):
        for view in sight.seen_at(visitor.breadth):
            if view.dark:
                continue
            for row in view.ask("rows"):
                looked += 1
                faults += list(_out_of_order(view, row))
    return seen(looked, faults)


def language_discontinuity(visitor: Visitor) -> Outcome:
    """Everything on a page is in the language that was chosen, and a link does not change it (4.5.4)."""
    looked, faults = 0, []
    heard_of = tuple({*visitor.languages, *EASY})
    for sight in visitor.sights():
        if sight.ask("language") != sight.language:
            faults.append(Fault(where=sight.where, says="other_language_declared"))
        for text in sight.ask("texts"):
            if text["lang"] != sight.language or len(words(text["text"])) < ENOUGH_WORDS:
                continue
            looked += 1
            heard = sounds_like(text["text"], heard_of)
            if heard not in {None, sight.language}:
                faults.append(Fault(where=sight.where, says="other_language", named={"text": brief(text["text"])}))
    for language in visitor.languages:
        visitor.open(LANDING, language=language)
        for path in FIXED[1:]:
            looked += 1
            if visitor.open(path).ask("language") != language:
                faults.append(Fault(where=f"{path} · {language}", says="language_lost"))
    return seen(looked, faults)


def _out_of_order(view: Sight, row: Mapping[str, Sequence[Mapping[str, object]]]) -> Iterator[Fault]:
    named = {"what": str(row["name"] or row["kind"])}
    buttons = [button for button in row["buttons"] if button["shown"]]
    if buttons and not buttons[0]["no"]:
        yield Fault(where=view.where, says="no_not_first", named=named)
    no = next((button for button in buttons if button["no"]), None)
    if no is not None and any(_stands_before(button, no) for button in buttons if button is not no):
        yield Fault(where=view.where, says="no_not_left", named=named)
    levels = [LADDER.index(str(button["value"])) for button in buttons if button["value"] in LADDER]
    if levels != sorted(levels):
        yield Fault(where=view.where, says="levels_shuffled", named=named)


def _stands_before(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether a button is left of another in its line, or in a line above."""
    (x, y), (left, top) = _corner(one), _corner(other)
    return y < top - SAME_LINE or (abs(y - top) <= SAME_LINE and x < left)


def _corner(button: Mapping[str, object]) -> tuple[int, int]:
    box = button["box"]
    return (int(box[0]), int(box[1])) if isinstance(box, list) else (0, 0)
