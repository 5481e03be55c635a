"""A choice from elsewhere comes in: it may add to what stands here and lessen it, and never overrides something later.

What is brought in twice changes nothing, and an old list of consents cannot undo a withdrawal made since (GDPR art. 7).
"""

from concurrent.futures import Future
from enum import StrEnum

from fiel.core.consent.choice import UNDECIDED, Standing, Status
from fiel.core.ids import Identifier
from fiel.core.promise.usecase import Level
from fiel.operations.choose import Choice, Chosen, record
from fiel.operations.house import House
from fiel.operations.weigh import meet_person, place_of
from fiel.ports import Transaction


class Untaken(StrEnum):
    """Why a choice from elsewhere was left out."""

    EARLIER = "it is not later than what stands"
    UNDATED = "it has no date, and would allow no less than what stands"


def bring_in(house: House, identifier: Identifier, choice: Choice) -> Future[Chosen | Untaken]:
    """Record a choice from elsewhere unless something later stands; done when it is durable. Raises as `choose`."""

    def taken(tx: Transaction) -> Chosen | Untaken:
        case = house.shelf.now(tx).use_case(choice.use_case)
        standing = tx.choices.standing(place_of(house, meet_person(house, tx, identifier), case))
        return _untaken(standing, choice) or record(house, tx, identifier, choice=choice)

    return house.store.write(taken, urgent=choice.status is not Status.GIVEN)


def _untaken(standing: Standing, choice: Choice) -> Untaken | None:
    if standing == UNDECIDED or standing.at is None:
        return None
    if choice.at is None:
        return None if _lessens(standing, choice) else Untaken.UNDATED
    if choice.at > standing.at or (choice.at == standing.at and _lessens(standing, choice)):
        return None
    return Untaken.EARLIER


def _lessens(standing: Standing, choice: Choice) -> bool:
    """Whether less would be allowed afterwards, and nothing more."""
    says_yes = choice.status is Status.GIVEN
    level = choice.level or (standing.level if says_yes else Level.NONE)
    stops_teaching = standing.contributes and not choice.contributes
    return level < standing.level or (level == standing.level and stops_teaching)
