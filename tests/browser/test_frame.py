"""`<fiel-preferences>` in a real Chromium, with two origins: what its host can do, and what it cannot."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from fiel.core.consent.choice import Status
from fiel.web.app import make_app
from tests.laws.world import PICKS
from tests.web.centre.people import Centre
from tests.web.serving import on_a_port

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SECONDS = 15_000

HOST_PAGE = """<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>
<script src="{fiel}/static/fiel-preferences.js" defer></script>
<fiel-preferences src="{fiel}" language="en" {asks}></fiel-preferences>
<script>
  const element = document.querySelector("fiel-preferences");
  element.token = async () => (await fetch("/token")).text();
  element.addEventListener("quiet", () => {{ document.title = "quiet" }});
</script></html>"""


class Shop:
    """A host that is listed, one that is not, and the centre, each at an origin of its own."""

    def __init__(self) -> None:
        """Nobody answers yet."""
        self.centre = Centre()
        self.fiel = self.listed = self.unlisted = ""

    @contextmanager
    def open(self) -> Iterator["Shop"]:
        """Let all three answer. One machine is two sites: its name and its number."""
        routes = [Route("/", self._page), Route("/token", self._token)]
        with on_a_port(Starlette(routes=routes)) as one, on_a_port(Starlette(routes=routes)) as other:
            self.listed, self.unlisted = (url.replace("127.0.0.1", "localhost") for url in (one, other))
            house, tokens = self.centre.house, self.centre.tokens
            app = make_app(
                house,
                verify_subject=lambda token: tokens.verify(token, now=house.clock.now()),
                frames=(self.listed,),
            )
            with on_a_port(app) as self.fiel:
                yield self

    async def _page(self, request: Request) -> HTMLResponse:
        use_case = request.query_params.get("use-case")
        return HTMLResponse(HOST_PAGE.format(fiel=self.fiel, asks=f'use-case="{use_case}"' if use_case else ""))

    async def _token(self, _request: Request) -> PlainTextResponse:
        return PlainTextResponse(self.centre.token())


Look = Callable[[Shop, "Page"], None]


@pytest.fixture
def looked() -> Iterator[Callable[[Look], None]]:
    """Runs what a test does with a page in a thread of its own: Playwright keeps an event loop in its thread."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")

    def run(look: Look) -> None:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser for it

        with ExitStack() as stack:
            shop = stack.enter_context(Shop().open())
            driver = stack.enter_context(sync_playwright())
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(SECONDS)
            look(shop, page)
            browser.close()

    with ThreadPoolExecutor(max_workers=1) as executor:
        yield lambda look: executor.submit(run, look).result()


def framed(page: "Page", selector: str) -> "Frame":
    """The frame of the element, once something is in it."""
    page.frame_locator("fiel-preferences iframe").locator(selector).first.wait_for()
    return page.frames[1]


def test_a_person_comes_in_and_chooses_within_the_page_of_a_shop(looked: Callable[[Look], None]) -> None:
    """The token goes over, the frame grows with its page, a button pressed there is recorded, as of a frame."""

    def look(shop: Shop, page: "Page") -> None:
        page.goto(shop.listed)
        frame = framed(page, f"#card-{PICKS}")
        high = page.locator("fiel-preferences iframe").evaluate("each => each.getBoundingClientRect().height")
        assert abs(high - frame.evaluate("document.documentElement.getBoundingClientRect().height")) < 2
        frame.locator(f"#card-{PICKS} button[value=declared]").click()
        framed(page, ".note")
        assert shop.centre.standing().status is Status.GIVEN
        page.reload()
        assert framed(page, f"#card-{PICKS}").locator(f"#card-{PICKS}").get_attribute("data-mark") == "yes"

    looked(look)


def test_a_host_can_neither_read_nor_press(looked: Callable[[Look], None]) -> None:
    """Its script cannot look into the frame, nor send its forms, nor make it do anything by a message or an address."""

    def look(shop: Shop, page: "Page") -> None:
        page.goto(shop.listed)
        framed(page, f"#card-{PICKS}")
        inside = "document.querySelector('fiel-preferences iframe')"
        assert page.evaluate(f"{inside}.contentDocument") is None
        assert (
            page.evaluate(f"try {{ {inside}.contentWindow.document; 'read' }} catch (e) {{ e.name }}")
            == "SecurityError"
        )
        for message in ({"fiel": 1, "kind": "token", "token": "x"}, {"fiel": 1, "kind": "choice", "value": "declared"}):
            page.evaluate(f"message => {inside}.contentWindow.postMessage(message, '*')", message)
        page.evaluate(
            f"""() => {{ const frame = document.createElement('iframe'); frame.name = 'own';
            frame.src = '{shop.fiel}/preferences'; document.body.append(frame); }}"""
        )
        own = page.frame_locator("iframe[name=own]")
        own.locator(f"#card-{PICKS}").wait_for()
        page.evaluate(
            f"""() => {{ const form = document.createElement('form'); form.method = 'post'; form.target = 'own';
            form.action = '{shop.fiel}/preferences/choose';
            form.innerHTML = '<input name=use_case value={PICKS}><input name=choice value=declared>';
            document.body.append(form); form.submit(); }}"""
        )
        own.locator("h1:has-text('Nothing was recorded')").wait_for()
        assert shop.centre.standing().status is Status.UNKNOWN

    looked(look)


def test_a_host_that_is_not_listed_gets_no_frame(looked: Callable[[Look], None]) -> None:
    """The browser itself shows it nothing; and a window that it opens is told no token of it either."""

    def look(shop: Shop, page: "Page") -> None:
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(shop.unlisted)
        page.wait_for_function("document.querySelector('fiel-preferences iframe') !== null")
        page.wait_for_timeout(500)
        assert [text for text in refused if "frame-ancestors" in text]
        assert [frame.url for frame in page.frames if frame.url.startswith(shop.fiel)] == []
        assert shop.centre.standing().status is Status.UNKNOWN

    looked(look)


def test_a_host_asks_at_its_moment_and_not_again(looked: Callable[[Look], None]) -> None:
    """The first time the frame holds the one question; after the answer the host hears that there is none to ask."""

    def look(shop: Shop, page: "Page") -> None:
        page.goto(f"{shop.listed}/?use-case={PICKS}")
        frame = framed(page, ".ask h1")
        pressed = frame.locator("fieldset.choices button").evaluate_all("all => all.map(each => each.ariaPressed)")
        assert pressed == ["false"] * 4
        frame.locator("button[value=none]").click()
        framed(page, ".note")
        assert shop.centre.standing().status is Status.REFUSED
        page.goto(f"{shop.listed}/?use-case={PICKS}")
        page.wait_for_function("document.title === 'quiet'")

    looked(look)
