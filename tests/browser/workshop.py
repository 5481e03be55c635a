"""The marketer's and the agent's pages as pictures: needles, a balance, a draft that was checked, a card that was laid.

What a form is answered with has no address, so each picture presses its form anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fiel.core.staff import Role
from fiel.demo.run import Filled
from fiel.operations.staff.invite import let_in
from tests.browser.chromium import Tab

WIDTHS: Final = (390, 1280)
PAGES: Final = ("use-cases", "use-cases/suggestions", "use-cases/order_help", "drafts?from=new")

WIDER: Final = (
    "const draft = document.getElementById('yaml');"
    "draft.value = draft.value.replace('within: 90d', 'within: 120d').replace('[item]', '[item, price]')"
)
"""A draft that asks for more, of which the rules find something."""

ASKED: Final = (
    "document.getElementById('subject').value = '{who}';"
    "document.getElementById('reason').value = 'Pregunta por un pedido que no llegó'"
)


def take_workshop(tab: Tab, shop: Filled, url: str, *, folder: Path, language: str) -> Iterator[Path]:
    """All of them in one language."""
    _enter(tab, shop, url, role=Role.MARKETER, language=language)
    for page in PAGES:
        address = f"{url}/console/{page}{'&' if '?' in page else '?'}lang={language}"
        yield from _shots(tab, folder, [address], name=f"console-{page.replace('?from=', '-')}-{language}")
    draft = [f"{url}/console/drafts?from=suggestions&lang={language}", WIDER, "document.querySelector('.draft .press')"]
    yield from _shots(tab, folder, draft, name=f"console-checked-{language}")
    _enter(tab, shop, url, role=Role.AGENT, language=language)
    form = f"{url}/console/interaction?lang={language}"
    yield from _shots(tab, folder, [form], name=f"console-interaction-{language}")
    for who in ("alma", "bruno"):
        card = [form, ASKED.format(who=who), "document.querySelector('.stack .press')"]
        yield from _shots(tab, folder, card, name=f"console-card-{who}-{language}")


def _enter(tab: Tab, shop: Filled, url: str, *, role: Role, language: str) -> None:
    tab.size(WIDTHS[-1])
    secret = let_in(shop.fiel.house, name=role.value, role=role).result()
    tab.open(f"{url}/console/join?t={secret}&lang={language}")
    tab.press("document.querySelector('main form button')")


def _shots(tab: Tab, folder: Path, way: list[str], *, name: str) -> Iterator[Path]:
    """One page at both widths, light and dark; `way`: its address, and perhaps what is written and pressed there."""
    for width in WIDTHS:
        for dark in (False, True):
            tab.size(width, dark=dark)
            tab.open(way[0])
            if len(way) > 1:
                tab.run(f"{{ {way[1]} }}")
                tab.press(way[2])
            path = folder / f"{name.replace('/', '-')}-{width}-{'dark' if dark else 'light'}.png"
            tab.picture(path)
            yield path
