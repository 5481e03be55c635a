"""What a page of somebody else can send with a visitor's cookies, and whether anything in the store came of it."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from fiel.stores.sqlite import FILE
from fiel.uicheck.visitor import MILLISECONDS, Visitor
from fiel.web.api import ROUTES

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEND: Final = """([action, fields]) => {
  const form = document.createElement("form"); form.method = "post"; form.action = action;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input"); input.name = name; input.value = value; form.append(input);
  }
  document.body.append(form); form.submit();
}"""

FIELDS: Final = """() => [...document.forms].filter(form => form.method === "post").map(form => {
  const fields = Object.fromEntries(new FormData(form, form.querySelector("button[name]")));
  return [new URL(form.action).pathname, fields];
})"""


def another_site() -> Starlette:
    """A page of somebody else."""
    return Starlette(
        routes=[Route("/", lambda _request: HTMLResponse("<!doctype html><title>elsewhere</title><body>"))]
    )


def posting(app: Starlette) -> set[str]:
    """Every path of an application that takes a form, read off the application itself; of the interface, too."""
    pages = {route.path for route in app.routes if isinstance(route, Route) and "POST" in (route.methods or set())}
    return pages | {route.path for route in ROUTES if route.method == "POST"}


def is_of_staff(path: str) -> bool:
    """Whether a path is of the console, which has another session, and the same proof of its own."""
    return path.startswith("/console/")


def is_interface(path: str) -> bool:
    """Whether a path belongs to the interface for programs, which heeds keys and no cookies."""
    return path.startswith(("/v1/", "/ofrep/"))


def forms_of(visitor: Visitor) -> Mapping[str, Mapping[str, str]]:
    """What each form of this person's pages carries, proof included, by the path it goes to."""
    found: dict[str, Mapping[str, str]] = {}
    for place in visitor.places:
        sight = visitor.open(place)
        for path, fields in sight.page.evaluate(FIELDS):
            found.setdefault(path, fields)
    return found


def send(page: "Page", action: str, fields: Mapping[str, str]) -> int:
    """Send a form from whatever page is open, and wait for what answers; its status."""
    with page.expect_navigation(timeout=MILLISECONDS) as led:
        page.evaluate(SEND, [action, dict(fields)])
    return led.value.status


def fingerprint(data: Path) -> str:
    """All that is in a store, row by row, in one word."""
    with closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True)) as connection:
        return sha256("\n".join(_rows(connection)).encode()).hexdigest()


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    tables = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    for (table,) in tables:
        yield table
        yield from sorted(map(repr, connection.execute(f'select * from "{table}"')))  # noqa: S608 - our own tables
