"""`/console/requests`: what people asked for under the law, with its clock; whoever opens one looks at a person.

So the list names nobody and repeats nothing that anybody wrote, and opening a request is a look like any other, whose
reason is the request itself.
"""

from dataclasses import dataclass
from datetime import UTC, date
from typing import Final

from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Conflict, Malformed, Unknown
from fiel.core.ids import RequestId
from fiel.core.law import Right
from fiel.core.rights import Move, Request, State
from fiel.core.staff import Role, Why
from fiel.operations.attend import Turn, all_requests, attend, find_request
from fiel.operations.look import ask_whether_it_lasts, look_at
from fiel.web.centre.telling import Telling
from fiel.web.console.look import leave_of, taken
from fiel.web.console.visits import Room, Visit, away, back, page

READERS = frozenset({Role.DPO, Role.AGENT, Role.AUDITOR})
OPENERS = frozenset({Role.DPO})

LIST: Final = "/console/requests"
ONE: Final = "/console/requests/one"

MAY: Final = {
    State.OPEN: (Move.VERIFY, Move.APPROVE, Move.EXTEND, Move.DENY),
    State.IN_PROGRESS: (Move.FULFIL, Move.EXTEND, Move.DENY),
}
"""What the controller can do where a request stands; which of these the request itself lets follow is asked of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One request in the list: nothing in it is of a person."""

    id: str
    what: str
    scope: str
    law: str
    received: str
    due: str
    left: str
    state: str
    asked: str
    over: bool


def show(visit: Visit) -> Response:
    """All of them, those first that are due first."""
    lines = [_line(visit, each.request) for each in all_requests(visit.house)]
    return page(
        visit,
        "requests.html",
        here="requests",
        running=[each for each in lines if not each.over],
        over=[each for each in lines if each.over],
        may_open=visit.who.role in OPENERS,
        says="gone" if visit.done() == "gone" else "",
    )


def open_one(visit: Visit) -> Response:
    """Look at the person of a request, for that request."""
    waiting = find_request(visit.house, RequestId(visit.form.get("request", "")))
    request, telling = waiting.request, visit.telling
    reason = telling.say(
        "console.requests.reason",
        right=telling.say(f"console.requests.right.{request.right.value}"),
        date=telling.day(request.received),
    )
    seen = look_at(visit.house, waiting.identifier, staff=visit.who, why=Why.ASKED, reason=reason).result()
    return away(f"{ONE}?look={leave_of(visit, seen, request=request.id)}")


def show_one(visit: Visit) -> Response:
    """One request, with who asked, what they wrote, what happened, and what may happen next."""
    return _shown(visit, visit.asked("look"))


def step(visit: Visit) -> Response:
    """Take one step, with its reason."""
    leave = visit.form.get("look", "")
    seen, name = taken(visit, leave)
    ask_whether_it_lasts(visit.house, seen)
    try:
        turn = Turn(
            move=Move(visit.form.get("move", "")),
            by=Attestation.CONTROLLER,
            reason=" ".join(visit.form.get("reason", "").split()),
        )
        attended = attend(visit.house, RequestId(name), turn).result()
    except (Conflict, Malformed, ValueError):
        return _shown(visit, leave, wrong=True)
    return away(f"{ONE}?look={leave}") if attended.is_kept else back(visit, LIST, "gone")


def _shown(visit: Visit, leave: str, *, wrong: bool = False) -> Response:
    seen, name = taken(visit, leave)
    ask_whether_it_lasts(visit.house, seen)
    waiting = find_request(visit.house, RequestId(name))
    if waiting.identifier != seen.identifier:
        raise Unknown("there is no such request")
    request, telling = waiting.request, visit.telling
    return page(
        visit,
        "request.html",
        here="requests",
        status=422 if wrong else 200,
        wrong=wrong,
        line=_line(visit, request),
        request=request,
        person=seen.identifier,
        steps=[(telling.instant(each.at), each) for each in request.steps],
        moves=tuple(move for move in MAY.get(request.state, ()) if _may_follow(request, move)),
        erases=request.right is Right.ERASURE and request.use_case is None,
        leave=leave,
        until=telling.instant(seen.until),
    )


def _may_follow(request: Request, move: Move) -> bool:
    if move is Move.VERIFY:
        return not request.verified
    if move is Move.EXTEND:
        return request.verified and not request.extended and request.due is not None
    return request.verified or move is Move.DENY


def _line(visit: Visit, request: Request) -> Line:
    telling, cases = visit.telling, visit.telling.published.promise.use_cases
    case = cases.get(request.use_case) if request.use_case is not None else None
    say, now, law = telling.say, visit.house.clock.now(), visit.house.laws.get(request.law)
    today = visit.house.calendars.day(law, now) if law is not None else now.astimezone(UTC).date()
    return Line(
        id=request.id,
        what=say(f"console.requests.right.{request.right.value}"),
        scope=telling.own(case.title) if case is not None else request.use_case or say("console.requests.all_uses"),
        law=telling.own(law.name) if law is not None else request.law,
        received=telling.day(request.received),
        due=telling.day(request.due) if request.due is not None else say("console.requests.undated"),
        left=_left(telling, request, today=today),
        state=say(f"console.requests.states.{request.state.value}"),
        asked=_asked(telling, request),
        over=request.is_over,
    )


def _asked(telling: Telling, request: Request) -> str:
    if request.asked_by is Attestation.PERSON:
        return telling.say("console.requests.by_person")
    said = telling.say("console.requests.by_other")
    return said if request.verified else f"{said}; {telling.say('console.requests.unverified')}"


def _left(telling: Telling, request: Request, *, today: date) -> str:
    if request.due is None or request.is_over:
        return ""
    days = (request.due - today).days
    if days < 0:
        return telling.say("console.requests.late", days=-days)
    words = {0: "console.requests.last", 1: "console.requests.day"}
    return telling.say(words[days]) if days in words else telling.say("console.requests.days", days=days)


ROOMS = (
    Room(method="GET", path=LIST, act=show, roles=READERS, tab="requests"),
    Room(method="POST", path="/console/requests/open", act=open_one, roles=OPENERS),
    Room(method="GET", path=ONE, act=show_one, roles=OPENERS),
    Room(method="POST", path="/console/requests/step", act=step, roles=OPENERS),
)
