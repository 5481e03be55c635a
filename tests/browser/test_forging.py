"""A page of another origin, in a real browser with the person's cookies, changes nothing by any form it may send."""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest

from fiel.cli.sandbox import Sandbox, answering, sandbox
from fiel.cli.serve import app_of
from fiel.demo.run import Filled
from fiel.demo.run import app_of as demo_of
from fiel.uicheck.visitor import Visitor
from tests.browser.forging import FIELDS, another_site, fingerprint, forms_of, is_interface, is_of_staff, posting, send
from tests.demo.conftest import shop as shop  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENDING = ("/rights/erase", "/leave", "/rights/limit")

ADDRESS = {"address": "somebody@example.com"}
LETTERS = {
    "/enter/mail": ADDRESS,
    "/rights/letters": ADDRESS,
    "/rights/letters/stop": {},
    "/mail/confirm": {"t": "none"},
    "/mail/stop": {"t": "none"},
}
"""What goes to where letters are asked for and ended; this Fiel sends none, so no page of it has these forms."""


def test_a_form_of_another_port_changes_nothing(browser: "Browser") -> None:
    """A page of the same site on another port changes nothing by any path; from a page of Fiel, one form does."""
    with _own_box() as box, answering(another_site()) as other:
        visitor = Visitor(browser, box.url, token=box.token())
        sent = {**forms_of(visitor), **LETTERS, "/enter": {"t": box.newcomer()}}
        paths = {path for path in posting(app_of(box.fiel)) if not is_interface(path) and not is_of_staff(path)}
        assert paths - sent.keys() == set()
        before = fingerprint(box.fiel.settings.data)
        _attack(visitor, paths, sent, origin=other)
        assert fingerprint(box.fiel.settings.data) == before
        send(visitor.open("/rights").page, f"{box.url}/preferences/choose", sent["/preferences/choose"])
        assert fingerprint(box.fiel.settings.data) != before
        visitor.leave()


@pytest.mark.proof
def test_no_form_of_another_origin_changes_anything(browser: "Browser") -> None:
    """From no other origin does any path change a thing, of pages or of the API; from Fiel's pages each form does."""
    with _own_box() as box, answering(another_site()) as other:
        visitor = Visitor(browser, box.url, token=box.token())
        sent = {**forms_of(visitor), "/enter": {"t": box.newcomer()}}
        before = fingerprint(box.fiel.settings.data)
        for origin in (other, other.replace("127.0.0.1", "localhost")):
            _attack(visitor, posting(app_of(box.fiel)), sent, origin=origin)
        assert fingerprint(box.fiel.settings.data) == before
        visitor.leave()
        assert _unchanging(browser, box, sent) == []


@contextmanager
def _own_box() -> Iterator[Sandbox]:
    """A throw-away Fiel that nobody shares: what is sent in the control changes everything."""
    with as_file(files("fiel.demo") / "promise") as folder, sandbox(folder) as box:
        yield box


def _attack(visitor: Visitor, paths: Set[str], sent: Mapping[str, Mapping[str, str]], *, origin: str) -> None:
    """Send each form with all that it carries but the proof, which nobody else can know, from a page of that origin."""
    page = visitor.context.new_page()
    for path in sorted(paths):
        page.goto(origin)
        fields = {name: value for name, value in sent.get(path, {}).items() if name != "proof"}
        send(page, visitor.url + path.replace("{", "").replace("}", ""), fields)
    page.close()


def _unchanging(browser: "Browser", box: Sandbox, sent: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The forms that change nothing even where they may; each is sent from a page of its own origin."""
    data, still = box.fiel.settings.data, []
    for path in [*(each for each in sorted(sent) if each not in ENDING), *reversed(ENDING)]:
        visitor = Visitor(browser, box.url, token=box.token())
        proof = dict(visitor.open("/preferences").page.evaluate(FIELDS))["/leave"]["proof"]
        before = fingerprint(data)
        send(visitor.open("/rights").page, box.url + path, {**sent[path], "proof": proof})
        if fingerprint(data) == before:
            still.append(path)
        visitor.leave()
    return still


@pytest.mark.proof
def test_no_form_of_another_origin_changes_anything_in_the_demo(browser: "Browser", shop: Filled) -> None:
    """The demo plays everybody, and takes forms of its own pages alone; the control sends the same from one of them."""
    with answering(demo_of(shop)) as url, answering(another_site()) as other:
        data = shop.fiel.settings.data
        page = browser.new_context().new_page()
        paths = {path for path in posting(demo_of(shop)) if path.startswith("/demo")}
        page.goto(f"{url}/demo?who=bruno")
        forms = {"/demo/choose": {"who": "bruno", "use_case": "suggestions", "choice": "none"}}
        forms |= {"/demo/topic": {"who": "alma", "use_case": "suggestions", "topic": "kitchen", "off": "yes"}}
        assert paths - forms.keys() == {"/demo/cheat"}  # it tries what must fail, and records nothing
        before = fingerprint(data)
        for origin in (other, other.replace("127.0.0.1", "localhost")):
            for path in sorted(paths):
                page.goto(origin)
                assert send(page, url + path, forms.get(path, {})) >= 400
        assert fingerprint(data) == before
        for path, fields in forms.items():
            before = fingerprint(data)
            page.goto(f"{url}/demo?who=bruno")
            send(page, url + path, fields)
            assert fingerprint(data) != before
        page.context.close()
