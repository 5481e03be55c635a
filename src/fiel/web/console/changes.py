"""`/console/changes`: what each new version asked for beside the one before, in plain words, and whom it concerns."""

from dataclasses import dataclass
from itertools import pairwise

from starlette.responses import Response

from fiel.core.promise.change import compare, covers
from fiel.core.staff import Role
from fiel.operations.show import Changed
from fiel.ports import PublishedVersion
from fiel.web.centre.changes import Edit, edits_of
from fiel.web.centre.telling import Telling
from fiel.web.console.register import approvers
from fiel.web.console.visits import Room, Visit, page
from fiel.web.console.words import crowd

READERS = frozenset({Role.DPO, Role.MARKETER, Role.ENGINEER, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One version after another. `covered`: who had said yes to the one before need not be asked."""

    title: str
    name: str
    approved: str
    covered: bool
    edits: tuple[Edit, ...]
    affected: str


def show(visit: Visit) -> Response:
    """Every change, the latest first."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    steps: list[tuple[PublishedVersion, Step]] = []
    with visit.house.store.read() as tx:
        for name in tx.promises.use_cases():
            history = tx.promises.history(name)
            told = tally.use_cases.get(name) if tally is not None else None
            for before, after in pairwise(history):
                is_last = after is history[-1]
                affected = crowd(telling, told.asleep) if told is not None and is_last else ""
                steps.append((after, _step(telling, before, after, affected=affected)))
        first = [tx.promises.history(name)[0] for name in tx.promises.use_cases()]
    steps.sort(key=lambda pair: pair[0].at, reverse=True)
    begun = telling.day(min(each.at for each in first).date()) if first else ""
    return page(visit, "changes.html", here="changes", steps=[step for _, step in steps], begun=begun)


def _step(telling: Telling, before: PublishedVersion, after: PublishedVersion, *, affected: str) -> Step:
    highest = max(before.use_case.highest, after.use_case.highest)
    covered = covers(before.use_case, after.use_case, level=highest)
    changed = Changed(
        agreed=before,
        current=after,
        edits=compare(before.use_case, after.use_case, level=highest),
        covered=covered,
    )
    return Step(
        title=telling.own(after.use_case.title),
        name=telling.say("centre.card.version", ordinal=after.ordinal, date=telling.day(after.at.date())),
        approved=approvers(telling, after.approved_by),
        covered=covered,
        edits=edits_of(telling, changed),
        affected=affected,
    )


ROOMS = (Room(method="GET", path="/console/changes", act=show, roles=READERS, tab="changes"),)
