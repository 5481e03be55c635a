"""The balance of the demo's suggestions: its page, and what stands beside each level."""

import re
from pathlib import Path
from threading import Event

from fiel.core.ids import Version
from fiel.core.promise.measured import Likely, Measured, Method, figure, unknown
from fiel.core.promise.usecase import Level
from fiel.demo.measuring import measure, measuring, report
from fiel.demo.people import SUGGESTIONS
from fiel.demo.run import Filled
from fiel.operations.house import House
from tests.demo.test_shop import ask


def keep(house: House, *, version: str | None = None) -> None:
    """Keep figures of three levels as if they had been measured, one of them of too few people."""
    with house.store.read() as tx:
        current = house.shelf.now(tx).versions[SUGGESTIONS]
    likely = Likely(share=0.125, low=0.1, high=0.15)
    figures = (
        figure(Level.NONE, people=80, right=Likely(share=0.08, low=0.07, high=0.09)),
        figure(Level.CONTEXT, people=80, right=likely),
        unknown(Level.DECLARED),
        figure(Level.OBSERVED, people=80, right=Likely(share=0.5, low=0.4, high=0.6)),
    )
    measured = Measured(
        use_case=SUGGESTIONS,
        version=Version(version or current),
        at=house.clock.now(),
        method=Method.NEXT_VISIT,
        k=10,
        figures=figures,
    )
    house.store.write(lambda tx: tx.measurements.put(measured)).result()


def test_each_level_is_shown_with_what_it_brings(shop: Filled, url: str) -> None:
    """Beside each button of a measured use case stands how often it is right, and nowhere else a word of it."""
    keep(shop.fiel.house)
    text = ask(url, "/demo?who=carmen&lang=en")[2]
    card = text[text.index('id="suggestions"') : text.index("</article>", text.index('id="suggestions"'))]
    told = re.findall(r'<small class="benefit">([^<]*)', card)
    assert told == [
        "About 1 suggestion in 12 is right",
        "About 1 suggestion in 8 is right",
        "Not enough to tell how often it is right",
        "About 5 of 10 suggestions are right",
    ]
    assert "with 80 people" in card
    assert text.count('class="benefit"') == len(told)


def test_what_was_measured_of_another_version_is_not_shown(shop: Filled, url: str) -> None:
    """Figures of what is no longer in force say nothing of what is."""
    keep(shop.fiel.house, version="0" * 64)
    assert 'class="benefit"' not in ask(url, "/demo?who=carmen&lang=en")[2]


def test_the_page_of_the_balance_opens_once_it_is_measured(shop: Filled, url: str) -> None:
    """Until then its place says so; afterwards the very file that was written is shown, with no style but its own."""
    folder, house = shop.fiel.settings.data.parent, shop.fiel.house
    assert "being measured" in ask(url, "/demo/balance/suggestions?lang=en")[2]
    measure(house, folder, stop=Event())
    status, headers, text = ask(url, "/demo/balance/suggestions?lang=en")
    assert status == 200
    assert text == report(folder, SUGGESTIONS, "en").read_text(encoding="utf-8")
    assert re.search(r"style-src 'sha256-[^']+'; ", headers["content-security-policy"])
    assert "<script" not in text
    with house.store.read() as tx:
        assert tx.measurements.of(SUGGESTIONS) is not None


def test_a_demo_that_ends_does_not_wait(shop: Filled, tmp_path: Path) -> None:
    """A measurement that is under way stops when the demo does, and leaves no page behind."""
    with measuring(shop.fiel.house, tmp_path):
        pass
    assert not report(tmp_path, SUGGESTIONS, "es").exists()
