"""Signing in by the organisation's own account: bound to an invitation first, and used up once, in one browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from fiel.core.staff import Role
from fiel.egress import Egress, Reach
from fiel.keys.oidc import OpenIdConnect
from fiel.operations.staff.disable import disable
from fiel.operations.staff.invite import invite
from tests.keys.provider import CLIENT, SECRET, Provider, provided
from tests.web.centre.people import Page
from tests.web.console.staff import PASSWORD, Desk, Office
from tests.web.serving import open_doors


@dataclass
class House:
    """An office whose staff may sign in at a provider."""

    office: Office
    provider: Provider

    def go(self, desk: Desk, *, invitation: str = "") -> dict[str, str]:
        """To the provider, where somebody approves; what they come back with."""
        page = desk.post("/console/oidc", {"t": invitation})
        return self.provider.approve(next(tag["href"] for tag in page.all("a") if tag["href"].startswith("http")))

    def come_back(self, desk: Desk, answer: dict[str, str]) -> Page:
        """Back, and the button pressed."""
        page = desk.get(f"/console/oidc/back?code={answer['code']}&state={answer['state']}")
        form = next(form for form in page.forms if form.action == "/console/oidc/back")
        return desk.post("/console/oidc/back", form.hidden)


@pytest.fixture
def house() -> Iterator[House]:
    """A house, its provider, and one data protection officer who is bound to it."""
    doors = open_doors()
    with provided(Provider(clock=doors.clock)) as provider:
        out = Egress(Reach(loopback=True))
        sign_on = OpenIdConnect(issuer=provider.url, client=CLIENT, secret=SECRET, out=out, now=doors.clock.now)
        house = House(Office(doors, sign_on=sign_on), provider)
        desk = house.office.desk()
        secret = invite(house.office.house, name="Alma", role=Role.DPO).result()
        assert house.come_back(desk, house.go(desk, invitation=secret)).title == "Today"
        yield house


def test_whoever_was_bound_comes_in(house: House) -> None:
    """The control: an account bound to a subject of the issuer is let in by it, as often as they sign in there."""
    for _ in range(2):
        desk = house.office.desk()
        assert house.come_back(desk, house.go(desk)).title == "Today"


def test_nobody_comes_in_who_was_not_invited(house: House) -> None:
    """Another subject of the same provider is nobody here, however good their token."""
    house.provider.subject = "somebody-else"
    desk = house.office.desk()
    assert house.come_back(desk, house.go(desk)).status == 401
    assert desk.get("/console").status == 401


def test_an_answer_belongs_to_one_browser(house: House) -> None:
    """What one browser was sent for lets no other in: neither with its own cookie nor without any."""
    mine, other = house.office.desk(), house.office.desk()
    answer = house.go(mine)
    assert house.come_back(other, answer).status == 401
    house.go(other)
    assert house.come_back(other, answer).status == 401


def test_an_answer_is_used_once(house: House) -> None:
    """The same answer again, in the browser that it belongs to and with its cookie restored, lets nobody in."""
    desk = house.office.desk()
    answer = house.go(desk)
    kept = desk.client.cookies["fiel-staff-away"]
    assert house.come_back(desk, answer).title == "Today"
    again = house.office.desk()
    again.client.cookies.set("fiel-staff-away", kept)
    assert house.come_back(again, answer).status == 401


def test_an_answer_that_is_only_looked_at_lets_nobody_in(house: House) -> None:
    """Coming back shows a button; without pressing it one is not in, and the answer is as good as before."""
    desk = house.office.desk()
    answer = house.go(desk)
    desk.get(f"/console/oidc/back?code={answer['code']}&state={answer['state']}")
    assert desk.get("/console").status == 401
    assert house.come_back(desk, answer).title == "Today"


def test_one_may_not_be_away_for_long(house: House) -> None:
    """After ten minutes the way back is closed."""
    desk = house.office.desk()
    answer = house.go(desk)
    house.office.doors.clock.turn(timedelta(minutes=11))
    assert house.come_back(desk, answer).status == 401


def test_a_shut_account_stays_shut(house: House) -> None:
    """Whoever was shut out does not come in by the provider either."""
    disable_after = house.office
    disable_after.desk(Role.DPO)
    secret = invite(disable_after.house, name="Bo", role=Role.DPO).result()
    disable_after.desk().post("/console/join", {"t": secret, "password": PASSWORD, "again": PASSWORD})
    disable(disable_after.house, "Alma").result()
    desk = house.office.desk()
    assert house.come_back(desk, house.go(desk)).status == 401


def test_one_subject_is_one_account(house: House) -> None:
    """A sign-in that is bound to one account cannot be bound to another, and that invitation stays good."""
    secret = invite(house.office.house, name="Carla", role=Role.AUDITOR).result()
    desk = house.office.desk()
    assert house.come_back(desk, house.go(desk, invitation=secret)).status == 401
    assert desk.get(f"/console/join?t={secret}").status == 200


def test_a_form_of_another_origin_leads_nowhere(house: House) -> None:
    """Neither the way there nor the way back is begun by a form of somebody else's page."""
    desk = house.office.desk()
    answer = house.go(desk)
    for path, form in (("/console/oidc", {"t": ""}), ("/console/oidc/back", answer)):
        assert desk.post(path, form, origin="https://evil.example").status == 403
    assert desk.get("/console").status == 401
