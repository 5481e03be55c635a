"""`make screens`: every page of the preference centre as a picture, at two widths, light and dark, in both languages.

To be looked at: a machine finds that a page fits, and not whether one would be ashamed of it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from fiel.demo.measuring import measure
from fiel.demo.run import app_of, filled
from tests.browser.chromium import Tab, chromium, found
from tests.browser.rooms import PAGES, come_in
from tests.demo.conftest import some_customers
from tests.web.serving import on_a_port

WIDTHS: Final = (390, 1280)
LANGUAGES: Final = ("es", "en")


@contextmanager
def the_shop(data: Path | None) -> Iterator[str]:
    """The shop that the demo left in a folder, or else the small one of the tests; measured."""
    if data is not None:
        with filled(data) as shop, on_a_port(app_of(shop)) as url:
            yield url
        return
    with (
        tempfile.TemporaryDirectory(prefix="fiel-screens-") as folder,
        filled(Path(folder) / "shop", only=some_customers()) as shop,
    ):
        measure(shop.fiel.house, Path(folder), stop=Event())
        with on_a_port(app_of(shop)) as url:
            yield url


def take(tab: Tab, url: str, folder: Path) -> Iterator[Path]:
    """The pictures: of Alma every page, of Bruno and Carmen where they stand, and what one sees from outside."""
    for language in LANGUAGES:
        for who, pages in (("alma", [*PAGES, "why", "receipt"]), ("bruno", PAGES[:1]), ("carmen", PAGES[:1])):
            come_in(tab, url, who, language=language)
            for page in pages:
                yield from _shots(tab, _address(tab, url, page), folder, name=f"{who}-{page}-{language}")
        yield from _shots(tab, f"{url}/enter?t=x&lang={language}", folder, name=f"no-entry-{language}")
        tab.open(f"{url}/preferences")
        tab.press("document.querySelector('form[action=\"/leave\"] button')")
        yield from _shots(tab, f"{url}/left?lang={language}", folder, name=f"left-{language}")


def _address(tab: Tab, url: str, page: str) -> str:
    """Where a page is; the newest why and receipt are found where their lists lead."""
    if page not in {"why", "receipt"}:
        return f"{url}/{page}"
    tab.open(f"{url}/{'uses' if page == 'why' else 'receipts'}")
    found_link = "main a[href^='/why/']" if page == "why" else "main .papers a"
    return url + str(tab.run(f"document.querySelector(\"{found_link}\").getAttribute('href')"))


def _shots(tab: Tab, address: str, folder: Path, *, name: str) -> Iterator[Path]:
    for width in WIDTHS:
        for dark in (False, True):
            tab.size(width, dark=dark)
            tab.open(address)
            path = folder / f"{name.replace('/', '-')}-{width}-{'dark' if dark else 'light'}.png"
            tab.picture(path)
            yield path


def main(folder: Path, data: Path | None) -> int:
    """Take them all into a folder."""
    if found() is None:
        sys.stderr.write("no Chromium on this machine\n")
        return 1
    folder.mkdir(exist_ok=True)
    with the_shop(data) as url, chromium() as tab:
        for path in take(tab, url, folder):
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("screens"), Path(sys.argv[1]) if sys.argv[1:] else None))
