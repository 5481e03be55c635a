"""The console as pictures, as each role finds it: its pages, a look at a person, a draft that was checked, a card laid.

What a form is answered with has no address: it is pressed once, and then seen at every width.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fiel.core.staff import Role
from fiel.demo.run import Filled
from fiel.operations.staff.invite import invite, let_in
from fiel.uicheck.visitor import Place, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form of a page: which of its fields are filled with what (None: ticked), and which button is pressed."""

    name: str
    fields: Mapping[str, str | None]
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one role looks at: pages under `/console`, and forms of some of them."""

    role: Role
    pages: tuple[str, ...]
    fillings: Mapping[str, tuple[Filling, ...]] = field(default_factory=dict)


_ASKED: Final = {"#reason": "Pregunta por un pedido que no llegó"}

DESKS: Final = (
    Desk(role=Role.AUDITOR, pages=("",)),
    Desk(role=Role.ENGINEER, pages=("keys",)),
    Desk(
        role=Role.MARKETER,
        pages=("use-cases", "use-cases/suggestions", "use-cases/order_help", "drafts?from=new"),
        fillings={"drafts?from=suggestions": (Filling(name="checked", fields={}, button=".draft .press"),)},
    ),
    Desk(
        role=Role.AGENT,
        pages=("interaction",),
        fillings={
            "interaction": tuple(
                Filling(name=f"card-{who}", fields={"#subject": who, **_ASKED}, button=".stack .press")
                for who in ("alma", "bruno")
            )
        },
    ),
    Desk(
        role=Role.DPO,
        pages=("", "register", "register/suggestions", "requests", "choices", "changes", "proof", "person", "team"),
        fillings={
            "person": (
                Filling(
                    name="seen",
                    fields={"#person": "alma", "[name=why] >> nth=0": None, **_ASKED},
                    button="main form button",
                ),
            )
        },
    ),
)
"""Every page of the console, as the role for which it is; the data protection officer's come last."""


def console_sights(browser: "Browser", shop: Filled, url: str, *, language: str) -> Iterator[Sight]:
    """All of them in one language."""
    page = browser.new_context().new_page()
    invitation = invite(shop.fiel.house, name="Nadia", role=Role.AUDITOR).result()
    for name, path in (("enter", "enter"), ("join", f"join?t={invitation}")):
        _go(page, url, path, language=language)
        yield Sight(page, Place(name=f"console-{name}", path=path), language=language)
    for desk in DESKS:
        secret = let_in(shop.fiel.house, name=desk.role.value, role=desk.role).result()
        _go(page, url, f"join?t={secret}", language=language)
        page.locator("main form button").first.click()
        for path in desk.pages:
            _go(page, url, path, language=language)
            yield Sight(page, Place(name=f"console-{desk.role.value}-{path or 'today'}", path=path), language=language)
        for path, fillings in desk.fillings.items():
            for filling in fillings:
                _go(page, url, path, language=language)
                _fill(page, filling)
                yield Sight(page, Place(name=f"console-{filling.name}", path=path), language=language)
    page.context.close()


def _go(page: "Page", url: str, path: str, *, language: str) -> None:
    address = f"{url}/console/{path}".rstrip("/")
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}", wait_until="load")


def _fill(page: "Page", filling: Filling) -> None:
    for selector, value in filling.fields.items():
        if value is None:
            page.locator(selector).check()
        else:
            page.locator(selector).fill(value)
    page.locator(filling.button).first.click()
    page.wait_for_load_state("load")
