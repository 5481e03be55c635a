"""`make screens`: every page of the centre and of the console as a picture, at two widths, light and dark, es and en.

To be looked at: a machine finds that a page fits, and not whether one would be ashamed of it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from fiel.core.staff import Role
from fiel.demo.measuring import measure
from fiel.demo.run import Filled, app_of, filled
from fiel.operations.staff.invite import invite, let_in
from tests.browser.chromium import Tab, chromium, found
from tests.browser.rooms import PAGES, come_in
from tests.browser.workshop import take_workshop
from tests.demo.conftest import some_customers
from tests.web.serving import on_a_port

WIDTHS: Final = (390, 1280)
LANGUAGES: Final = ("es", "en")

CONSOLE: Final[dict[Role, tuple[str, ...]]] = {
    Role.ENGINEER: ("keys",),
    Role.AUDITOR: ("",),
    Role.DPO: ("", "register", "register/suggestions", "requests", "choices", "changes", "proof", "person", "team"),
}
"""The pages of the console that are taken, as the role for which they are; the last one stays in."""


@contextmanager
def the_shop(data: Path | None) -> Iterator[tuple[Filled, str]]:
    """The shop that the demo left in a folder, or else the small one of the tests; measured."""
    if data is not None:
        with filled(data) as shop, on_a_port(app_of(shop)) as url:
            yield shop, url
        return
    with (
        tempfile.TemporaryDirectory(prefix="fiel-screens-") as folder,
        filled(Path(folder) / "shop", only=some_customers()) as shop,
    ):
        measure(shop.fiel.house, Path(folder), stop=Event())
        with on_a_port(app_of(shop)) as url:
            yield shop, url


def take(tab: Tab, url: str, folder: Path) -> Iterator[Path]:
    """The pictures: of Alma every page, of Bruno and Carmen where they stand, and what one sees from outside."""
    for language in LANGUAGES:
        for who, pages in (("alma", [*PAGES, "why", "receipt"]), ("bruno", PAGES[:1]), ("carmen", PAGES[:1])):
            come_in(tab, url, who, language=language)
            for page in pages:
                yield from shots(tab, _address(tab, url, page), folder, name=f"{who}-{page}-{language}")
        yield from shots(tab, f"{url}/enter?t=x&lang={language}", folder, name=f"no-entry-{language}")
        tab.open(f"{url}/preferences")
        tab.press("document.querySelector('form[action=\"/leave\"] button')")
        yield from shots(tab, f"{url}/left?lang={language}", folder, name=f"left-{language}")


def take_console(tab: Tab, shop: Filled, url: str, *, folder: Path) -> Iterator[Path]:
    """The pictures of the console: what each role sees that comes to it first, and how one comes in."""
    house = shop.fiel.house
    invitation = invite(house, name="Nadia", role=Role.AUDITOR).result()
    for language in LANGUAGES:
        yield from shots(tab, f"{url}/console/enter?lang={language}", folder, name=f"console-enter-{language}")
        yield from shots(
            tab, f"{url}/console/join?t={invitation}&lang={language}", folder, name=f"console-join-{language}"
        )
        for role, pages in CONSOLE.items():
            secret = let_in(house, name=role.value, role=role).result()
            tab.open(f"{url}/console/join?t={secret}&lang={language}")
            tab.press("document.querySelector('main button')")
            for page in pages:
                address = f"{url}/console/{page}".rstrip("/") + f"?lang={language}"
                yield from shots(tab, address, folder, name=f"console-{role.value}-{page or 'today'}-{language}")
        yield from _look(tab, url, folder, language=language)
        yield from take_workshop(tab, shop, url, folder=folder, language=language)


def _look(tab: Tab, url: str, folder: Path, *, language: str) -> Iterator[Path]:
    """A look at Alma, as whoever is in."""
    tab.open(f"{url}/console/person?lang={language}")
    filled_in = "document.querySelector('#person').value = 'alma'; document.querySelector('[name=why]').checked = true;"
    tab.run(filled_in + "document.querySelector('#reason').value = 'She asked by phone which products we keep'")
    tab.press("document.querySelector('main form button')")
    yield from shots(tab, str(tab.run("location.href")), folder, name=f"console-seen-{language}")


def _address(tab: Tab, url: str, page: str) -> str:
    """Where a page is; the newest why and receipt are found where their lists lead."""
    if page not in {"why", "receipt"}:
        return f"{url}/{page}"
    tab.open(f"{url}/{'uses' if page == 'why' else 'receipts'}")
    found_link = "main a[href^='/why/']" if page == "why" else "main .papers a"
    return url + str(tab.run(f"document.querySelector(\"{found_link}\").getAttribute('href')"))


def shots(tab: Tab, address: str, folder: Path, *, name: str) -> Iterator[Path]:
    """One page, at both widths, light and dark."""
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
    with the_shop(data) as (shop, url), chromium() as tab:
        for path in (*take(tab, url, folder), *take_console(tab, shop, url, folder=folder)):
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("screens"), Path(sys.argv[1]) if sys.argv[1:] else None))
