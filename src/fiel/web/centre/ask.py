"""`/ask/{use_case}`: the notice that a host shows in a frame at the moment it matters, with the same equal buttons.

Not a way round the limit on asking: that one is being asked is noted when the frame comes in (`enter`), by a POST, and
only what was noted there opens this page. Whoever may not be asked now sees that there is nothing to answer.
"""

from typing import Final

from starlette.responses import Response

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Unknown
from fiel.core.ids import Identifier, UseCaseId
from fiel.operations.ask import may_be_asked
from fiel.operations.choose import Choice, choose
from fiel.operations.house import House
from fiel.web.centre.acts import stand_of
from fiel.web.centre.cards import card_of
from fiel.web.centre.preferences import done_of
from fiel.web.centre.visits import Room, Visit, away, page

_OPEN: Final = frozenset({Status.UNKNOWN, Status.REQUESTED, Status.EXPIRED, Status.INVALIDATED})
"""Who stands so has no answer in force; whoever said yes or no is not asked by a page."""

MAY: Final = "may"
"""What the frame is told where this page may be opened."""


def note_ask(house: House, who: Identifier, use_case: UseCaseId, *, interface: str, language: str) -> bool:
    """Note in the ledger that somebody is being asked, if they may be; whether they are."""
    answered = stand_of(house, who, use_case).standing.status not in _OPEN
    if answered or not may_be_asked(house, who, use_case):
        return False
    asked = Choice(
        use_case=use_case,
        status=Status.REQUESTED,
        attested_by=Attestation.CONTROLLER,
        interface=interface,
        language=language,
    )
    choose(house, who, asked).result()
    return True


def show(visit: Visit) -> Response:
    """The one card; outside a frame the card among all the others."""
    name = UseCaseId(visit.request.path_params["use_case"])
    if name not in visit.telling.published.promise.use_cases:
        raise Unknown("there is no use case of that name")
    stand = stand_of(visit.house, visit.who, name)
    if not visit.hosts:
        return away("/preferences", anchor=f"card-{stand.use_case.id}")
    done = done_of(visit.done()).get(name)
    if done is None and visit.done() != [MAY, name]:
        return page(visit, "quiet.html", here="")
    until = visit.house.clock.now() + stand.use_case.consent_lasts
    return page(
        visit,
        "ask.html",
        here="",
        card=card_of(visit.telling, stand, holding=None),
        done=done,
        asked=True,
        until=visit.telling.day(until.date()),
    )


ROOMS = (Room(method="GET", path="/ask/{use_case}", act=show),)
