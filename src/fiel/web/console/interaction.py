"""`/console/interaction`: what whoever answers a person may see of them for it, and what they may not.

The person is named in a form and never in an address. There is no list of people here, and no search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from starlette.responses import Response

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.promise.usecase import Grain, UseCase
from fiel.core.staff import LONGEST_REASON, SHORTEST_REASON, Role, sound_reason
from fiel.core.use.decision import Reason, Scored
from fiel.operations.lay import EVENT, Helped, Helping, Piece, lay, with_cards
from fiel.web.centre.needs import told_value
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, page

AGENTS: Final = frozenset({Role.AGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One permitted fact: what it is, and its other parts."""

    value: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One declared thing with its facts, those of one source and day together under both.

    `permitted` tells nothing held from not allowed.
    """

    title: str
    level: str
    permitted: bool
    groups: tuple[tuple[str, tuple[Fact, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The card of one interaction, in words."""

    title: str
    verdict: str
    trouble: str
    shelves: tuple[Shelf, ...]
    noted: int


def show(visit: Visit) -> Response:
    """The form."""
    return _shown(visit, says="")


def ask(visit: Visit) -> Response:
    """The card; the form again, with what is missing, where nothing was looked at."""
    if not sound_reason(visit.form.get("reason", "")):
        return _shown(visit, says="reason", status=422)
    try:
        kind = IdentifierKind(visit.form.get("kind", ""))
        subject = Identifier(kind, visit.form.get("subject", "").strip())
    except (ValueError, Malformed):
        return _shown(visit, says="subject", status=422)
    use_case = UseCaseId(visit.form.get("use_case", ""))
    helping = Helping(staff=visit.who, subject=subject, use_case=use_case, reason=visit.form["reason"])
    try:
        helped = lay(visit.house, helping)
    except Unknown:
        return _shown(visit, says="nobody", status=404)
    return _shown(visit, says="", card=laid(visit.telling, helped))


def laid(telling: Telling, helped: Helped) -> Laid:
    """The card in words."""
    case = helped.use_case
    trouble = ""
    if helped.silent is not None:
        trouble = telling.say(f"silent.{helped.silent.value}")
    elif helped.degraded is not None and helped.degraded != "no_data":
        trouble = telling.say(f"none.{helped.degraded.value}")
    return Laid(
        title=telling.own(case.title),
        verdict=_verdict(telling, helped),
        trouble=trouble,
        shelves=tuple(_shelf(telling, case, piece) for piece in helped.pieces),
        noted=helped.position,
    )


def _verdict(telling: Telling, helped: Helped) -> str:
    if helped.reason != "permitted":
        return telling.say(
            "console.interaction.nothing", why=telling.say(f"console.interaction.because.{helped.reason}")
        )
    return telling.say("console.interaction.as_far_as", level=telling.say(f"level.{helped.allowed.word}"))


def _shelf(telling: Telling, case: UseCase, piece: Piece) -> Shelf:
    promise = telling.published.promise
    known = promise.events if piece.kind == EVENT else promise.attributes
    title = telling.own(known[piece.name].title) if piece.name in known else piece.name
    grains = {need.event: need.bound.grain for rung in case.rungs for need in rung.events}
    grain = grains.get(piece.name, Grain.DAY)
    return Shelf(
        title=title,
        level=telling.say(f"level.{piece.level.word}"),
        permitted=piece.permitted,
        groups=tuple(_grouped(telling, piece, grain=grain)),
    )


def _grouped(telling: Telling, piece: Piece, *, grain: Grain) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """The facts by where they are from and since when, in the order in which they come: newest first."""
    for (source, on), facts in groupby(
        piece.facts, key=lambda scored: (scored.because[0].source, scored.because[0].on)
    ):
        where = telling.say(f"console.interaction.source.{source}")
        yield f"{telling.moment(on, grain)} · {where}", tuple(_fact(telling, scored) for scored in facts)


def _fact(telling: Telling, scored: Scored) -> Fact:
    first, *more = scored.because
    return Fact(value=_value(telling, first), more=" · ".join(_parts(telling, more)))


def _parts(telling: Telling, reasons: list[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield telling.say("console.interaction.part", name=telling.field(reason.name), value=_value(telling, reason))


def _value(telling: Telling, reason: Reason) -> str:
    if reason.name == "item":
        return telling.title(str(reason.value))
    return telling.say("console.draft.event.happened") if reason.name == "event" else told_value(telling, reason.value)


def _shown(visit: Visit, *, says: str, status: int = 200, card: Laid | None = None) -> Response:
    telling = visit.telling
    cases = [(case.id, telling.own(case.title)) for case in with_cards(telling.published)]
    return page(
        visit,
        "interaction.html",
        here="interaction",
        status=status,
        says=says,
        card=card,
        cases=cases,
        kinds=[kind.value for kind in IdentifierKind],
        asked={name: visit.form.get(name, "") for name in ("subject", "kind", "use_case", "reason")},
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
    )


ROOMS = (
    Room(method="GET", path="/console/interaction", act=show, roles=AGENTS, tab="interaction"),
    Room(method="POST", path="/console/interaction", act=ask, roles=AGENTS),
)
