"""`/console/choices`: how many said yes, no, or nothing yet; a yes and a no drawn alike, and nobody recognisable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fiel.core.crowd import Crowd, Told
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import LegalBasis, UseCase
from fiel.core.staff import Role
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, page
from fiel.web.console.words import crowd

READERS = frozenset({Role.DPO, Role.MARKETER, Role.AUDITOR})

WIDE: Final = 1000
"""Units of a whole bar."""

PARTS: Final = ("yes", "asleep", "expired", "no", "undecided")
"""What a bar is made of, in its order."""


ALWAYS: Final = frozenset({"yes", "no", "undecided"})
"""The parts that are told of also where there are few; the others, where there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bar: which, from where, how wide."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One use case: a sentence, the bar that says the same, and its row in the table."""

    title: str
    says: str
    parts: tuple[Part, ...]
    cells: Mapping[str, str]


def show(visit: Visit) -> Response:
    """One bar a use case."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    bars = list(_bars(telling, tally.use_cases)) if tally is not None else []
    at = telling.instant(tally.at) if tally is not None else ""
    drawn = {part.kind for bar in bars for part in bar.parts}
    kinds = tuple(kind for kind in PARTS if kind in ALWAYS or kind in drawn)
    return page(visit, "choices.html", here="choices", bars=bars, at=at, kinds=kinds)


def _bars(telling: Telling, told: Mapping[UseCaseId, Told]) -> Iterator[Bar]:
    promise = telling.published.promise
    order = list(promise.areas)
    for case in sorted(promise.use_cases.values(), key=lambda case: order.index(case.area)):
        each = told.get(case.id)
        if each is None:
            continue
        counts: Mapping[str, Crowd] = dict(
            zip(PARTS, (each.yes, each.asleep, each.expired, each.no, each.undecided), strict=True)
        )
        yield Bar(
            title=telling.own(case.title),
            says=_says(telling, case, each),
            parts=tuple(_parts(counts)),
            cells={kind: crowd(telling, people) for kind, people in {**counts, "people": each.people}.items()},
        )


def _says(telling: Telling, case: UseCase, told: Told) -> str:
    if told.people.is_few:
        return telling.say("console.choices.few")
    if case.basis is not LegalBasis.CONSENT:
        basis = telling.say(f"console.basis.{case.basis.value}")
        people, no = crowd(telling, told.people), crowd(telling, told.no)
        return telling.say("console.choices.other", basis=basis, people=people, no=no)
    return telling.say(
        "console.choices.says",
        people=crowd(telling, told.people),
        yes=crowd(telling, told.yes),
        no=crowd(telling, told.no),
        undecided=crowd(telling, told.undecided),
    )


def _parts(counts: Mapping[str, Crowd]) -> Iterator[Part]:
    whole = sum(each.least for each in counts.values())
    reached = 0
    for kind, each in counts.items():
        before = reached
        reached += each.least
        if each.least:
            x = round(before * WIDE / whole)
            yield Part(kind=kind, x=x, width=round(reached * WIDE / whole) - x)


ROOMS = (Room(method="GET", path="/console/choices", act=show, roles=READERS, tab="choices"),)
