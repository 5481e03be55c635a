"""A house with its console open, and somebody of the staff with a browser before it."""

import re
from typing import Final

from starlette.testclient import TestClient

from fiel.core.staff import Role
from fiel.operations.house import House
from fiel.operations.staff.invite import let_in
from fiel.ports import SingleSignOn
from fiel.web.app import make_app
from tests.web.centre.people import HERE, Browser, Page
from tests.web.serving import Doors, believe, open_doors

PASSWORD: Final = "seven calm herons wade"


class Office:
    """A house with its doors open, and whoever works there."""

    def __init__(self, doors: Doors | None = None, *, sign_on: SingleSignOn | None = None) -> None:
        """Open it."""
        self.doors = doors or open_doors()
        self.house: House = self.doors.house
        self.app = make_app(self.house, verify_subject=believe, sign_on=sign_on)

    def desk(self, role: Role | None = None, *, language: str = "en") -> "Desk":
        """Somebody of that role who has come in; nobody in particular without one."""
        desk = Desk(self, language=language)
        if role is not None:
            desk.start(role)
        return desk


class Desk(Browser):
    """Somebody of the staff before the console."""

    def __init__(self, office: Office, *, language: str = "en") -> None:
        """Sit down."""
        self.office = office
        self.url = HERE
        self.client = TestClient(
            office.app, base_url=HERE, headers={"Accept": "text/html", "Accept-Language": language}
        )

    def start(self, role: Role) -> Page:
        """In by a fresh link."""
        secret = let_in(self.office.house, name=role.value, role=role).result()
        page = self.post("/console/join", {"t": secret})
        assert page.status == 200
        return page

    def send(self, path: str, /, **fields: str) -> Page:
        """A form with this session's proof."""
        return self.post(path, {"proof": self.proof, **fields})

    @property
    def proof(self) -> str:
        """What every form of this session carries."""
        found: list[str] = re.findall(r'name="proof" value="([^"]+)"', self.get("/console").text)
        return found[0]
