"""Words stay words: markup in whatever a company or a person wrote is shown as it was written, on every page."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiel.cli.sandbox import Sandbox, answering, sandbox
from fiel.cli.serve import app_of
from fiel.registry.schema import json_schema
from fiel.uicheck.visitor import Breadth, Visitor
from tests.browser.hostile.site import unpacked
from tests.browser.planting import Where, live_with_it, planted, texts_of
from tests.house.tree import PACKAGE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SPANISH = Breadth(languages=("es",))
STRICT = ("default-src 'none'", "base-uri 'none'")
OWN_STYLE = "{{ style | safe }}"
"""The page of a balance stands alone, and carries a style sheet of the package within it."""

UNSAFE = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")


def test_markup_stays_text(browser: "Browser", tmp_path: Path) -> None:
    """On no page it becomes an element; where a site trusts all texts, as by `|safe`, it does, and runs no script."""
    with _planted_box(tmp_path / "promise") as box:
        visitor = Visitor(browser, box.url, token=box.token(), breadth=SPANISH)
        assert len(_read(visitor)) >= 7
        assert _alive(visitor) == ([], [])
        visitor.leave()
        with answering(_Careless(app_of(box.fiel))) as url:
            careless = Visitor(browser, url, token=box.token(), breadth=SPANISH)
            elements, scripts = _alive(careless)
            assert len(elements) >= 7
            assert scripts == []
            careless.leave()


def test_every_text_of_a_promise_is_planted(tmp_path: Path) -> None:
    """Each text that the schema has is in the promise of these tests: a new one is covered, or fails here."""
    schema = json_schema()
    known = {*texts_of(schema["then"]), *texts_of(schema["else"])}
    assert {_any_level(each) for each in planted(tmp_path / "promise")} == {_any_level(each) for each in known}
    assert len(known) >= 10


def test_every_page_has_a_strict_policy(everywhere: Visitor) -> None:
    """Nothing is loaded that is not named, no style or script stands within a page, and no base can be set."""
    for place in everywhere.places:
        answer = everywhere.context.request.get(everywhere.url + place.path, headers={"Accept": "text/html"})
        policy = answer.headers["content-security-policy"]
        assert all(rule in policy for rule in STRICT)
        assert "unsafe" not in policy
        assert "*" not in policy


def test_no_template_trusts_a_text() -> None:
    """No template and no code of the package says of a text that it is safe; the control is found."""
    written = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("*.py")]
    found = [path.name for path in written if UNSAFE.search(path.read_text(encoding="utf-8").replace(OWN_STYLE, ""))]
    assert found == []
    assert UNSAFE.search("<p>{{ why | safe }}</p>")


def _any_level(where: Where) -> Where:
    """All levels are written alike."""
    return (*where[:1], "*", *where[2:]) if where[0] == "levels" else where


@contextmanager
def _planted_box(folder: Path) -> Iterator[Sandbox]:
    planted(folder)
    with sandbox(folder) as box:
        live_with_it(box)
        yield box


def _read(visitor: Visitor) -> list[str]:
    """The pages on which the markup can be read."""
    return [
        place.name
        for place in visitor.places
        if "data-planted" in str(visitor.open(place).page.evaluate("document.body.textContent"))
    ]


def _alive(visitor: Visitor) -> tuple[list[str], list[str]]:
    """The pages on which an element came of it, and those on which a script ran."""
    elements, scripts = [], []
    for sight in visitor.sights():
        if sight.page.locator("[data-planted]").count():
            elements.append(sight.place.name)
        if sight.page.evaluate("window.planted !== undefined"):
            scripts.append(sight.place.name)
    return elements, scripts


class _Careless:
    """A site whose templates trust every text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts: list[bytes] = []
        start: Message = {}

        async def careless(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            headers = dict(start["headers"])
            if headers.get(b"content-type", b"").startswith(b"text/html"):
                body = html.unescape(body.decode()).encode()
                headers[b"content-length"] = str(len(body)).encode()
            kept = [*headers.items(), *((k, v) for k, v in start["headers"] if k == b"set-cookie")]
            await send({**start, "headers": list(dict.fromkeys(kept))})
            await send({"type": "http.response.body", "body": body})

        await self._app(unpacked(scope) if scope["type"] == "http" else scope, receive, careless)
