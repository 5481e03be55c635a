"""A company's colours over HTTP: one sheet at an address of its own, linked from every page, with colours alone."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from fiel.core.promise.theme import Theme
from fiel.operations.publish import publish
from fiel.web.theme import address_of, sheet_of
from tests.laws.world import a_promise
from tests.web.centre.people import Browser, Centre

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
NAMES = st.sampled_from(["paper", "ink", "accent", "line", "soft"])
PLAIN = re.compile(
    r":root \{ [-a-z0-9#:; ]+\}\n@media \(prefers-color-scheme: dark\) \{ :root \{ [-a-z0-9#:; ]+\} \}\n"
)
THEME = Theme(light={"accent": "#7a1f3d"}, dark={"accent": "#e8a5bb"}, radius=4)


@given(colours=st.dictionaries(NAMES, COLOURS), radius=st.integers(0, 24))
def test_nothing_but_colours_gets_into_the_style_sheet(colours: dict[str, str], radius: int) -> None:
    """The sheet is two rules of properties, whatever was set."""
    assert PLAIN.fullmatch(sheet_of(Theme(light=colours, dark=colours, radius=radius)))


def test_the_pages_wear_it() -> None:
    """Every page links the sheet after Fiel's own; it may be kept for ever, since another theme has another address."""
    centre = Centre()
    plain = Browser(centre).get("/left")
    assert [tag["href"] for tag in plain.all("link") if "/theme/" in tag["href"]] == []
    publish(centre.house, replace(a_promise("base"), theme=THEME), approved_by=("wording",)).result()
    browser = Browser(centre)
    sheets = [tag["href"] for tag in browser.come_in().all("link") if tag["rel"] == "stylesheet"]
    address = address_of(replace(a_promise("base"), theme=THEME))
    assert sheets == ["/static/paper.css", address, "/static/centre.css"]
    answer = TestClient(centre.app).get(address)
    assert answer.text == sheet_of(THEME)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert "--accent: #7a1f3d;" in answer.text
    assert "--radius: 4px;" in answer.text
    assert address != address_of(replace(a_promise("base"), theme=replace(THEME, radius=5)))


def test_there_is_no_other_sheet() -> None:
    """Another name, or any where no theme is set, leads nowhere."""
    client = TestClient(Centre().app)
    assert client.get(address_of(replace(a_promise("base"), theme=THEME))).status_code == 404
