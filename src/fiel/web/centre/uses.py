"""`/uses`: when what is held was used, for what, how much was read and how much shown; each opens its why."""

from dataclasses import dataclass
from datetime import UTC
from itertools import groupby

from starlette.responses import Response

from fiel.core.consent.choice import Attestation
from fiel.core.staff import Look
from fiel.operations.explain import name_uses
from fiel.operations.look import show_looks
from fiel.operations.show import show_uses
from fiel.web.centre.telling import Telling
from fiel.web.centre.visits import Room, Visit, page


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One use."""

    time: str
    title: str
    level: str
    read: int
    shown: int
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One look by somebody of the company."""

    time: str
    role: str
    why: str
    reason: str


def show(visit: Visit) -> Response:
    """The log, latest first, day by day."""
    telling = visit.telling
    uses = show_uses(visit.house, visit.who, by=Attestation.PERSON)
    names = name_uses(visit.house, visit.who, uses)
    cases = telling.published.promise.use_cases
    looks = show_looks(visit.house, visit.who)
    days = [
        (
            telling.day(day),
            [
                Used(
                    time=use.at.astimezone(UTC).strftime("%H:%M"),
                    title=telling.own(cases[name].title) if name in cases else name,
                    level=telling.say(f"level.{use.level.word}"),
                    read=use.read,
                    shown=len(use.items),
                    decision=decision,
                )
                for (name, use), decision in rows
            ],
        )
        for day, rows in groupby(zip(uses, names, strict=True), key=lambda row: row[0][1].at.astimezone(UTC).date())
    ]
    return page(visit, "uses.html", here="uses", days=days, looks=[_looked(telling, look) for look in looks])


def _looked(telling: Telling, look: Look) -> LookedAt:
    return LookedAt(
        time=telling.instant(look.at),
        role=telling.say(f"console.role.{look.role.value}"),
        why=telling.say(f"centre.looks.why.{look.why.value}"),
        reason=look.reason,
    )


ROOMS = (Room(method="GET", path="/uses", act=show),)
