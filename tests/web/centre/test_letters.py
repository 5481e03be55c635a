"""Letters on the pages: where they go, what their links do, and that machines which open links do nothing by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Status
from fiel.core.ids import Identifier
from fiel.operations.notices.contact import contact
from fiel.operations.publish import publish
from tests.laws.world import PICKS, a_promise
from tests.operations.notices.posting import URL, Office, an_office, token_in, told
from tests.web.centre.people import Browser, Centre
from tests.web.serving import ANA, Doors, open_doors, say_yes


@pytest.fixture
def centre() -> Centre:
    """A house that can send mail."""
    doors = open_doors()
    house = replace(doors.house, post=an_office().house.post)
    return Centre(Doors(house=house, app=doors.app, clock=doors.clock))


@pytest.fixture
def office(centre: Centre) -> Office:
    """Who sends its letters."""
    return Office(house=centre.house, clock=centre.doors.clock)


def proved(centre: Centre, office: Office) -> Browser:
    """Ana, in her pages, with an address that she proved by the link that was sent there."""
    browser = Browser(centre)
    browser.come_in()
    form = next(form for form in browser.get("/rights").forms if form.action == "/rights/letters")
    browser.post("/rights/letters", form.hidden | {"address": "ana@example.com"})
    office.go()
    link = f"/mail/confirm?t={token_in(office.mail.taken[-1])}"
    reader = Browser(centre)
    reader.press(reader.get(link), "/mail/confirm")
    office.mail.taken.clear()
    return browser


def test_an_address_is_given_proved_and_taken_away_without_a_script(centre: Centre, office: Office) -> None:
    """The page of rights says each time where things stand, and the link of the letter needs no session."""
    browser = proved(centre, office)
    known = contact(centre.house, ANA)
    assert known is not None
    assert known.proved is not None
    page = browser.get("/rights")
    assert "Te avisamos en ana@example.com." in page.text
    page = browser.press(page, "/rights/letters/stop")
    assert "hemos borrado la dirección" in page.text
    assert contact(centre.house, ANA) is None


@pytest.mark.parametrize("typed", ["ana", "ana@example.com\r\nBcc: bea@example.com", "a@b.example, c@d.example"])
def test_what_is_no_address_is_told_and_not_kept(centre: Centre, typed: str) -> None:
    """The page says what is wrong beside the field, and not what was typed."""
    browser = Browser(centre)
    browser.come_in()
    form = next(form for form in browser.get("/rights").forms if form.action == "/rights/letters")
    page = browser.post("/rights/letters", form.hidden | {"address": typed})
    assert page.status == 200
    assert "no parece una dirección de correo" in page.text
    assert "Bcc" not in page.text
    assert contact(centre.house, ANA) is None


def test_who_asks_for_too_many_letters_is_told(centre: Centre) -> None:
    """After a few addresses in one day the page says to wait, and nothing more is sent."""
    browser = Browser(centre)
    browser.come_in()
    form = next(form for form in browser.get("/rights").forms if form.action == "/rights/letters")
    for number in range(5):
        browser.post("/rights/letters", form.hidden | {"address": f"ana{number}@example.com"})
    page = browser.post("/rights/letters", form.hidden | {"address": "ana9@example.com"})
    assert "Has pedido muchos correos" in page.text


def test_a_house_without_mail_offers_none(office: Office) -> None:
    """Where no letter can be sent no page asks for an address, and no door lets one in by it."""
    centre = Centre()
    browser = Browser(centre)
    browser.come_in()
    assert "/rights/letters" not in {form.action for form in browser.get("/rights").forms}
    stranger = Browser(centre)
    assert stranger.get("/enter").status == 401
    assert stranger.post("/enter/mail", {"address": "ana@example.com"}).status == 401
    with centre.house.store.read() as tx:
        assert tx.outbox.next_due() is None
    assert office.mail.taken == []


def test_a_link_by_mail_lets_in_and_is_looked_at_without_harm(centre: Centre, office: Office) -> None:
    """Scanners and prefetchers open it as often as they like; the button lets its owner in, once."""
    proved(centre, office)
    stranger = Browser(centre)
    page = stranger.get("/enter")
    assert [form.action for form in page.forms] == ["/enter/mail"]
    answer = stranger.post("/enter/mail", page.forms[0].hidden | {"address": "Ana@example.com"})
    assert answer.status == 200
    office.go(timedelta(minutes=1))
    link = f"/enter?m={token_in(office.mail.taken[-1])}"
    scanner = Browser(centre)
    for _ in range(4):
        assert scanner.client.head(link).status_code == 200
        assert "set-cookie" not in scanner.get(link).headers
    looked = scanner.get(link)
    form = looked.forms[0]
    entered = stranger.post("/enter", form.hidden, follow=False)
    assert (entered.status, entered.headers["location"]) == (303, "/preferences")
    assert stranger.get("/preferences").status == 200
    again = Browser(centre)
    assert again.post("/enter", form.hidden).status == 401
    assert again.get(link).status == 401


def test_a_link_by_mail_is_used_from_here_alone_and_in_time(centre: Centre, office: Office) -> None:
    """A form of another page is only shown the button, and after a quarter of an hour nobody is let in."""
    proved(centre, office)
    stranger = Browser(centre)
    stranger.post("/enter/mail", {"address": "ana@example.com"})
    office.go(timedelta(minutes=1))
    token = token_in(office.mail.taken[-1])
    foreign = stranger.post("/enter", {"m": token}, origin="https://evil.example", follow=False)
    assert (foreign.status, "set-cookie" in foreign.headers) == (200, False)
    centre.doors.clock.turn(timedelta(minutes=16))
    assert stranger.post("/enter", {"m": token}, follow=False).status == 401


def test_the_answer_is_the_same_for_every_address(centre: Centre, office: Office) -> None:
    """Known or not, the page is letter for letter the same, and so is what is written until the worker looks."""
    proved(centre, office)
    answers = []
    for address in ("ana@example.com", "nobody@example.com"):
        page = Browser(centre).post("/enter/mail", {"address": address, "lang": "es"})
        answers.append((page.status, page.text.replace(address, "")))
    assert answers[0] == answers[1]
    assert office.go(timedelta(minutes=1)).sent == 2
    assert len(office.mail.taken) == 1


def test_asking_for_links_is_limited_and_says_so(centre: Centre) -> None:
    """One client asks ten times and is then told to wait; what is no address is told at once."""
    stranger = Browser(centre)
    assert stranger.post("/enter/mail", {"address": "nobody"}).status == 422
    statuses = [stranger.post("/enter/mail", {"address": f"a{n}@example.com"}).status for n in range(11)]
    assert statuses == [200] * 10 + [429]


def test_a_form_of_another_page_asks_for_no_link(centre: Centre) -> None:
    """Nobody is made to ask for a link by a page that they did not open for it."""
    stranger = Browser(centre)
    stranger.post("/enter/mail", {"address": "ana@example.com"}, origin="https://evil.example")
    with centre.house.store.read() as tx:
        assert tx.outbox.next_due() is None


def letter_of_a_change(centre: Centre, office: Office) -> str:
    """The way out of a letter that says what changed."""
    say_yes(centre.house)
    office.go()
    publish(centre.house, a_promise("wide"), approved_by=("one", "two")).result()
    office.go()
    office.go()
    return office.mail.taken[-1].stops.removeprefix(URL)


IN_PARTS = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (IN_PARTS, "multipart/form-data; boundary=x"),
        (b"", ""),
    ],
)
def test_a_mail_program_ends_it_with_one_post(centre: Centre, office: Office, *, body: bytes, media: str) -> None:
    """Without cookie, origin or script, in either form of body, the use case is withdrawn (RFC 8058 §3.2)."""
    proved(centre, office)
    link = letter_of_a_change(centre, office)
    program = Browser(centre)
    answer = program.client.post(link, content=body, headers={"Content-Type": media} if media else {})
    assert answer.status_code == 200
    assert centre.standing().status is Status.WITHDRAWN
    assert "set-cookie" not in answer.headers


def test_opening_the_way_out_changes_nothing(centre: Centre, office: Office) -> None:
    """The page behind the link names the use and has one button, in the language of the letter."""
    proved(centre, office)
    link = letter_of_a_change(centre, office)
    for _ in range(3):
        assert Browser(centre, language="en").get(link).status == 200
        assert centre.standing().status is Status.GIVEN
    page = Browser(centre, language="en").get(link)
    assert "¿Dejar de usar tus datos para esto?" in page.text
    reader = Browser(centre)
    done = reader.press(page, "/mail/stop")
    assert "Hecho: ya no se usan" in done.text
    assert centre.standing(PICKS).status is Status.WITHDRAWN


@pytest.mark.parametrize("path", ["/mail/stop", "/mail/confirm", "/enter"])
@pytest.mark.parametrize("query", ["?t=", "?t=x", "?t=%00", "?m=x", "?t=" + "A" * 5_000])
def test_what_is_no_link_opens_nothing(centre: Centre, path: str, query: str) -> None:
    """A link that nobody sent says the one thing that every bad link says, and offers the way by mail."""
    page = Browser(centre).get(path + query)
    if query == "?t=" and path == "/enter":
        assert page.status == 200
        return
    assert page.status == 401
    assert "Por aquí no se puede entrar" in page.text
    assert "/enter?lang=es" in page.text


def test_letters_lead_into_this_house_alone(centre: Centre, office: Office) -> None:
    """Every link of every letter begins with the address at which people find Fiel, and leads to a page."""
    browser = proved(centre, office)
    say_yes(centre.house)
    office.go()
    (letter,) = office.mail.taken
    for line in letter.lines:
        if line.address:
            assert line.address.startswith(f"{URL}/")
            assert browser.get(line.address.removeprefix(URL)).status == 200
    assert told(letter)


def test_a_server_gives_an_address_and_takes_it_away() -> None:
    """The shop's own server answers for an address; a person's own token has it asked for first."""
    doors = open_doors()
    centre = Centre(doors)
    client = Browser(centre).client
    path = "/v1/subjects/user:ana/contact"
    asked = client.put(path, json={"address": "ana@example.com", "language": "en"}, headers=doors.as_server)
    assert asked.json() == {"address": "ana@example.com", "language": "en", "proved": True}
    assert client.get(path, headers=doors.as_server).json() == asked.json()
    gone = client.delete(path, headers=doors.as_server)
    assert gone.json() == {"address": None, "language": None, "proved": False}
    assert contact(doors.house, Identifier.parse("user:ana")) is None
    token = {"Authorization": f"Bearer {centre.token()}"}
    own = client.put("/v1/subjects/me/contact", json={"address": "ana@example.com"}, headers=token)
    assert (own.status_code, own.json()["proved"]) == (200, False)
    refused = client.put(path, json={"address": "ana@example.com\nBcc: x@y.z"}, headers=doors.as_server)
    assert (refused.status_code, "Bcc" in refused.text) == (422, False)
    assert client.get(path).status_code == 401


def test_who_asks_too_often_by_program_is_told_when_to_come_back() -> None:
    """A person's own token is held to the same limits, with the seconds after which it may be tried again."""
    doors = open_doors()
    centre = Centre(doors)
    client, token = Browser(centre).client, {"Authorization": f"Bearer {centre.token()}"}
    statuses = [
        client.put("/v1/subjects/me/contact", json={"address": f"ana{number}@example.com"}, headers=token)
        for number in range(6)
    ]
    assert [answer.status_code for answer in statuses] == [200] * 5 + [429]
    assert statuses[-1].headers["retry-after"] == "3600"


def test_whoever_takes_their_data_along_takes_the_address_along(centre: Centre, office: Office) -> None:
    """The file of all that is held says where letters go, as it is held too (GDPR art. 15)."""
    browser = proved(centre, office)
    whole = browser.client.get("/data/download").json()
    assert whole["letters"] == {"address": "ana@example.com", "language": "es", "proved": True}
