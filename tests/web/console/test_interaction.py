"""The agent's card as a page: permitted facts with source and day, every no named, and nobody in an address."""

from typing import Final

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Level
from fiel.core.staff import Role
from fiel.core.use.gate import Event, Traits
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.look import show_looks
from tests.web.centre.people import Page
from tests.web.console.staff import Desk, Office
from tests.web.console.workshop import an_office, words
from tests.web.serving import ANA

ORDERS: Final = UseCaseId("order_help")
REASON: Final = "Pregunta por el pedido que no llegó"


def known(office: Office, level: Level | None = None) -> None:
    """Ana says how far help with her orders may go (None: she says nothing of it), tells, and buys."""
    now = office.house.clock.now()
    choice = Choice(
        use_case=UseCaseId("suggestions"),
        status=Status.REFUSED,
        attested_by=Attestation.PERSON,
        interface="test",
        language="es",
    )
    choose(office.house, ANA, choice).result()
    if level is not None:
        objection = Choice(
            use_case=ORDERS,
            status=Status.OBJECTED,
            attested_by=Attestation.PERSON,
            interface="test",
            language="es",
            level=level,
        )
        choose(office.house, ANA, objection).result()
    bought = Event(name="purchase", at=now, properties={"item": "lamp-of-ana", "quantity": 7, "price": 19.5})
    told = Traits(at=now, values={"preferred_contact": "phone, please", "favourite_categories": ["secret taste"]})
    messages = [Message(id="bought", subject=ANA, content=bought), Message(id="told", subject=ANA, content=told)]
    collect(office.house, messages).result()


def asked(desk: Desk, **instead: str) -> Page:
    """The card of Ana for help with her orders."""
    fields = {"kind": "user", "subject": "ana", "use_case": ORDERS, "reason": REASON} | instead
    return desk.send("/console/interaction", **fields)


def test_the_card_shows_what_is_permitted_and_where_it_is_from() -> None:
    """What she told and what she bought stand there with source and day; what this use does not ask for does not."""
    office = an_office()
    known(office)
    page = asked(office.desk(Role.AGENT))
    said = words(page.text)
    assert page.status == 200
    assert "phone, please" in said
    assert "lamp-of-ana quantity: 7" in said
    assert "they told us" in said
    assert "from what they did here" in said
    assert "secret taste" not in said
    assert "19.5" not in said


def test_what_is_not_permitted_is_named() -> None:
    """Who lets go only what they told has their purchases named as not allowed, and none of them shown."""
    office = an_office()
    known(office, Level.DECLARED)
    page = asked(office.desk(Role.AGENT, language="es"))
    said = words(page.text)
    assert "Tus compras No lo ha permitido." in said
    assert "phone, please" in said
    assert "lamp-of-ana" not in page.text


def test_who_objects_to_all_has_an_empty_card() -> None:
    """Everything is named, nothing is shown, and the card says why."""
    office = an_office()
    known(office, Level.NONE)
    page = asked(office.desk(Role.AGENT, language="es"))
    said = words(page.text)
    assert "No se puede enseñar nada: se opuso." in said
    assert said.count("No lo ha permitido.") == 3
    assert "phone, please" not in said
    assert "lamp-of-ana" not in said


def test_the_person_sees_that_it_was_looked_at() -> None:
    """The reason is theirs to read, and the page says that it was noted."""
    office = an_office()
    known(office)
    page = asked(office.desk(Role.AGENT))
    assert [look.reason for look in show_looks(office.house, ANA)] == [REASON]
    assert "Noted in the ledger, entry" in page.text


@pytest.mark.parametrize(
    ("instead", "status"),
    [
        ({"reason": ""}, 422),
        ({"reason": "x"}, 422),
        ({"subject": ""}, 422),
        ({"subject": "a" * 300}, 422),
        ({"kind": "everybody"}, 422),
        ({"subject": "nobody at all"}, 404),
        ({"use_case": "suggestions"}, 422),
        ({"use_case": "none"}, 404),
    ],
)
def test_what_is_missing_looks_at_nobody(instead: dict[str, str], status: int) -> None:
    """Without a reason, a person or a use with a card, nothing is looked at, and what was written stays in the form."""
    office = an_office()
    known(office)
    page = asked(office.desk(Role.AGENT), **instead)
    assert page.status == status
    assert show_looks(office.house, ANA) == ()
    assert "phone, please" not in page.text


def test_nobody_stands_in_an_address() -> None:
    """The card is the answer to a form: there is no address with a person in it, and reading it again shows no card."""
    office = an_office()
    known(office)
    desk = office.desk(Role.AGENT)
    assert asked(desk).headers.get("location") is None
    assert "phone, please" not in desk.get("/console/interaction?subject=ana&use_case=order_help").text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENT])
def test_the_card_is_for_those_who_answer_people(role: Role) -> None:
    """No other role has the form, or an answer to it."""
    office = an_office()
    known(office)
    desk = office.desk(role)
    assert desk.get("/console/interaction").status == 403
    assert asked(desk).status == 403
    assert show_looks(office.house, ANA) == ()


def test_hostile_words_stay_words() -> None:
    """What somebody told as a script is shown as text."""
    office = an_office()
    known(office)
    told = Traits(at=office.house.clock.now(), values={"preferred_contact": "<script>alert(1)</script>"})
    collect(office.house, [Message(id="again", subject=ANA, content=told)]).result()
    page = asked(office.desk(Role.AGENT))
    assert "<script" not in page.text
    assert "alert(1)" in page.text
