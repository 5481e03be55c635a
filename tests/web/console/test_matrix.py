"""Who may enter what: every route of the console for every role and for nobody, and what a form from elsewhere does."""

from collections.abc import Mapping
from typing import Final

import pytest

from fiel.core.consent.choice import Attestation
from fiel.core.staff import Role
from fiel.operations.admit import list_keys
from fiel.operations.look import show_looks
from fiel.operations.show import show_data
from fiel.operations.staff.accounts import accounts
from fiel.web.console.rooms import ALL
from fiel.web.console.visits import Room
from tests.laws.world import PICKS
from tests.web.centre.people import HERE
from tests.web.console.staff import Desk, Office
from tests.web.serving import ANA, say_yes

EVERY: Final = frozenset(Role)
D, M, A, E, U = Role.DPO, Role.MARKETER, Role.AGENT, Role.ENGINEER, Role.AUDITOR

MAY: Final[Mapping[str, frozenset[Role]]] = {
    "GET /console": EVERY,
    "POST /console/leave": EVERY,
    "GET /console/register": frozenset({D, M, E, U}),
    "GET /console/register.json": frozenset({D, M, E, U}),
    "GET /console/register.csv": frozenset({D, M, E, U}),
    "GET /console/register/{use_case}": frozenset({D, M, E, U}),
    "GET /console/requests": frozenset({D, A, U}),
    "POST /console/requests/open": frozenset({D}),
    "GET /console/requests/one": frozenset({D}),
    "POST /console/requests/step": frozenset({D}),
    "GET /console/use-cases": frozenset({D, M}),
    "GET /console/use-cases/{name}": frozenset({D, M}),
    "GET /console/drafts": frozenset({D, M}),
    "POST /console/drafts": frozenset({D, M}),
    "POST /console/drafts/file": frozenset({D, M}),
    "GET /console/interaction": frozenset({A}),
    "POST /console/interaction": frozenset({A}),
    "GET /console/choices": frozenset({D, M, U}),
    "GET /console/changes": frozenset({D, M, E, U}),
    "GET /console/proof": frozenset({D, E, U}),
    "POST /console/proof/verify": frozenset({D, E, U}),
    "POST /console/proof/compare": frozenset({D, E, U}),
    "GET /console/proof/checkpoint.txt": frozenset({D, E, U}),
    "GET /console/proof/evidence.zip": frozenset({D, E, U}),
    "GET /console/person": frozenset({D, A}),
    "POST /console/person": frozenset({D, A}),
    "GET /console/person/seen": frozenset({D, A}),
    "GET /console/keys": frozenset({D, E, U}),
    "POST /console/keys/issue": frozenset({E}),
    "POST /console/keys/rotate": frozenset({E}),
    "POST /console/keys/revoke": frozenset({E}),
    "GET /console/team": frozenset({D}),
    "POST /console/team/invite": frozenset({D}),
    "POST /console/team/shut": frozenset({D}),
}
"""Who may enter, written down a second time and by hand: a route that is let slip into the table is found here."""

OPEN: Final = frozenset(
    {
        "GET /console/enter", "POST /console/enter", "GET /console/join", "POST /console/join",
        "POST /console/oidc", "GET /console/oidc/back", "POST /console/oidc/back",
    }
)  # fmt: skip
"""Where one comes in, for whoever is not in yet."""

ELSEWHERE: Final[list[Mapping[str, str]]] = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
]

WHOLE: Final[Mapping[str, str]] = {
    "name": "agent", "role": "agent", "verb": "read", "days": "30", "kind": "user", "person": "ana", "why": "asked",
    "reason": "you asked for it by phone", "move": "approve", "request": "00" * 16, "look": "x", "older": "x",
    "subject": "ana", "use_case": "card", "yaml": "x", "event": "",
    "t": "x", "code": "x", "state": "x", "password": "x", "again": "x",
}  # fmt: skip
"""A form with whatever any room may ask for."""


@pytest.fixture(scope="module")
def office() -> Office:
    """A house in which Ana said yes, and everybody of the staff has an account."""
    office = Office()
    say_yes(office.house)
    for role in Role:
        office.desk(role)
    return office


@pytest.fixture(scope="module")
def desks(office: Office) -> Mapping[Role, Desk]:
    """One desk for each role."""
    return {role: office.desk(role) for role in Role}


def name_of(room: Room) -> str:
    """How the table names a room."""
    return f"{room.method} {room.path}"


def path_of(room: Room) -> str:
    """A path that is there."""
    return room.path.replace("{use_case}", PICKS).replace("{name}", PICKS)


def state(office: Office) -> object:
    """All that a page of the console could change."""
    house = office.house
    with house.store.read() as tx:
        size = tx.ledger.size
    data = show_data(house, ANA, by=Attestation.CONTROLLER)
    return size, accounts(house), list_keys(house), show_looks(house, ANA), data


def test_every_route_is_in_the_matrix() -> None:
    """No route of the console is without its line in the matrix, and no line without its route."""
    assert {name_of(room) for room in ALL} == MAY.keys() | OPEN
    assert {name_of(room) for room in ALL if room.open} == OPEN


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", MAY)
def test_a_role_enters_what_is_its_own(desks: Mapping[Role, Desk], name: str, role: Role) -> None:
    """Each role meets its own rooms, and a closed door at all others."""
    room = next(room for room in ALL if name_of(room) == name)
    desk = desks[role]
    if name == "POST /console/leave":  # whoever leaves is needed no more: a desk of its own
        desk = desk.office.desk(role)
    if room.method == "GET":
        page = desk.get(path_of(room))
        inside = "not for your role" not in page.text
    else:
        # Without the proof a room that is one's own is refused for its form, and any other for the role.
        page = desk.post(path_of(room), WHOLE)
        inside = "not for your role" not in page.text
        assert page.status == 403
    assert inside == (role in MAY[name])
    assert (page.status == 403) or inside


@pytest.mark.parametrize("room", [room for room in ALL if not room.open], ids=name_of)
def test_nobody_enters_without_a_session(office: Office, room: Room) -> None:
    """Whoever is not in is shown the way to sign in, whatever they ask for and send along."""
    before = state(office)
    desk = office.desk()
    page = desk.get(path_of(room)) if room.method == "GET" else desk.post(path_of(room), WHOLE)
    assert (page.status, page.title) == (401, "Sign in")
    assert state(office) == before


@pytest.mark.parametrize("headers", ELSEWHERE, ids=range(len(ELSEWHERE)))
@pytest.mark.parametrize("room", [room for room in ALL if room.method == "POST"], ids=name_of)
def test_a_form_from_elsewhere_changes_nothing(  # noqa: PLR0917 - each is a fixture or a parameter
    office: Office, desks: Mapping[Role, Desk], room: Room, headers: Mapping[str, str]
) -> None:
    """With the session's cookie and its proof, a form that another origin sends is refused on every route."""
    role = next(iter(sorted(MAY.get(name_of(room), EVERY))))
    desk, before = desks[role], state(office)
    form = {**WHOLE, "proof": desk.proof}
    answer = desk.client.post(path_of(room), data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert state(office) == before
    assert desk.get("/console").status == 200


@pytest.mark.parametrize("room", [room for room in ALL if room.method == "POST" and not room.open], ids=name_of)
def test_a_form_with_another_session_s_proof_changes_nothing(
    office: Office, desks: Mapping[Role, Desk], room: Room
) -> None:
    """The proof of another session of the same account is none."""
    role = next(iter(sorted(MAY[name_of(room)])))
    desk, before = desks[role], state(office)
    other = office.desk(role)
    assert desk.post(path_of(room), {**WHOLE, "proof": other.proof}).status == 403
    assert state(office) == before


@pytest.mark.parametrize("room", ALL, ids=name_of)
def test_a_page_that_is_only_read_changes_nothing(office: Office, desks: Mapping[Role, Desk], room: Room) -> None:
    """Every address, fetched with everything in its query that a form would carry, leaves all as it was."""
    desk = desks[Role.DPO]
    form, before = {**WHOLE, "proof": desk.proof}, state(office)
    answer = desk.client.get(path_of(room), params=form)
    assert answer.status_code in {200, 401, 403, 404, 405}
    assert state(office) == before


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("room", [room for room in ALL if room.method == "GET"], ids=name_of)
def test_a_page_loads_nothing_from_elsewhere(office: Office, room: Room, language: str) -> None:
    """One host, no script, nothing inline, in both languages, and the policy lets nothing else in."""
    role = next(iter(sorted(MAY.get(name_of(room), EVERY))))
    page = office.desk(role, language=language).get(path_of(room))
    assert page.all("script") == []
    assert [tag for _, tag in page.tags if "style" in tag or any(name.startswith("on") for name in tag)] == []
    loaded = [tag.get("src") or tag.get("href", "") for name, tag in page.tags if name in {"link", "img", "iframe"}]
    assert [address for address in loaded if not address.startswith("/static/")] == []
    assert page.headers["cache-control"] == "no-store"
