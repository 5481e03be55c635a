"""`make screens`: every page as a picture, at two widths, light and dark, in both languages; into `screens/`.

To be looked at: a machine finds that a page fits, and not whether one would be ashamed of it. Whoever makes a page adds
it to `TABLE`.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from fiel.cli.sandbox import answering
from fiel.core.errors import FielError
from fiel.core.ids import Identifier
from fiel.demo.measuring import measure
from fiel.demo.run import Filled, app_of, filled
from fiel.uicheck.browser import chromium
from fiel.uicheck.visitor import FIXED, FOUND, Breadth, Place, Sight, Visitor
from tests.browser.staff import console_sights
from tests.demo.conftest import some_customers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WAYS: Final = Breadth(widths=(390, 1280))
LANGUAGES: Final = ("es", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page as one person of the demo sees it; for nobody in particular where `who` is None."""

    path: str
    who: str | None = None


TABLE: Final[tuple[Shot, ...]] = (
    *(Shot(path=path, who="alma") for path in (*FIXED, *FOUND)),
    *(Shot(path="/preferences", who=who) for who in ("bruno", "carmen")),
    Shot(path="/enter?t=x"),
    Shot(path="/left"),
    Shot(path="/dev/mail"),
    *(Shot(path=path) for path in ("/demo", "/demo?who=alma", "/demo/cheat", "/demo/balance/suggestions")),
)
"""Every page there is."""


@contextmanager
def the_shop(data: Path | None) -> Iterator[tuple[Filled, str]]:
    """The shop that the demo left in a folder, or else the small one of the tests; measured."""
    if data is not None:
        with filled(data) as shop, answering(app_of(shop)) as url:
            yield shop, url
        return
    with (
        tempfile.TemporaryDirectory(prefix="fiel-screens-") as folder,
        filled(Path(folder) / "shop", only=some_customers()) as shop,
    ):
        measure(shop.fiel.house, Path(folder) / "shop", stop=Event())
        with answering(app_of(shop)) as url:
            yield shop, url


def take(browser: "Browser", shop: Filled, *, url: str, folder: Path) -> Iterator[Path]:
    """The pictures, person by person."""
    for who in dict.fromkeys(shot.who for shot in TABLE):
        paths = [shot.path for shot in TABLE if shot.who == who]
        if who is None:
            yield from _outside(browser, url, paths=paths, folder=folder)
        else:
            visitor = Visitor(browser, url, token=_token(shop, who))
            visitor.status(f"/demo?who={who}")  # somebody who was shown something has uses, and a why
            places = {place.name: place for place in visitor.places}
            for path in paths:
                for language in LANGUAGES:
                    yield from _shots(visitor.open(places[path], language=language), folder, name=who)
            visitor.leave()


def take_console(browser: "Browser", shop: Filled, *, url: str, folder: Path) -> Iterator[Path]:
    """The pictures of the console, role by role."""
    for language in LANGUAGES:
        for sight in console_sights(browser, shop, url, language=language):
            yield from _shots(sight, folder, name="staff")


def _outside(browser: "Browser", url: str, *, paths: list[str], folder: Path) -> Iterator[Path]:
    context = browser.new_context()
    page = context.new_page()
    for path in paths:
        for language in LANGUAGES:
            page.goto(f"{url}{path}{'&' if '?' in path else '?'}lang={language}", wait_until="load")
            yield from _shots(Sight(page, Place(name=path, path=path), language=language), folder, name="nobody")
    context.close()


def _shots(sight: Sight, folder: Path, *, name: str) -> Iterator[Path]:
    plain = "".join(letter if letter.isalnum() else "-" for letter in sight.place.name.strip("/")).strip("-")
    for view in sight.seen_at(WAYS):
        file = folder / f"{name}-{plain}-{view.language}-{view.width}-{'dark' if view.dark else 'light'}.png"
        view.page.screenshot(path=file, full_page=True)
        yield file


def _token(shop: Filled, who: str) -> str:
    fiel = shop.fiel
    return fiel.vault.subjects.issue(Identifier.parse(f"user:{who}"), minutes=15, now=fiel.house.clock.now())


def main(folder: Path, data: Path | None) -> int:
    """Take them all into a folder."""
    folder.mkdir(exist_ok=True)
    try:
        with chromium() as browser, the_shop(data) as (shop, url):
            for path in take(browser, shop, url=url, folder=folder):
                sys.stdout.write(f"{path}\n")
            for path in take_console(browser, shop, url=url, folder=folder):
                sys.stdout.write(f"{path}\n")
    except FielError as error:
        sys.stderr.write(f"fiel: {error.what}\n      {error.hint}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("screens"), Path(sys.argv[1]) if sys.argv[1:] else None))
