"""The resources, one a file, and the one table of all routes."""

from typing import Final

from fiel.web.api import (
    card,
    choices,
    decide,
    documents,
    health,
    items,
    ledger,
    link,
    outcomes,
    requests,
    rights,
    segment,
    topics,
    use_cases,
    well_known,
    why,
)
from fiel.web.route import Route

ROUTES: Final[tuple[Route, ...]] = (
    *segment.ROUTES,
    *decide.ROUTES,
    *why.ROUTES,
    *outcomes.ROUTES,
    *choices.ROUTES,
    *topics.ROUTES,
    *link.ROUTES,
    *card.ROUTES,
    *rights.ROUTES,
    *requests.ROUTES,
    *use_cases.ROUTES,
    *items.ROUTES,
    *ledger.ROUTES,
    *health.ROUTES,
    *well_known.ROUTES,
    *documents.ROUTES,
)
"""Every route but the one that describes them."""
