"""Somebody before the pages: comes in by a token, opens pages at widths, in light and dark, in each language.

A visitor reads. Pressing is left to the checks that say so, and to whom it is allowed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from fiel.core.errors import NotAuthenticated, Unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LOOKS: Final = (files("fiel.uicheck") / "static" / "looks.js").read_text(encoding="utf-8")
FIXED: Final = ("/preferences", "/data", "/uses", "/rights", "/rights/erase", "/receipts", "/changes")
"""The pages that the contract names, where they are for everybody."""

FOUND: Final = {"/why/{decision}": ("/uses", "/why/"), "/receipts/{entry}": ("/receipts", "/receipts/")}
"""Pages of one thing, by the page whose first link leads to them."""

LANDING: Final = "/preferences"
HEIGHT: Final = 900
MILLISECONDS: Final = 15_000
"""How long a page may take before it is said not to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page: its path as it is told, and where it is for this visitor."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """In how many ways each page is looked at: widths in CSS pixels, dark or not; languages and pages, None for all."""

    widths: tuple[int, ...] = (320, 390, 768, 1280)
    dark: tuple[bool, ...] = (False, True)
    languages: tuple[str, ...] | None = None
    pages: tuple[str, ...] | None = None


WHOLE: Final = Breadth()
"""Every width, light and dark, every language: what a report is made of."""


class Sight:
    """One page as it is seen now."""

    def __init__(self, page: "Page", place: Place, *, language: str, status: int = 200) -> None:
        """A page that is open, and the status with which it came."""
        self.page, self.place, self.language, self.status = page, place, language, status
        self.width, self.dark = 0, False

    @property
    def where(self) -> str:
        """The page and how it is looked at, for whoever reads a finding."""
        seen = [self.place.name, self.language, f"{self.width} px" if self.width else "", "dark" if self.dark else ""]
        return " · ".join(part for part in seen if part)

    def ask(self, question: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - whatever the page answers
        """What the page answers to one of the questions of `looks.js`."""
        return self.page.evaluate(f"{LOOKS.rstrip()}.{question}()")

    def unfold(self) -> None:
        """Open whatever can be opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    def seen_at(self, breadth: Breadth) -> Iterator["Sight"]:
        """The page at each width, light and dark; it is not asked for again."""
        for width in breadth.widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            for dark in breadth.dark:
                self.page.emulate_media(color_scheme="dark" if dark else "light")
                self.width, self.dark = width, dark
                yield self


class Visitor:
    """One person's browser before one server. `newcomer` makes another who has never been there, where one can."""

    def __init__(
        self,
        browser: "Browser",
        url: str,
        *,
        token: str,
        breadth: Breadth = WHOLE,
        newcomer: Callable[[], "Visitor"] | None = None,
    ) -> None:
        """Come in; raises `Unavailable` if nobody answers there, `NotAuthenticated` if the token opens nothing."""
        self.breadth, self.newcomer = breadth, newcomer
        self.url = origin_of(url)
        self.foreign: set[str] = set()
        self._browser = browser
        self._context = self._listened(browser.new_context(locale="es"))
        self._page = self._context.new_page()
        self._plain: Page | None = None
        self._enter(token)

    @property
    def host(self) -> str:
        """The one host that may be asked for anything."""
        return urlsplit(self.url).netloc

    @property
    def chromium(self) -> str:
        """The browser's version."""
        return self._browser.version

    @property
    def context(self) -> "BrowserContext":
        """The browser's own context, with the session in it."""
        return self._context

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the pages offer, the one they came in first."""
        sight = self.open(LANDING)
        every = (sight.ask("language"), *(code for code, _ in sight.ask("tongues")))
        wanted = self.breadth.languages
        return tuple(code for code in dict.fromkeys(every) if wanted is None or code in wanted)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every page there is for this visitor."""
        if self.breadth.pages is not None:
            return tuple(Place(name=path, path=path) for path in self.breadth.pages)
        return (*(Place(name=path, path=path) for path in FIXED), *self._found())

    def open(self, path: str | Place, *, language: str = "", script: bool = True) -> Sight:
        """Go to a page and wait until all of it is there."""
        place = path if isinstance(path, Place) else Place(name=path, path=path)
        page = self._page if script else self._without_script()
        query = ("&" if "?" in place.path else "?") + urlencode({"lang": language}) if language else ""
        self._go(page, self.url + place.path + query)
        return Sight(page, place, language=language)

    def sights(self, places: Sequence[Place] | None = None) -> Iterator[Sight]:
        """Each page in each language, as wide as a desk."""
        for language in self.languages:
            for place in self.places if places is None else places:
                yield self.open(place, language=language)

    def status(self, path: str) -> int:
        """What the server answers to a look at an address."""
        answer = self._context.request.get(self.url + path, headers={"Accept": "text/html"}, timeout=MILLISECONDS)
        return answer.status

    def is_page(self, path: str) -> bool:
        """Whether an address leads to a page, and not to a file to take along."""
        answer = self._context.request.get(self.url + path, headers={"Accept": "text/html"}, timeout=MILLISECONDS)
        return "attachment" not in answer.headers.get("content-disposition", "") and "html" in answer.headers.get(
            "content-type", ""
        )

    def receipt(self, path: str) -> dict[str, object]:
        """A receipt as it is downloaded."""
        told = self._context.request.get(f"{self.url}{path}?download", timeout=MILLISECONDS).json()
        return dict(told)

    def press(self, sight: Sight, selector: str) -> Sight:
        """Press the first such button as a finger would, and see the page that it leads to."""
        with sight.page.expect_navigation(timeout=MILLISECONDS) as led:
            sight.page.locator(selector).first.click(timeout=MILLISECONDS)
        status = led.value.status
        place = Place(name=urlsplit(sight.page.url).path, path="")
        return Sight(sight.page, place, language=sight.language, status=status)

    def leave(self) -> None:
        """Close what this visitor opened; the session is left as it is."""
        if self._plain is not None:
            self._plain.context.close()
        self._context.close()

    def _listened(self, context: "BrowserContext") -> "BrowserContext":
        """A context that tells which other hosts its pages ask."""
        context.on("request", lambda request: self._note(request.url))
        return context

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.foreign.add(parts.hostname or "")

    def _go(self, page: "Page", url: str) -> None:
        from playwright.sync_api import Error

        try:
            page.goto(url, wait_until="load", timeout=MILLISECONDS)
        except Error as error:
            raise Unavailable(f"`{self.url}` does not answer", hint=error.message.splitlines()[0][:80]) from None

    def _enter(self, token: str) -> None:
        """Come in by a form, so that no token stands in an address; or by a link, where one was given."""
        page = self._page
        if token.startswith(("http://", "https://")):
            self._go(page, token)
        else:
            self._go(page, f"{self.url}/livez")
            page.set_content(
                f'<form method="post" action="{escape(self.url)}/enter"><input type="hidden" name="t" '
                f'value="{escape(token)}"><button>x</button></form>'
            )
            self._follow(page)
        if urlsplit(page.url).path == "/enter":
            self._follow(page)
        if urlsplit(page.url).path != LANDING:
            raise NotAuthenticated(
                f"what was shown does not open the pages at `{self.url}`",
                hint="a token opens them once, within its minutes: make a new one",
            )

    @staticmethod
    def _follow(page: "Page") -> None:
        """Press the button of the one form that leads in, if there is one."""
        from playwright.sync_api import Error

        with suppress(Error), page.expect_navigation(timeout=MILLISECONDS):
            page.locator("form[action$='/enter'] button").first.click(timeout=2_000)

    def _without_script(self) -> "Page":
        """A page in which no script runs, for the same person."""
        if self._plain is None:
            kept = self._context.storage_state()
            context = self._browser.new_context(java_script_enabled=False, storage_state=kept, locale="es")
            self._plain = self._listened(context).new_page()
        return self._plain

    def _found(self) -> Iterator[Place]:
        for name, (page, start) in FOUND.items():
            links = (each["path"] for each in self.open(page).ask("links") if each["shown"])
            first = next((path for path in links if path.startswith(start)), None)
            if first is not None:
                yield Place(name=name, path=first)


def origin_of(url: str) -> str:
    """The scheme and host of an address, without what comes after."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
