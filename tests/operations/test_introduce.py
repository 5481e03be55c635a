"""The card: each person is answered under their own law, and nobody makes themselves older or their own guardian."""

from dataclasses import replace
from datetime import date

import pytest

from fiel.core.age import AgeBand
from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Malformed, NotAllowed
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.law import Right
from fiel.core.permit import Card
from fiel.operations.exercise import Wish, exercise
from fiel.operations.expire import expire
from fiel.operations.house import House
from fiel.operations.introduce import Introduction, card_of, introduce
from fiel.operations.show import show_choices, show_data
from tests.laws.world import PICKS
from tests.operations.houses import ANA, lived_in

PERSON, CONTROLLER = Attestation.PERSON, Attestation.CONTROLLER
STRANGER = Identifier(IdentifierKind.USER, "nobody ever")


def said(house: House, introduction: Introduction) -> Card:
    """Something is said of Ana."""
    return introduce(house, ANA, introduction).result()


def test_a_stranger_is_what_the_promise_takes_for_granted() -> None:
    """Of whom nothing was said, the controller's own law holds, and no age is guessed."""
    assert card_of(lived_in(), STRANGER) == Card(language="es", jurisdiction="eu")


def test_what_is_not_said_stays() -> None:
    """Each thing that is said changes itself and nothing else, and choices stay readable."""
    house = lived_in()
    said(house, Introduction(by=CONTROLLER, language="en", jurisdiction="cl"))
    assert said(house, Introduction(by=CONTROLLER, age=AgeBand.FROM_14)) == Card(
        language="en", jurisdiction="cl", age=AgeBand.FROM_14
    )
    assert card_of(house, ANA).jurisdiction == "cl"
    assert any(stand.standing.status is Status.GIVEN for stand in show_choices(house, ANA))


@pytest.mark.parametrize(
    ("code", "due"), [("eu", date(2026, 12, 24)), ("co", date(2026, 12, 16)), ("us-ca", date(2027, 1, 8)), ("pe", None)]
)
def test_each_is_answered_under_their_own_law(code: str, due: date | None) -> None:
    """The clock of a request is that of the person's law, not of the shop's."""
    house = lived_in()
    said(house, Introduction(by=CONTROLLER, jurisdiction=code))
    request = exercise(house, ANA, Wish(right=Right.RECTIFICATION, asked_by=PERSON)).result().request
    assert (request.law, request.due) == (code, due)


def test_a_child_is_let_go_of() -> None:
    """Whoever turns out to be too young is not used any more, and what was held is destroyed by the next upkeep."""
    house = lived_in()
    said(house, Introduction(by=CONTROLLER, age=AgeBand.FROM_12))
    assert next(stand.reason for stand in show_choices(house, ANA) if stand.use_case.id == PICKS) == "under_age"
    assert expire(house).invalidated == 1
    assert [each.use_case for each in show_data(house, ANA, by=PERSON)] == []
    said(house, Introduction(by=CONTROLLER, guardian=True))
    assert expire(house).invalidated == 0


@pytest.mark.parametrize(
    "what",
    [
        Introduction(by=PERSON, guardian=True),
        Introduction(by=PERSON, guardian=False),
        Introduction(by=PERSON, age=AgeBand.ADULT),
    ],
)
def test_nobody_says_it_of_themselves(what: Introduction) -> None:
    """A child does not make itself older, nor agree as its own guardian; the controller sets it right."""
    house = lived_in()
    said(house, Introduction(age=AgeBand.FROM_13, by=PERSON))
    with pytest.raises(NotAllowed):
        said(house, what)
    assert card_of(house, ANA).age is AgeBand.FROM_13
    said(house, replace(what, by=CONTROLLER))


@pytest.mark.parametrize(
    "what", [Introduction(by=CONTROLLER, language="fr"), Introduction(by=CONTROLLER, jurisdiction="atlantis")]
)
def test_what_is_not_there_is_told(what: Introduction) -> None:
    """A language that the promise does not speak, or a law that nobody installed, is refused with those there are."""
    house = lived_in()
    with pytest.raises(Malformed) as refused:
        said(house, what)
    assert refused.value.hint
    assert card_of(house, ANA) == Card(language="es", jurisdiction="eu")
