"""`/console/use-cases`: each use case with its needle, who said what to it, and what it is measured to give."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.core.staff import Role
from fiel.operations.tally import Tally
from fiel.web.centre.telling import Telling
from fiel.web.console import ladder
from fiel.web.console.crowds import Part, bar_of, told_of
from fiel.web.console.drafts import WRITERS
from fiel.web.console.needle import Needle, needle_of
from fiel.web.console.visits import Room, Visit, page

READERS: Final = frozenset({Role.MARKETER, Role.DPO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One use case as a card."""

    name: str
    title: str
    basis: str
    version: str
    person_gains: str
    company_gains: str
    needle: Needle
    keeps: str
    gives: str
    bar: tuple[Part, ...]
    levels: tuple[str, ...]


def show(visit: Visit) -> Response:
    """All use cases in force, by area."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    cases = telling.published.promise.use_cases.values()
    areas = [
        (telling.own(area.title), [weighed(telling, case, tally) for case in cases if case.area == area.id])
        for area in telling.published.promise.areas.values()
    ]
    return page(
        visit,
        "use_cases.html",
        here="use_cases",
        areas=[(title, cards) for title, cards in areas if cards],
        counted=_counted(telling, tally),
    )


def show_one(visit: Visit) -> Response:
    """One use case: its balance by level, how far people let it go, and what asking for less would change."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    case = telling.published.use_case(UseCaseId(visit.part("name")))
    told = told_of(tally, case.id)
    return page(
        visit,
        "use_case.html",
        here="use_cases",
        card=weighed(telling, case, tally),
        area=telling.own(telling.published.promise.areas[case.area].title),
        sentence=ladder.sentence(telling, case),
        chart=ladder.chart_of(telling, case),
        edges={"left": ladder.LEFT, "right": ladder.RIGHT, "bottom": ladder.BOTTOM},
        steps=ladder.steps_of(telling, case, told),
        verdicts=ladder.verdicts(telling, case),
        source=telling.measured(case),
        unmeasured=case.measure is not None and telling.published.figures(case) is None,
        may_draft=visit.who.role in WRITERS,
        less=ladder.asking_less(telling, case, told),
        counted=_counted(telling, tally),
    )


def weighed(telling: Telling, case: UseCase, tally: Tally | None) -> Weighed:
    """The card of a use case."""
    needle, told = needle_of(telling.published, case), told_of(tally, case.id)
    return Weighed(
        name=case.id,
        title=telling.own(case.title),
        basis=telling.say(f"basis.{case.basis.value}"),
        version=_version(telling, case),
        person_gains=telling.own(case.benefit.person),
        company_gains=telling.own(case.benefit.company),
        needle=needle,
        keeps=telling.say(f"console.use_cases.needle.kept.{needle.kept}"),
        gives=_gives(telling, case, needle),
        bar=bar_of(telling, case, told) if told is not None else (),
        levels=tuple(_levels(telling, case)),
    )


def _version(telling: Telling, case: UseCase) -> str:
    with telling.house.store.read() as tx:
        published = tx.promises.version(telling.published.versions[case.id]) or tx.promises.history(case.id)[-1]
    return telling.say("centre.card.version", ordinal=published.ordinal, date=telling.day(published.at.date()))


def _gives(telling: Telling, case: UseCase, needle: Needle) -> str:
    """What the person is measured to gain, or why that is not known."""
    if case.measure is None:
        return telling.say("console.use_cases.needle.not_declared")
    found = telling.published.figures(case)
    if found is None:
        return telling.say("console.use_cases.needle.not_yet")
    if needle.gain is None:
        return telling.say("console.use_cases.needle.cannot_tell")
    within, without = telling.benefit(case, case.highest), telling.benefit(case, Level.NONE)
    return telling.say("console.use_cases.needle.gives", within=within, without=f"{without[:1].lower()}{without[1:]}")


def _levels(telling: Telling, case: UseCase) -> Iterator[str]:
    if case.basis is LegalBasis.CONSENT:
        yield telling.say("level.none")
    yield from (telling.say(f"level.{level.word}") for level in case.levels)


def _counted(telling: Telling, tally: Tally | None) -> str:
    if tally is None:
        return telling.say("console.counting")
    return f"{telling.say('console.crowd.how')} {telling.say('console.crowd.at', at=telling.instant(tally.at))}"


ROOMS = (
    Room(method="GET", path="/console/use-cases", act=show, roles=READERS, tab="use_cases"),
    Room(method="GET", path="/console/use-cases/{name}", act=show_one, roles=READERS),
)
