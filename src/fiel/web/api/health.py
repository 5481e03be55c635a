"""`/livez` and `/readyz`: for whoever looks after the process. They say nothing about what is in it."""

from typing import Literal

from fiel.web.api.wire import Told
from fiel.web.route import Call, Route
from fiel.web.security import OPEN


class LiveAnswer(Told, frozen=True, kw_only=True):
    """The process answers."""

    status: Literal["live"] = "live"


class ReadyAnswer(Told, frozen=True, kw_only=True):
    """The store answers, and so many use cases are in force."""

    use_cases: int
    status: Literal["ready"] = "ready"


async def live(_call: Call) -> LiveAnswer:
    """The process answers."""
    return LiveAnswer()


async def ready(call: Call) -> ReadyAnswer:
    """The store answers, and a promise is in force."""
    return ReadyAnswer(use_cases=len(call.published().promise.use_cases))


ROUTES = (
    Route(
        method="GET",
        path="/livez",
        act=live,
        about="Whether the process answers",
        leave=OPEN,
        gives=LiveAnswer,
        shows={"status": "live"},
    ),
    Route(
        method="GET",
        path="/readyz",
        act=ready,
        about="Whether the store answers and a promise is in force",
        leave=OPEN,
        gives=ReadyAnswer,
        shows={"use_cases": 6, "status": "ready"},
    ),
)
