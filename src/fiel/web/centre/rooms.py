"""The one table of all pages of the centre."""

from typing import Final

from starlette.routing import BaseRoute

from fiel.web.centre import ask, changes, enter, held, letters, papers, preferences, rights, uses, why
from fiel.web.centre.reception import routes_of
from fiel.web.centre.visits import Centre, Room

ALL: Final[tuple[Room, ...]] = (
    *enter.ROOMS,
    *preferences.ROOMS,
    *ask.ROOMS,
    *held.ROOMS,
    *uses.ROOMS,
    *why.ROOMS,
    *papers.ROOMS,
    *changes.ROOMS,
    *rights.ROOMS,
    *letters.ROOMS,
)
"""Every page, and all that their forms do."""


def centre_routes(centre: Centre) -> list[BaseRoute]:
    """The centre as routes of an application."""
    return routes_of(centre, ALL)
