"""The one table of all pages of the console, and who may enter each. Their order is that of the row at the top."""

from typing import Final

from starlette.routing import BaseRoute

from fiel.web.console import (
    changes,
    choices,
    drafts,
    elsewhere,
    enter,
    interaction,
    keys,
    look,
    proof,
    register,
    requests,
    team,
    today,
    use_cases,
)
from fiel.web.console.reception import routes_of
from fiel.web.console.visits import Console, Room

ALL: Final[tuple[Room, ...]] = (
    *enter.ROOMS,
    *elsewhere.ROOMS,
    *today.ROOMS,
    *use_cases.ROOMS,
    *drafts.ROOMS,
    *interaction.ROOMS,
    *register.ROOMS,
    *requests.ROOMS,
    *choices.ROOMS,
    *changes.ROOMS,
    *proof.ROOMS,
    *look.ROOMS,
    *keys.ROOMS,
    *team.ROOMS,
)
"""Every page, and all that their forms do."""


def console_routes(console: Console) -> list[BaseRoute]:
    """The console as routes of an application."""
    return routes_of(console, ALL)
