"""The frame of the console: who comes in, by what, for how long."""

from datetime import timedelta

import pytest

from fiel.core.staff import Role
from fiel.operations.staff.disable import disable
from fiel.operations.staff.invite import invite, let_in
from tests.web.console.staff import PASSWORD, Office


def test_nobody_is_in_at_first() -> None:
    """There is no account and no password in a new house: the console shows the way to sign in, and nothing else."""
    page = Office().desk().get("/console")
    assert page.status == 401
    assert page.title == "Sign in"


@pytest.mark.parametrize("role", Role)
def test_a_link_lets_in_once(role: Role) -> None:
    """Looking at a link does not use it up, pressing its button does."""
    office = Office()
    secret = let_in(office.house, name="Alma", role=role).result()
    desk = office.desk()
    for _ in range(2):
        assert desk.get(f"/console/join?t={secret}").status == 200
    assert desk.post("/console/join", {"t": secret}).title == "Today"
    assert office.desk().post("/console/join", {"t": secret}).status == 401


def test_an_invitation_asks_for_a_password() -> None:
    """Whoever is invited sets a password, by which they come in from then on."""
    office = Office()
    secret = invite(office.house, name="Alma Ruiz", role=Role.DPO).result()
    desk = office.desk()
    assert desk.get(f"/console/join?t={secret}").title == "Set up your way in"
    assert desk.post("/console/join", {"t": secret, "password": PASSWORD, "again": PASSWORD}).title == "Today"
    other = office.desk()
    assert other.post("/console/enter", {"name": "alma ruiz ", "password": PASSWORD}).title == "Today"
    assert office.desk().post("/console/enter", {"name": "Alma Ruiz", "password": PASSWORD + "s"}).status == 401


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrst", "Alma Almacén dpo fiel", "x" * 300]
)
def test_a_weak_password_is_not_taken(password: str) -> None:
    """A password that is short, plain, or near to the account's own words leaves the invitation as it was."""
    office = Office()
    secret = invite(office.house, name="Alma", role=Role.DPO).result()
    desk = office.desk()
    assert desk.post("/console/join", {"t": secret, "password": password, "again": password}).status == 422
    assert desk.post("/console/join", {"t": secret, "password": PASSWORD, "again": PASSWORD}).status == 200


def test_a_link_is_over_in_time() -> None:
    """An invitation lasts three days, a link that lets in a quarter of an hour."""
    office = Office()
    invitation = invite(office.house, name="Alma", role=Role.DPO).result()
    link = let_in(office.house, name="Bo", role=Role.AGENT).result()
    office.doors.clock.turn(timedelta(minutes=15))
    assert office.desk().get(f"/console/join?t={link}").status == 401
    assert office.desk().get(f"/console/join?t={invitation}").status == 200
    office.doors.clock.turn(timedelta(hours=72))
    assert office.desk().get(f"/console/join?t={invitation}").status == 401


def test_a_session_is_over_when_its_account_is() -> None:
    """Whoever is shut out is out at once, with every session and every link."""
    office = Office()
    office.desk(Role.DPO)
    desk = office.desk(Role.AGENT)
    assert desk.get("/console").status == 200
    disable(office.house, "agent").result()
    assert desk.get("/console").status == 401


def test_a_session_ends_by_itself() -> None:
    """After half an hour without a page one is out, and after eight hours in any case."""
    office = Office()
    desk = office.desk(Role.DPO)
    office.doors.clock.turn(timedelta(minutes=31))
    assert desk.get("/console").status == 401
    busy = office.desk(Role.DPO)
    for _ in range(16):
        office.doors.clock.turn(timedelta(minutes=29))
        assert busy.get("/console").status == 200
    office.doors.clock.turn(timedelta(minutes=29))
    assert busy.get("/console").status == 401


def test_a_new_password_puts_others_out() -> None:
    """A lost password is replaced by another invitation, and whoever was in by the old one is out."""
    office = Office()
    desk = office.desk(Role.DPO)
    secret = invite(office.house, name="dpo", role=Role.DPO).result()
    office.doors.clock.turn(timedelta(seconds=1))
    assert office.desk().post("/console/join", {"t": secret, "password": PASSWORD, "again": PASSWORD}).status == 200
    assert desk.get("/console").status == 401


def test_signing_out_is_for_good() -> None:
    """The cookie of a session that was left opens nothing, wherever it was kept."""
    office = Office()
    desk = office.desk(Role.DPO)
    kept = desk.client.cookies["fiel-staff"]
    assert desk.send("/console/leave").status == 200
    desk.client.cookies.set("fiel-staff", kept)
    assert desk.get("/console").status == 401


def test_many_wrong_passwords_wait() -> None:
    """After three wrong passwords a name waits, whether there is such a name or not, and also with the right one."""
    office = Office()
    secret = invite(office.house, name="Alma", role=Role.DPO).result()
    office.desk().post("/console/join", {"t": secret, "password": PASSWORD, "again": PASSWORD})
    for name in ("Alma", "nobody"):
        seen = [office.desk().post("/console/enter", {"name": name, "password": "wrong"}).status for _ in range(4)]
        assert seen == [401, 401, 401, 429]
    assert office.desk().post("/console/enter", {"name": "Alma", "password": PASSWORD}).status == 429
    office.doors.clock.turn(timedelta(minutes=15))
    assert office.desk().post("/console/enter", {"name": "Alma", "password": PASSWORD}).status == 200
