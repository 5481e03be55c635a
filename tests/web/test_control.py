"""The control share over HTTP: told in the answer, where it says why, among the uses and in the notice."""

from dataclasses import replace
from typing import cast

import pytest

from fiel.core.promise.usecase import Attention, Measuring
from fiel.operations.publish import publish
from fiel.ports import Names
from fiel.web.app import make_app
from tests.laws.world import BOTH, CARD, PICKS, a_promise, card, picks
from tests.operations.houses import Told
from tests.web.asking import AS_ANA, Asking
from tests.web.serving import Doors, believe, open_doors

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def asking(lot: float) -> Asking:
    """A house with a control share of 2 %, in which everybody draws this number; Ana says yes and buys a lamp."""
    doors = open_doors()
    names = cast("Names", Told(doors.house.names, lot=lambda _place, _month: lot))
    house = replace(doors.house, names=names)
    case = replace(picks("base"), measure=Measuring(why=BOTH, control=0.02), attention=Attention())
    promise = replace(a_promise("base"), use_cases={PICKS: case, CARD: card()})
    publish(house, promise, approved_by=("one", "two")).result()
    ask = Asking(Doors(house=house, app=make_app(house, verify_subject=believe), clock=doors.clock))
    ask.give()
    ask.track(item="lamp")
    return ask


@pytest.fixture(scope="module")
def drawn() -> Asking:
    """A house in which Ana is drawn."""
    return asking(0.0)


def test_the_answer_says_that_it_is_by_draw(drawn: Asking) -> None:
    """It is permitted and at level `none`, nothing failed, and the sentence names the share and the month."""
    told = drawn.decide(language="en").json
    assert (told["control"], told["level"], told["allowed"]) == (True, "none", "observed")
    assert (told["reason"], told["degraded"], told["silent"]) == ("permitted", None, None)
    assert told["explanation"].startswith("This month you are among the 2\u00a0% of people who see what everybody sees")
    assert told["items"] == drawn.decide(subject={"user_id": "nobody"}, language="en").json["items"]


def test_it_says_so_where_it_says_why(drawn: Asking) -> None:
    """In JSON and on the page, in the language asked for, and nothing was read."""
    url = drawn.decide(language="es").json["why_url"]
    told = drawn("GET", f"{url}?lang=es").json
    assert (told["control"], told["level"], told["read"], told["destroyed"]) == (True, "none", 0, False)
    assert told["explanation"].startswith("Este mes estás entre el 2\u00a0% de personas")
    page = drawn("GET", f"{url}?lang=es", BROWSER).content.decode()
    assert "Este mes estás entre el 2\u00a0% de personas" in page


def test_it_is_among_the_uses(drawn: Asking) -> None:
    """The person sees that it happened, and what they were shown."""
    drawn.decide()
    use = drawn("GET", "/v1/subjects/me/uses", AS_ANA).json["uses"][0]
    assert (use["control"], use["level"], use["read"], use["use_case"]) == (True, "none", 0, PICKS)
    assert use["visits"] == 1
    assert use["shown"]


def test_the_notice_says_it_beforehand(drawn: Asking) -> None:
    """The share stands in the public part of the promise, which the notice is a digest of."""
    assert drawn("GET", f"/v1/use-cases/{PICKS}").json["measure"]["control"] == 0.02


def test_who_is_not_drawn_is_told_that_too() -> None:
    """The control: who draws another number is served, and each answer says so."""
    ask = asking(0.5)
    told = ask.decide().json
    assert (told["control"], told["level"]) == (False, "observed")
    assert ask("GET", told["why_url"]).json["control"] is False
    assert ask("GET", "/v1/subjects/me/uses", AS_ANA).json["uses"][0]["control"] is False
