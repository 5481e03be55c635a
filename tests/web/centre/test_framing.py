"""The centre in a frame: only for hosts that are listed, with a cookie of its own, and never for its own origin."""

from pathlib import Path

import pytest

from fiel.core.errors import SettingsInvalid
from fiel.settings import Settings
from fiel.web.app import make_app
from tests.web.centre.people import HERE, Browser, Centre, Page

_PROMISE = Path("promise")
HOST = "https://shop.example"
FRAMED = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}


def in_a_frame(*hosts: str, url: str = HERE) -> Browser:
    """Somebody whose browser shows the centre in a frame, where these hosts are listed."""
    centre = Centre()
    house, tokens = centre.house, centre.tokens
    centre.app = make_app(house, verify_subject=lambda token: tokens.verify(token, now=house.clock.now()), frames=hosts)
    browser = Browser(centre, url=url)
    browser.client.headers.update(FRAMED)
    return browser


def policy(page: Page) -> list[str]:
    """What a page tells the browser, rule by rule."""
    return page.headers["content-security-policy"].split("; ")


def test_by_default_nobody_gets_a_frame() -> None:
    """Without a list no page may be framed, and none has a script."""
    browser = in_a_frame()
    page = browser.get("/frame")
    assert "frame-ancestors 'none'" in policy(page)
    assert page.all("script") == []


def test_a_listed_host_gets_a_frame_and_nobody_else() -> None:
    """The list is what the browser is told, for a page and for the page of a problem; scripts are the one file."""
    browser = in_a_frame(HOST, "https://news.example")
    for path in ("/frame", "/preferences", "/left", "/enter?t=x"):
        page = browser.get(path)
        rules = policy(page)
        assert f"frame-ancestors {HOST} https://news.example" in rules
        assert "script-src 'self'" in rules
        assert "require-trusted-types-for 'script'" in rules
        assert [tag["src"] for tag in page.all("script")] == ["/static/framed.js"]


def test_outside_a_frame_nothing_changes() -> None:
    """A page that stands by itself may not be framed and has no script, whoever is listed."""
    browser = in_a_frame(HOST)
    del browser.client.headers["Sec-Fetch-Dest"]
    page = browser.get("/left")
    assert "frame-ancestors 'none'" in policy(page)
    assert not [rule for rule in policy(page) if rule.startswith("script-src")]
    assert page.all("script") == []


def test_its_own_origin_is_no_host() -> None:
    """A page of the very origin could press the buttons, so listing it lists nobody."""
    assert "frame-ancestors 'none'" in policy(in_a_frame(HERE).get("/frame"))


@pytest.mark.parametrize(("url", "name"), [(HERE, "fiel-framed"), ("https://fiel.test", "__Host-fiel-framed")])
def test_a_frame_has_a_cookie_of_its_own(url: str, name: str) -> None:
    """Kept apart for each host, never over a line that can be read, out of reach of scripts."""
    browser = in_a_frame(HOST, url=url)
    entered = browser.post("/enter", {"t": browser.centre.token()}, follow=False)
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    for part in ("HttpOnly", "SameSite=None", "Secure", "Partitioned", "Path=/"):
        assert part in cookie.split("; ")


def test_who_is_in_elsewhere_is_not_in_here() -> None:
    """The cookie of the page opens nothing in a frame, nor the other way round."""
    browser = in_a_frame(HOST, url="https://fiel.test")
    del browser.client.headers["Sec-Fetch-Dest"]
    assert browser.come_in().status == 200
    browser.client.headers["Sec-Fetch-Dest"] = "iframe"
    assert browser.get("/preferences").status == 401
    assert browser.come_in().status == 200
    del browser.client.headers["Sec-Fetch-Dest"]
    assert browser.get("/preferences").status == 200


def test_a_choice_in_a_frame_says_so() -> None:
    """The ledger has where it was made; the proof of the form counts there as everywhere."""
    browser = in_a_frame(HOST, url="https://fiel.test")
    page = browser.come_in()
    form = next(form for form in page.forms if ("choice", "declared") in form.offers)
    assert browser.post(form.action, form.hidden | {"choice": "declared", "proof": "x"}).status == 403
    assert "desde «frame»" in _receipt(browser, browser.post(form.action, form.hidden | {"choice": "declared"}))


def _receipt(browser: Browser, page: Page) -> str:
    link = next(tag["href"] for tag in page.all("a") if tag["href"].startswith("/receipts/"))
    return browser.get(link).text


def test_the_element_may_be_loaded_by_others_and_nothing_else() -> None:
    """Of all files one is for pages of other origins."""
    client = Browser(Centre()).client
    opened = {
        name
        for name in ("fiel-preferences.js", "framed.js", "paper.css", "centre.css", "mark.svg")
        if client.get(f"/static/{name}").headers["cross-origin-resource-policy"] == "cross-origin"
    }
    assert opened == {"fiel-preferences.js"}


@pytest.mark.parametrize(
    "wrong",
    ["*", "https://*.shop.example", "http://shop.example", "https://shop.example/", "shop.example", "'self'",
     "https://a.example;script-src *", "https://a.example, https://b.example", "null", "https://"],
)  # fmt: skip
def test_only_exact_origins_can_be_listed(wrong: str) -> None:
    """A wildcard, a path, a line that can be read, a word of the policy: refused at the start."""
    with pytest.raises(SettingsInvalid):
        Settings.of(_PROMISE, environ={"FIEL_FRAME_ANCESTORS": wrong})


def test_exact_origins_are_taken_once_each() -> None:
    """In the order in which they stand; this machine also without encryption, to try things out."""
    told = f"{HOST}  http://localhost:8000 {HOST} https://a.example:8443"
    settings = Settings.of(_PROMISE, environ={"FIEL_FRAME_ANCESTORS": told})
    assert settings.frames == (HOST, "http://localhost:8000", "https://a.example:8443")
    assert Settings.of(_PROMISE, environ={}).frames == ()
