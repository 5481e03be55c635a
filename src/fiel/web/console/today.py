"""`/console`: what needs somebody today, and nothing else."""

from starlette.responses import Response

from fiel.web.console.visits import EVERYBODY, Room, Visit, page


def show(visit: Visit) -> Response:
    """The first page of the console."""
    return page(visit, "today.html", here="today")


ROOMS = (Room(method="GET", path="/console", act=show, roles=EVERYBODY, tab="today"),)
