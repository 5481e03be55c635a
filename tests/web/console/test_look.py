"""A look at one person's data: never without a reason, a leaf in the ledger, and the person's knowing."""

import ast
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fiel.core.consent.choice import Attestation
from fiel.core.consent.leaf import look_leaf
from fiel.core.errors import NotAllowed
from fiel.core.ids import Position
from fiel.core.law import Right
from fiel.core.staff import Look, Role, Why, sound_reason
from fiel.operations.audit import audit
from fiel.operations.erase import erase
from fiel.operations.exercise import Wish, exercise
from fiel.operations.look import LASTS, LOOKS, look_at, show_looks, shown
from fiel.operations.staff.accounts import accounts
from fiel.operations.weigh import meet_person
from fiel.ports import Transaction
from fiel.web.console.rooms import ALL
from tests.house.tree import PACKAGE, sources
from tests.laws.world import PICKS
from tests.web.centre.people import Browser, Centre
from tests.web.console.staff import Desk, Office
from tests.web.serving import ANA, say_yes

REASON = "You asked us on the phone what we keep"


@pytest.fixture
def office() -> Office:
    """A house in which Ana said yes."""
    office = Office()
    say_yes(office.house)
    return office


def ledger_size(office: Office) -> int:
    """How many leaves there are."""
    with office.house.store.read() as tx:
        return tx.ledger.size


def look(desk: Desk, *, person: str = "ana", why: str = "asked", reason: str = REASON) -> str:
    """Make a look; the address that it leads to, empty if it was refused."""
    answer = desk.client.post(
        "/console/person",
        data={"proof": desk.proof, "kind": "user", "person": person, "why": why, "reason": reason},
        headers={"Origin": desk.url},
        follow_redirects=False,
    )
    return str(answer.headers.get("location", ""))


@pytest.mark.parametrize("role", [Role.DPO, Role.AGENT])
def test_a_look_is_in_the_ledger_and_told(office: Office, role: Role) -> None:
    """Whoever may look sees what is held, the ledger has one more leaf that names nobody, and the person reads why."""
    desk, before = office.desk(role), ledger_size(office)
    page = desk.get(look(desk))
    assert page.status == 200
    assert "Said yes." in page.text
    assert ledger_size(office) == before + 1
    with office.house.store.read() as tx:
        leaf = tx.ledger.leaf(Position(before))
    assert set(json.loads(leaf)) == {"v", "type", "tag", "day", "commitment"}
    assert b"ana" not in leaf
    seen = show_looks(office.house, ANA)
    assert [(each.role, each.why, each.reason) for each in seen] == [(role, Why.ASKED, REASON)]


def test_the_person_reads_it_under_uses(office: Office) -> None:
    """Who looked, as what, when and why stands on the person's own page, in their words and not as markup."""
    desk = office.desk(Role.AGENT)
    look(desk, reason="You wrote <b>twice</b> about a parcel")
    centre = Centre(office.doors)
    browser = Browser(centre, language="en")
    browser.come_in(ANA)
    page = browser.get("/uses")
    assert "a person of customer service looked at your data" in page.text
    assert "You wrote &lt;b&gt;twice&lt;/b&gt; about a parcel" in page.text


def test_the_audit_knows_looks(office: Office) -> None:
    """A ledger with looks is derived again without a finding, and a look that its person cannot read is found."""
    house = office.house
    look(office.desk(Role.DPO))
    assert audit(house, verify=house.signer.signed).is_clean
    member = next(each for each in accounts(house) if each.role is Role.DPO)
    hidden = Look(staff=member.id, role=Role.DPO, why=Why.ASKED, reason=REASON, at=house.clock.now())

    def hide(tx: Transaction) -> None:
        tag = house.names.tag(meet_person(house, tx, ANA).sid, LOOKS)
        tx.ledger.append(look_leaf(hidden, tag=tag, salt=bytes(32)))

    house.store.write(hide).result()
    assert not audit(house, verify=house.signer.signed).is_clean


@pytest.mark.parametrize(
    "wrong",
    [
        ("ana", "asked", ""),
        ("ana", "asked", "short"),
        ("ana", "asked", "aaaaaaaaaaaaaaaaaaaa"),
        ("ana", "asked", "x" * 301),
        ("ana", "", REASON),
        ("ana", "curious", REASON),
        ("", "asked", REASON),
        ("nobody", "asked", REASON),
    ],
)
def test_without_a_person_and_a_reason_nothing_is_shown(office: Office, wrong: tuple[str, str, str]) -> None:
    """A look that lacks something is refused, leaves no leaf, and leads nowhere."""
    desk, before = office.desk(Role.DPO), ledger_size(office)
    person, why, reason = wrong
    assert look(desk, person=person, why=why, reason=reason) == ""
    assert ledger_size(office) == before


def test_a_look_lasts_a_quarter_of_an_hour(office: Office) -> None:
    """Afterwards its address opens nothing, and another reason is needed."""
    desk = office.desk(Role.DPO)
    address = look(desk)
    assert desk.get(address).status == 200
    office.doors.clock.turn(LASTS)
    assert desk.get(address).status == 403


def test_a_look_is_for_its_own_session(office: Office) -> None:
    """Whoever gets the address of somebody else's look sees nothing by it, not even in another session of their own."""
    address = look(office.desk(Role.DPO))
    for role in (Role.DPO, Role.AGENT):
        assert office.desk(role).get(address).status == 403


def test_a_look_at_somebody_who_is_erased_shows_nothing(office: Office) -> None:
    """When the person is gone, the page that was open on them has nothing to show, and the looks are gone with them."""
    desk = office.desk(Role.DPO)
    address = look(desk)
    erase(office.house, ANA, attested_by=Attestation.PERSON).result()
    assert "Said yes." not in desk.get(address).text
    assert show_looks(office.house, ANA) == ()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DPO, Role.AGENT}))
def test_other_roles_look_at_nobody(office: Office, role: Role) -> None:
    """Also past the pages, a role that may not look is refused, and no leaf says that it did."""
    office.desk(role)
    member, before = next(each for each in accounts(office.house) if each.role is role), ledger_size(office)
    with pytest.raises(NotAllowed):
        look_at(office.house, ANA, staff=member, why=Why.ASKED, reason=REASON)
    assert ledger_size(office) == before


def test_opening_a_request_is_a_look(office: Office) -> None:
    """The list of requests names nobody; whoever opens one looks at its person, who reads that it was for that."""
    wish = Wish(right=Right.RECTIFICATION, asked_by=Attestation.PERSON, note="my street is wrong")
    exercise(office.house, ANA, wish).result()
    desk, before = office.desk(Role.DPO), ledger_size(office)
    listed = desk.get("/console/requests")
    assert "to correct it" in listed.text
    assert "street" not in listed.text
    assert f">{ANA.value}<" not in listed.text
    form = next(form for form in listed.forms if form.action == "/console/requests/open")
    name = next(value for field, value in form.offers if field == "request")
    page = desk.send("/console/requests/open", request=name)
    assert "my street is wrong" in page.text
    assert ledger_size(office) == before + 1
    assert show_looks(office.house, ANA)[0].reason.startswith("You asked: to correct it")


def test_a_request_is_answered_step_by_step(office: Office) -> None:
    """Approved, then done, each step kept; a step that cannot follow changes nothing and says so."""
    exercise(office.house, ANA, Wish(right=Right.RECTIFICATION, asked_by=Attestation.PERSON)).result()
    desk = office.desk(Role.DPO)
    listed = desk.get("/console/requests")
    name = next(value for form in listed.forms for field, value in form.offers if field == "request")
    page = desk.send("/console/requests/open", request=name)
    leave = next(form for form in page.forms if form.action == "/console/requests/step").hidden["look"]
    assert desk.send("/console/requests/step", look=leave, move="fulfil").status == 422
    assert "being answered" in desk.send("/console/requests/step", look=leave, move="approve").text
    assert "fulfilled" in desk.send("/console/requests/step", look=leave, move="fulfil").text


@settings(max_examples=60, deadline=None)
@given(text=some.text(max_size=400))
def test_a_reason_says_something_or_is_refused(text: str) -> None:
    """A reason that is taken has letters that a person can read, whatever else was typed."""
    if sound_reason(text):
        assert len(set(" ".join(text.split()).casefold())) >= 5


PERSONAL = {
    "show_data",
    "show_choices",
    "show_uses",
    "show_topics",
    "show_looks",
    "show_changes",
    "own_access",
    "explain",
}
"""What shows something of one person."""


def test_no_page_of_the_console_shows_a_person_without_a_look() -> None:
    """Nothing in the console asks for a person's data but through a look, which cannot be had without its leaf."""
    console = [module for module in sources(PACKAGE) if module.name.startswith("web/console/")]
    named = {
        (module.name, each.name)
        for module in console
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    assert {(where, what) for where, what in named if what in PERSONAL} == set()
    assert {where for where, what in named if what == "shown"} == {"web/console/look.py"}
    assert {where for where, what in named if what == "Seen"} == {"web/console/look.py"}
    assert {where for where, what in named if what == "find_request"} == {"web/console/requests.py"}


def test_no_page_but_a_look_holds_a_word_of_the_person(office: Office) -> None:
    """Every page that any role can read without a look is the same whatever Ana said, but for counts and the ledger."""
    plain = Office()
    canary = "Canary Q7ZK"
    exercise(office.house, ANA, Wish(right=Right.REVIEW, asked_by=Attestation.PERSON, note=canary)).result()
    for role in Role:
        desk = office.desk(role)
        for room in ALL:
            if room.method == "GET" and role in room.roles:
                page = desk.get(room.path.replace("{use_case}", PICKS).replace("{name}", PICKS))
                assert canary not in page.text
                assert "user:ana" not in page.text
    assert plain.desk(Role.DPO).get("/console/requests").status == 200


def test_a_look_that_is_over_is_refused_by_the_operation(office: Office) -> None:
    """Leave to see is held to its time where the data are read, and not by the page alone."""
    office.desk(Role.DPO)
    member = next(each for each in accounts(office.house) if each.role is Role.DPO)
    seen = look_at(office.house, ANA, staff=member, why=Why.DUTY, reason=REASON).result()
    assert shown(office.house, seen).stands
    office.doors.clock.turn(LASTS)
    with pytest.raises(NotAllowed):
        shown(office.house, seen)
