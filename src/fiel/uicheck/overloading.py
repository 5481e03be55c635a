"""Overloading (EDPB 03/2022, annex I, 4.1): more asked, more hidden or more offered than anybody can deal with."""

from collections import Counter, deque
from collections.abc import Iterator
from typing import Final

from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.pressing import NO, asked, press_choice, somebody
from fiel.uicheck.visitor import FIXED, LANDING, Breadth, Sight, Visitor

ENDS: Final = Breadth(widths=(390, 1280), dark=(False,))
FEW: Final = 7
"""How many uses of an area, and how many buttons of one choice, somebody takes in at once."""

STEPS: Final = 2
"""Activations after which every choice and every right is before the person; pressing it comes on top."""

FARTHEST: Final = 4
"""How deep the maze is walked before something is said not to be reachable."""


def continuous_prompting(visitor: Visitor) -> Outcome:
    """Nothing lies over a page, takes the focus or comes again by itself, and a page asks each thing once (4.1.1)."""
    looked, faults = 0, []
    for sight in visitor.sights():
        looked += 1
        faults += [*_over(sight), *_asked_again(sight)]
    return seen(looked, faults)


def a_no_is_final(visitor: Visitor) -> Outcome:
    """After a no, no page asks that again: the card says no, and nothing comes over it (4.1.1)."""
    faults: list[Fault] = []
    with somebody(visitor) as who:
        use_case = next(iter(asked(who)), None)
        if use_case is None:
            return Outcome(looked=0)
        press_choice(who, use_case, NO)
        for place in who.places:
            sight = who.open(place)
            faults += _over(sight)
            faults += [
                Fault(where=sight.where, says="asked_after_no", named={"what": use_case})
                for row in sight.ask("rows")
                if row["kind"] == "choice" and row["name"] == use_case and row["mark"] != "no"
            ]
        return seen(len(who.places), faults)


def privacy_maze(visitor: Visitor) -> Outcome:
    """Every choice and every right is before the person after two activations, counted by following links (4.1.2)."""
    reached = dict(_walked(visitor))
    pages = {path: steps for (path, kind, _), steps in reached.items() if kind == "page"}
    faults = [Fault(where=path, says="not_reached", named={"steps": str(STEPS)}) for path in FIXED if path not in pages]
    for (path, kind, name), steps in reached.items():
        if steps > STEPS:
            what = name or path
            faults.append(Fault(where=path, says=f"far_{kind}", named={"what": what, "steps": str(steps)}))
    return seen(len(reached), faults)


def too_many_options(visitor: Visitor) -> Outcome:
    """No more than seven uses of an area stand open at once, and no choice has more than seven buttons (4.1.3)."""
    sight = visitor.open(LANDING, language=visitor.languages[0])
    areas, rows = sight.ask("areas"), sight.ask("rows")
    faults = [
        Fault(where=sight.where, says="many_uses", named={"what": area["title"], "count": str(len(area["cards"]))})
        for area in areas
        if len(area["cards"]) > FEW
    ]
    faults += [
        Fault(where=sight.where, says="many_buttons", named={"what": row["name"], "count": str(len(row["buttons"]))})
        for row in rows
        if len(row["buttons"]) > FEW
    ]
    return seen(len(areas) + len(rows), faults)


def _over(sight: Sight) -> Iterator[Fault]:
    for view in sight.seen_at(ENDS):
        yield from (Fault(where=view.where, says="over", named={"what": what}) for what in view.ask("over"))


def _asked_again(sight: Sight) -> Iterator[Fault]:
    asked = Counter((row["kind"], row["name"]) for row in sight.ask("rows"))
    for (_, name), times in asked.items():
        if times > 1:
            yield Fault(where=sight.where, says="asked_twice", named={"what": name})


def _walked(visitor: Visitor) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Pages and choices by the activations that lead to them, the nearest way first."""
    waiting, met = deque([(LANDING, 0)]), {_kind(LANDING)}
    while waiting:
        path, steps = waiting.popleft()
        yield (path, "page", ""), steps
        sight = visitor.open(path, language=visitor.languages[0])
        for row in sight.ask("rows"):
            nearest = min(button["depth"] for button in row["buttons"])
            yield (path, "choice", row["name"]), steps + nearest
        for link in sorted(sight.ask("links"), key=lambda each: int(each["depth"])):
            kind, cost = _kind(link["path"]), steps + 1 + int(link["depth"])
            follows = link["own"] and link["shown"] and not link["download"] and "?" not in link["written"]
            if follows and kind not in met and cost <= FARTHEST:
                met.add(kind)
                if kind not in FIXED and not visitor.is_page(link["path"]):
                    continue
                waiting.append((link["path"], cost))


def _kind(path: str) -> str:
    """One page of each kind is walked through: every decision has the same page."""
    return path if path in FIXED else path.split("/")[1]
