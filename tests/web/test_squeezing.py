"""Smaller on the wire: files for everybody, pages only where their size cannot be used to guess what is in them."""

import gzip

import pytest
from starlette.requests import Request

from fiel.web.squeezing import takes_gzip
from tests.web.centre.people import HERE, Browser, Centre

MOST_ON_THE_WIRE = 80 * 1024


def sent(browser: Browser, path: str, **headers: str) -> tuple[bytes, str]:
    """A body as it goes over the wire, and how it is packed."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    with browser.client.stream("GET", path, headers={"Accept-Encoding": "gzip", **told}) as answer:
        assert answer.status_code == 200
        return b"".join(answer.iter_raw()), answer.headers.get("content-encoding", "")


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Ana, who has come in."""
    browser = Browser(Centre(), url=HERE)
    browser.come_in()
    return browser


def test_a_page_of_its_own_origin_is_smaller(browser: Browser) -> None:
    """What is unpacked is the page, and it is a good deal smaller."""
    plain, packing = sent(browser, "/preferences", Sec_Fetch_Site="cross-site")
    small, packed = sent(browser, "/preferences", Sec_Fetch_Site="same-origin")
    assert (packing, packed) == ("", "gzip")
    assert len(small) * 3 < len(plain)
    assert gzip.decompress(small).startswith(b"<!doctype html>")


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_a_page_that_somebody_else_asks_for_is_sent_whole(browser: Browser, site: str) -> None:
    """Whoever can make a browser ask and see the size must not learn from it what repeats (BREACH)."""
    headers = {"Sec_Fetch_Site": site} if site else {}
    assert sent(browser, "/preferences", **headers)[1] == ""


def test_nothing_of_an_address_is_repeated_in_a_page_that_holds_secrets(browser: Browser) -> None:
    """The other half of that attack needs words of the attacker's in the page: there is no way to put any there."""
    for path in ("/preferences", "/data", "/uses", "/rights", "/receipts", "/changes", "/rights/erase", "/left"):
        page = browser.get(f"{path}?guess=1&done=guess&everybody=guess&t=guess&lang=es")
        assert "guess" not in page.text


def test_all_of_a_page_is_small_enough(browser: Browser) -> None:
    """The page with sheets, mark and font goes over the wire in less than 80 KB."""
    page = browser.get("/preferences")
    loaded = [tag["href"] for tag in page.all("link")] + ["/static/source-sans-3.woff2", "/static/mark.svg"]
    whole = sum(len(sent(browser, path, Sec_Fetch_Site="same-origin")[0]) for path in ["/preferences", *set(loaded)])
    assert whole < MOST_ON_THE_WIRE


@pytest.mark.parametrize(
    ("told", "takes"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0", False), ("identity", False)],
)
def test_what_a_reader_can_read_is_what_they_say(told: str, *, takes: bool) -> None:
    """A quality of nothing means no."""
    request = Request({"type": "http", "headers": [(b"accept-encoding", told.encode())]})
    assert takes_gzip(request) is takes
