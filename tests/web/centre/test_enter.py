"""Coming in: a link is looked at without harm and used once; what opens nothing says nothing; a session has an end."""

import logging
import re
from datetime import timedelta

import pytest

from fiel.keys.subject_tokens import SubjectTokens
from tests.web.centre.people import Browser, Centre, Page
from tests.web.serving import ANA

WHOLE_LINK = "/enter?t={}"


@pytest.fixture
def centre() -> Centre:
    """A house of its own for each test."""
    return Centre()


def told(page: Page) -> str:
    """What a page says, but for the address of the same page in another language."""
    return re.sub(r'\s*<a href="[^"]*" hreflang.*?</a>', "", page.text)


def test_looking_at_a_link_uses_nothing_up(centre: Centre) -> None:
    """However often a link is fetched, by whomever, it sets no cookie and still lets its person in."""
    link = WHOLE_LINK.format(centre.token())
    for _ in range(3):
        page = Browser(centre).get(link)
        assert page.status == 200
        assert "set-cookie" not in page.headers
        assert [form.action for form in page.forms] == ["/enter"]
    browser = Browser(centre)
    page = browser.get(link)
    entered = browser.post("/enter", page.forms[0].hidden, follow=False)
    assert (entered.status, entered.headers["location"]) == (303, "/preferences")


def test_a_link_is_used_once(centre: Centre) -> None:
    """The second use of a token, also spelled otherwise, opens nothing."""
    token = centre.token()
    assert Browser(centre).post("/enter", {"t": token}, follow=False).status == 303
    again = Browser(centre)
    assert again.post("/enter", {"t": token}).status == 401
    assert again.get(WHOLE_LINK.format(token)).status == 401
    head, _, signature = token.rpartition(".")
    spellings = [f"{head}.{signature[:-1]}{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij"]
    assert {again.post("/enter", {"t": spelling}, follow=False).status for spelling in spellings} == {401}


def test_two_links_of_one_second_are_two(centre: Centre) -> None:
    """A token that is issued again at once is another one."""
    first, second = centre.token(), centre.token()
    assert Browser(centre).post("/enter", {"t": first}, follow=False).status == 303
    assert Browser(centre).post("/enter", {"t": second}, follow=False).status == 303


def test_whatever_opens_nothing_says_the_same(centre: Centre) -> None:
    """Expired, replayed, tampered with, somebody else's, missing: one page, which names nobody, and no cookie."""
    old, used = centre.token(), None
    centre.doors.clock.turn(timedelta(minutes=20))
    used = centre.token()
    Browser(centre).post("/enter", {"t": used})
    forged = SubjectTokens(secret="another secret of the same length, or so").issue(
        ANA, minutes=5, now=centre.house.clock.now()
    )
    fresh = centre.token()
    bad = ["", "x", old, used, forged, fresh[:-3], fresh + "x", "é", fresh.replace(".", "..", 1)]
    pages = [Browser(centre).post("/enter", {"t": token}) for token in bad]
    pages += [Browser(centre).get(WHOLE_LINK.format(token)) for token in bad]
    pages += [Browser(centre).get(path) for path in ("/enter", "/preferences")]
    assert {(page.status, told(page)) for page in pages} == {(401, told(pages[0]))}
    assert [page for page in pages if "set-cookie" in page.headers] == []
    assert "user:" not in pages[0].text
    assert "privacidad@example.com" in pages[0].text


def test_a_form_of_another_origin_is_only_shown_the_button(centre: Centre) -> None:
    """The host application may hand a token over in a form: it comes to the button, and nobody is let in by it."""
    browser = Browser(centre)
    page = browser.post("/enter", {"t": centre.token()}, origin="https://shop.example")
    assert (page.status, "set-cookie" in page.headers) == (200, False)
    assert browser.post("/enter", page.forms[0].hidden, follow=False).status == 303


@pytest.mark.parametrize(
    ("url", "name", "secure"), [("http://fiel.test", "fiel", False), ("https://fiel.test", "__Host-fiel", True)]
)
def test_the_cookie_is_for_this_server_alone(centre: Centre, url: str, name: str, *, secure: bool) -> None:
    """No script reads it, no form of another site sends it, and over https no neighbouring host can set it."""
    browser = Browser(centre, url=url)
    cookie = browser.post("/enter", {"t": centre.token()}, follow=False).headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=1800"} <= parts
    assert ("secure" in parts) == secure
    assert not [part for part in parts if part.startswith("domain")]
    assert "ana" not in cookie


def test_a_session_ends_by_itself(centre: Centre) -> None:
    """Half an hour without a page ends it, and so do eight hours of any use."""
    browser = Browser(centre)
    browser.come_in()
    centre.doors.clock.turn(timedelta(minutes=31))
    assert browser.get("/preferences").status == 401
    browser.come_in()
    for _ in range(8 * 60 // 20):
        centre.doors.clock.turn(timedelta(minutes=20))
        assert browser.get("/preferences").status == 200
    centre.doors.clock.turn(timedelta(minutes=1))
    assert browser.get("/preferences").status == 401


def test_who_leaves_is_out_wherever_the_cookie_lies(centre: Centre) -> None:
    """Leaving takes the cookie back, and a copy of it opens nothing any more."""
    browser = Browser(centre)
    page = browser.come_in()
    copied = browser.client.cookies["fiel"]
    assert browser.post("/leave", page.forms[0].hidden).title == "Has salido"
    browser.client.cookies.set("fiel", copied, domain="fiel.test", path="/")
    assert browser.get("/preferences").status == 401


def test_a_changed_cookie_is_none(centre: Centre) -> None:
    """Neither a changed cookie nor another sealed thing of Fiel's lets anybody in."""
    for value in ("", "x", centre.house.tokens.seal(b"[]"), centre.house.tokens.seal(b'["session","00"]')):
        browser = Browser(centre)
        browser.client.cookies.set("fiel", value, domain="fiel.test", path="/")
        assert browser.get("/preferences").status == 401


def test_the_log_holds_no_token(centre: Centre, caplog: pytest.LogCaptureFixture) -> None:
    """A request is logged by the template of its page: neither a link's token nor a decision's name is written down."""
    caplog.set_level(logging.DEBUG, "fiel")
    browser, token = Browser(centre), centre.token()
    browser.get(WHOLE_LINK.format(token))
    browser.post("/enter", {"t": token})
    browser.get(f"/why/{token}")
    lines = [record.getMessage().rpartition(" ")[0].rpartition(" ")[0] for record in caplog.records]
    assert lines == ["GET /enter 200", "POST /enter 303", "GET /preferences 200", "GET /why/{decision} 404"]
    assert token not in caplog.text
    assert "ana" not in caplog.text
