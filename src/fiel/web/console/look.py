"""`/console/person`: one person's data, for a reason. The only place of the console where there is such a thing.

The form makes the look; its page is reached by a sealed leave that names no person, is good for this session alone and
for a quarter of an hour.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.responses import Response

from fiel.core.errors import Malformed, NotAllowed, Unknown
from fiel.core.ids import Identifier, IdentifierKind, Position
from fiel.core.staff import LONGEST_REASON, SHORTEST_REASON, Why, sound_reason
from fiel.operations.look import LASTS, MAY_LOOK, Seen, Shown, look_at, shown
from fiel.web.centre.holdings import Held, held_of
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, away, page
from fiel.web.cookies import bound, unbound

MOST: Final = 50
"""Rows of one use case that are shown."""

_LEAVE: Final = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One use case: where the person stands, what is held, how often it was used."""

    title: str
    area: str
    basis: str
    status: str
    since: str
    held: Held
    used: int


def show(visit: Visit) -> Response:
    """The form: whom, for what, and why."""
    return _form(visit)


def look(visit: Visit) -> Response:
    """Note the look, and lead to what it shows."""
    why, reason = visit.form.get("why", ""), visit.form.get("reason", "")
    try:
        identifier = Identifier(IdentifierKind(visit.form.get("kind", "user")), visit.form.get("person", "").strip())
    except (Malformed, ValueError):
        return _form(visit, wrong="person", reason=reason)
    if why not in set(Why):
        return _form(visit, wrong="why", reason=reason)
    if not sound_reason(reason):
        return _form(visit, wrong="reason", reason=reason)
    try:
        seen = look_at(visit.house, identifier, staff=visit.who, why=Why(why), reason=reason).result()
    except Unknown:
        return _form(visit, wrong="nobody", reason=reason)
    return away(f"/console/person/seen?look={leave_of(visit, seen)}")


def see(visit: Visit) -> Response:
    """What the look shows, as long as it lasts."""
    seen, _ = taken(visit, visit.asked("look"))
    found = shown(visit.house, seen)
    telling = visit.telling
    return page(
        visit,
        "seen.html",
        here="person",
        sections=_sections(telling, found),
        person=seen.identifier,
        until=telling.instant(seen.until),
        position=seen.position,
    )


def _form(visit: Visit, *, wrong: str = "", reason: str = "") -> Response:
    return page(
        visit,
        "look.html",
        here="person",
        status=422 if wrong else 200,
        wrong=wrong,
        reason=reason,
        whys=tuple(Why),
        kinds=tuple(IdentifierKind),
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
        minutes=int(LASTS.total_seconds() // 60),
    )


def leave_of(visit: Visit, seen: Seen, *, request: str = "") -> str:
    """Leave as it goes into an address or a form: sealed, for this session alone. `request`: the one it is about."""
    person = f"{seen.identifier.kind.value}:{seen.identifier.value}"
    what = [person, seen.position, seen.until.isoformat(), request]
    return bound(visit.house, visit.inside.id, kind=_LEAVE, what=what)


def taken(visit: Visit, text: str) -> tuple[Seen, str]:
    """The leave that a look gave to this session, and the request it is about; raises `NotAllowed` for other texts."""
    match unbound(visit.house, visit.inside.id, kind=_LEAVE, text=text):
        case ([str() as person, int() as position, str() as until, str() as request],):
            seen = Seen(
                identifier=Identifier.parse(person),
                position=Position(position),
                until=datetime.fromisoformat(until),
            )
            return seen, request
        case _:
            raise NotAllowed("there is no look that this session made")


def _sections(telling: Telling, found: Shown) -> list[Section]:
    holdings = {each.use_case: each for each in found.holdings}
    areas = telling.published.promise.areas
    return [
        Section(
            title=telling.own(stand.use_case.title),
            area=telling.own(areas[stand.use_case.area].title),
            basis=telling.say(f"console.basis.{stand.use_case.basis.value}"),
            status=telling.say(f"console.seen.status.{stand.standing.status.value}"),
            since=telling.day(stand.standing.at.date()) if stand.standing.at is not None else "",
            held=held_of(telling, stand.use_case, holdings.get(stand.use_case.id), most=MOST),
            used=sum(1 for name, _ in found.uses if name == stand.use_case.id),
        )
        for stand in found.stands
    ]


ROOMS = (
    Room(method="GET", path="/console/person", act=show, roles=MAY_LOOK, tab="person"),
    Room(method="POST", path="/console/person", act=look, roles=MAY_LOOK),
    Room(method="GET", path="/console/person/seen", act=see, roles=MAY_LOOK),
)
