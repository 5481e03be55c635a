"""Four lives over HTTP, from the first event to the certificate, each ending as the law where they live has it."""

from typing import Any

import pytest

from tests.laws.world import PICKS
from tests.web.asking import AS_ANA, SERVER, Answered, Asking

MINE = "/v1/subjects/me/requests"
CHOICE = f"/v1/subjects/me/choices/{PICKS}"


def yes(ask: Asking) -> dict[str, object]:
    """A yes to the notice in force."""
    return {"status": "given", "level": "observed", "notice": ask.notice(), "language": "es", "interface": "test"}


class Life:
    """Ana, wherever she lives."""

    def __init__(self, law: str, **card: object) -> None:
        """She is known to live under that law."""
        self.ask = Asking()
        assert self.ask("PUT", "/v1/subjects/user:ana/card", json={"jurisdiction": law, **card}).status == 200

    def did(self, method: str, path: str, headers: dict[str, str] = AS_ANA, **body: object) -> dict[str, Any]:
        """What she, or the shop, is answered when all is well."""
        answer: Answered = self.ask(method, path, headers, json=body or None)
        assert answer.status == 200, answer.content
        found: dict[str, Any] = answer.json
        return found

    def shop(self, method: str, path: str, **body: object) -> dict[str, Any]:
        """What the shop is answered."""
        return self.did(method, path, SERVER, **body)

    def says_yes(self) -> None:
        """She lets her purchases be used."""
        assert self.ask("PUT", CHOICE, AS_ANA, json=yes(self.ask)).status == 200

    def shops(self) -> str:
        """She buys something; how she is served then."""
        self.ask.track()
        return str(self.ask.decide().json["level"])

    def asks_for(self, kind: str) -> dict[str, Any]:
        """She exercises a right."""
        return self.did("POST", MINE, kind=kind)

    def leaves(self) -> dict[str, Any]:
        """She has herself erased; what nobody can undo is checked at once."""
        certificate: dict[str, Any] = self.asks_for("erasure")["certificate"]
        assert certificate["was_known"]
        assert self.did("GET", "/v1/subjects/me/data")["data"] == []
        assert self.shops() == "none"
        return certificate


def test_a_life_in_chile() -> None:
    """In Chile: thirty days and thirty more, set aside at once, and thirty working days to complain of a no."""
    ana = Life("cl")
    ana.says_yes()
    assert ana.shops() == "observed"
    review = ana.asks_for("review")
    assert review["due"] == "2026-12-24"
    one = f"/v1/requests/{review['id']}"
    assert ana.shop("POST", f"{one}/extend", reason="the model has to be looked at")["due"] == "2027-01-23"
    denied = ana.shop("POST", f"{one}/deny", reason="what was shown is what everybody is shown")
    # 24 November is a Tuesday; 8 and 25 December and 1 January are holidays
    assert denied["complaint"]["until"] == "2027-01-08"
    assert "Protección de Datos Personales" in denied["complaint"]["authority"]["es"]
    assert [each["status"] for each in ana.asks_for("restriction")["entries"]] == ["restricted", "restricted"]
    assert ana.ask.decide().json["reason"] == "restricted"
    assert ana.leaves()["destroyed"]


def test_a_life_in_spain() -> None:
    """In Spain: a month that ends on a holiday goes on to the next working day, and two months more."""
    ana = Life("es")
    ana.ask.doors.clock.turn(ana.ask.doors.clock.now().replace(day=25) - ana.ask.doors.clock.now())
    ana.says_yes()
    assert ana.shops() == "observed"
    mended = ana.asks_for("rectification")
    assert mended["due"] == "2026-12-28"  # Christmas, a Saturday, a Sunday
    one = f"/v1/requests/{mended['id']}"
    assert ana.shop("POST", f"{one}/extend", reason="three systems")["due"] == "2027-02-25"
    ana.shop("POST", f"{one}/approve")
    assert ana.shop("POST", f"{one}/fulfil")["state"] == "fulfilled"
    assert [each["status"] for each in ana.asks_for("objection")["entries"]] == ["withdrawn", "objected"]
    assert ana.shops() == "none"
    assert ana.leaves()["was_known"]


def test_a_life_in_california() -> None:
    """In California: forty-five days and forty-five more to correct, fifteen working days to be left alone."""
    ana = Life("us-ca")
    ana.says_yes()
    assert ana.shops() == "observed"
    assert ana.asks_for("rectification")["due"] == "2027-01-08"
    name = ana.asks_for("rectification")["id"]
    assert ana.shop("POST", f"/v1/requests/{name}/extend", reason="many records")["due"] == "2027-02-22"
    # Thanksgiving and the day after are holidays there
    assert ana.shop("POST", "/v1/subjects/user:ana/requests", kind="objection")["due"] == "2026-12-17"
    assert ana.asks_for("review")["due"] is None  # nobody has read those rules: a person says by when
    assert ana.leaves()["destroyed"]


def test_the_life_of_a_child_in_colombia() -> None:
    """In Colombia: at sixteen nobody decides alone; with a guardian one is served, and let go of without them."""
    ana = Life("co", age="16-17")
    ana.says_yes()
    assert ana.shops() == "none"
    assert ana.ask.decide().json["reason"] == "under_age"
    assert ana.ask("PUT", "/v1/subjects/me/card", AS_ANA, json={"guardian": True}).status == 403
    ana.shop("PUT", "/v1/subjects/user:ana/card", guardian=True)
    assert ana.shops() == "observed"
    assert ana.asks_for("access")["due"] == "2026-12-09"  # ten working days
    assert ana.asks_for("rectification")["due"] == "2026-12-16"  # fifteen, and 8 December is a holiday
    assert ana.leaves()["destroyed"]


@pytest.mark.parametrize("law", ["cl", "es", "us-ca", "co"])
def test_each_may_come_back_by_themselves_only(law: str) -> None:
    """Whoever was erased is taken up again by their own yes alone, wherever they live."""
    ana = Life(law)
    ana.says_yes()
    ana.leaves()
    assert ana.ask("PUT", f"/v1/subjects/user:ana/choices/{PICKS}", SERVER, json=yes(ana.ask)).status == 409
    ana.says_yes()
    assert ana.shops() == "observed"
