"""For everybody: WCAG 2.2 AA on every page, and how much of a connection it takes."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from fiel.uicheck.outcome import Fault, Outcome, seen
from fiel.uicheck.visitor import HEIGHT, LANDING, Sight, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Request

AXE: Final = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false,
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    rules: { "target-size": { enabled: true } } });
  return found.violations.map(each => [each.id, each.nodes[0].target.join(" "), each.nodes.length]);
}"""

HEAVIEST: Final = 80 * 1024
"""Bytes on the wire of everything that the page of choices asks for, headers included, with nothing kept before."""

MOST_STEPS: Final = 400
"""Presses of the tab key after which a page is said to hold the focus."""


def contrast(visitor: Visitor) -> Outcome:
    """All text stands out from what is behind it: by 4.5 to 1, large text by 3 to 1 (WCAG 1.4.3)."""
    return _everywhere(visitor, _pale)


def reflow(visitor: Visitor) -> Outcome:
    """Nothing is wider than the window, no text stands in a column of one word, no word is torn (WCAG 1.4.10)."""
    return _everywhere(visitor, _squeezed, dark=False)


def target_size(visitor: Visitor) -> Outcome:
    """Whatever is pressed is at least 24 pixels high and wide, but for a link within a sentence (WCAG 2.5.8)."""
    return _everywhere(visitor, _small, dark=False)


def keyboard(visitor: Visitor) -> Outcome:
    """The tab key leads to everything that can be pressed, in the order seen, marked, and nothing covers it."""
    looked, faults = 0, []
    for place in visitor.places:
        for width in dict.fromkeys((visitor.breadth.widths[0], visitor.breadth.widths[-1])):
            sight = visitor.open(place, language=visitor.languages[0])  # anew: the next tab starts from the top
            sight.page.set_viewport_size({"width": width, "height": HEIGHT})
            sight.width = width
            met, found = _tabbed(sight)
            looked += met
            faults += found
    return seen(looked, faults)


def axe(visitor: Visitor) -> Outcome:
    """The rules of axe-core for WCAG 2.0, 2.1 and 2.2, A and AA, find nothing; details opened."""
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    looked, faults = 0, []
    for sight in visitor.sights():
        sight.unfold()
        sight.page.evaluate(source)
        for view in sight.seen_at(visitor.breadth):
            looked += 1
            faults += [
                Fault(where=view.where, says="axe", named={"rule": rule, "what": what, "count": str(count)})
                for rule, what, count in view.page.evaluate(AXE)
            ]
    return seen(looked, faults)


def weight(visitor: Visitor) -> Outcome:
    """The page of choices weighs under 80 KB with all it asks for, and asks one host (nothing kept from before)."""
    came: list[Request] = []
    page = visitor.context.new_page()
    session = visitor.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("requestfinished", lambda request: came.append(request))  # noqa: PLW0108 - Playwright marks what it calls
    page.goto(visitor.url + LANDING, wait_until="networkidle")
    sizes = [each.sizes() for each in came]
    page.close()
    whole = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    faults = [Fault(where=LANDING, says="foreign_host", named={"what": host}) for host in sorted(visitor.foreign)]
    if whole > HEAVIEST:
        named = {"got": f"{whole / 1024:.0f}", "most": f"{HEAVIEST / 1024:.0f}"}
        faults.append(Fault(where=LANDING, says="heavy", named=named))
    return seen(len(sizes), faults)


def _everywhere(visitor: Visitor, look: Callable[[Sight], Iterator[Fault]], *, dark: bool = True) -> Outcome:
    """A look at every page in every way, with everything opened."""
    looked, faults = 0, []
    for sight in visitor.sights():
        sight.unfold()
        for view in sight.seen_at(visitor.breadth):
            if dark or not view.dark:
                looked += 1
                faults += list(look(view))
    return seen(looked, faults)


def _pale(view: Sight) -> Iterator[Fault]:
    for got, what in view.ask("faint"):
        yield Fault(where=view.where, says="faint", named={"got": got, "what": what})


def _squeezed(view: Sight) -> Iterator[Fault]:
    for says in ("wide", "narrow", "broken"):
        yield from (Fault(where=view.where, says=says, named={"what": what}) for what in view.ask(says)[:5])


def _small(view: Sight) -> Iterator[Fault]:
    yield from (Fault(where=view.where, says="small", named={"what": what}) for what in view.ask("small"))


def _tabbed(sight: Sight) -> tuple[int, list[Fault]]:
    """Walk a page by the tab key: how many were reached, and what was wrong with them."""
    faults: list[Fault] = []
    reached: list[int] = []
    before: Mapping[str, float] | None = None
    for _ in range(MOST_STEPS):
        sight.page.keyboard.press("Tab")
        now = sight.ask("focus")
        if now is None or now["at"] in reached:
            break
        reached.append(now["at"])
        named = {"what": now["what"]}
        if not now["marked"]:
            faults.append(Fault(where=sight.where, says="focus_unmarked", named=named))
        if not now["skip"] and (not now["inside"] or now["hidden"]):
            faults.append(Fault(where=sight.where, says="focus_covered", named=named))
        if before is not None and not now["skip"] and now["bottom"] < before["top"]:
            faults.append(Fault(where=sight.where, says="focus_jumps", named=named))
        before = None if now["skip"] else now
    missed = sight.ask("controls") - len(reached)
    if missed > 0:
        faults.append(Fault(where=sight.where, says="focus_missed", named={"count": str(missed)}))
    return len(reached), faults
