"""`/livez`, `/readyz` and what is well known."""

from collections.abc import Mapping

from fiel.web.route import Call, Route


async def live(_call: Call) -> Mapping[str, object]:
    """The process answers."""
    return {"status": "live"}


async def ready(call: Call) -> Mapping[str, object]:
    """The store answers, and a promise is in force."""
    published = call.published()
    return {"status": "ready", "use_cases": len(published.promise.use_cases)}


ROUTES = (
    Route(method="GET", path="/livez", act=live, about="Whether the process answers", verb=None, gives=dict),
    Route(method="GET", path="/readyz", act=ready, about="Whether the store answers", verb=None, gives=dict),
)
