"""How a page of the demo is made: its language, its links, its headers. Whole without a script, and nothing inline."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from fiel.core.ids import Identifier
from fiel.demo.people import CHARACTERS
from fiel.demo.shelves import Telling
from fiel.demo.words import LANGUAGES, Words, language_of
from fiel.operations.house import House
from fiel.settings import Settings
from fiel.web.templating import environment

PAGES: Final = Path(str(files("fiel.demo") / "pages"))

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with none at all, a browser would not say where a form comes from
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What every page of the demo tells the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What the pages are made of.

    `token` makes a subject token, as a shop does for whoever is signed in there. `figures` is what was measured in this
    run, if it filled the shop.
    """

    house: House
    settings: Settings
    public_pem: str
    token: Callable[[Identifier], str]
    words: Mapping[str, Words]
    figures: Mapping[str, object] | None = None


class Renderer:
    """Makes the pages of one shop."""

    def __init__(self, shop: Shop) -> None:
        """Read the templates once."""
        self.shop = shop
        self._environment = environment(FileSystemLoader(PAGES / "templates"))

    def telling(self, request: Request) -> Telling:
        """Everything to be put into words for this request, as of now."""
        house = self.shop.house
        language = language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))
        with house.store.read() as tx:
            published = house.shelf.now(tx)
        return Telling(
            house=house,
            published=published,
            words=self.shop.words[language],
            language=language,
        )

    def page(self, request: Request, telling: Telling, template: str, **values: object) -> Response:
        """A page; `values` are what its template asks for, `status` its status."""
        status = values.pop("status", 200)
        text = self._environment.get_template(template).render(
            w=_Say(telling.words),
            say=telling.say,
            link=_Link(telling.language),
            in_language=lambda language: f"{request.url.path}?{urlencode({**request.query_params, 'lang': language})}",
            date=telling.day,
            language=telling.language,
            others=[(each, self.shop.words[each]["language"]) for each in LANGUAGES if each != telling.language],
            characters=CHARACTERS,
            **values,
        )
        return HTMLResponse(text, status_code=int(str(status)), headers=HEADERS)


class _Say:
    """A sentence of the demo by its name, with its slots filled; a name that is not there is an error."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __call__(self, key: str, **slots: object) -> str:
        return self._words[key].format(**slots)


class _Link:
    """A link of the demo that keeps the language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, path: str, **query: object) -> str:
        return f"{path}?{urlencode({**query, 'lang': self._language})}"
