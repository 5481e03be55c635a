"""`/console`: what needs somebody today, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from starlette.responses import Response

from fiel.core.crowd import Crowd
from fiel.core.ids import UseCaseId
from fiel.operations.attend import all_requests
from fiel.operations.prove import checkpoint
from fiel.operations.tally import Tally
from fiel.ports import Transaction
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import EVERYBODY, Room, Visit, page
from fiel.web.console.words import crowd, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One line of the day: what it is about, how it stands, and where to see to it. `calls`: it needs somebody."""

    name: str
    says: str
    more: tuple[str, ...] = ()
    calls: bool = False
    path: str = ""
    go: str = ""


def show(visit: Visit) -> Response:
    """The first page of the console."""
    telling = visit.telling
    tally = visit.console.tallies.latest()
    with visit.house.store.read() as tx:
        matters = [*_notices(telling, tx), *_models(telling, tx)]
    matters = [*_requests(visit), *_expiring(telling, tally), *_asleep(telling, tally), *matters, *_proof(visit)]
    open_to = {path for _, path in visit.tabs}
    shown = [each for each in matters if not each.path or each.path in open_to]
    return page(visit, "today.html", here="today", matters=sorted(shown, key=lambda each: not each.calls), tally=tally)


def _requests(visit: Visit) -> Iterator[Matter]:
    """What people asked for under the law, and when the first answer is due."""
    telling, path = visit.telling, "/console/requests"
    running = [each.request for each in all_requests(visit.house) if not each.request.is_over]
    if not running:
        yield Matter(name="requests", says=telling.say("console.today.requests.none"), path=path)
        return
    dates = [each.due for each in running if each.due is not None]
    more = (telling.say("console.today.requests.first", date=telling.day(min(dates))),) if dates else ()
    says = telling.say("console.today.requests.some", count=number(telling, len(running)))
    yield Matter(name="requests", says=says, more=more, calls=True, path=path, go=telling.say("console.today.see"))


def _notices(telling: Telling, tx: Transaction) -> Iterator[Matter]:
    """What should have arrived somewhere, and did not: a withdrawal that a recipient did not confirm, first of all."""
    unsent = tx.outbox.unsent()
    if not unsent:
        yield Matter(name="notices", says=telling.say("console.today.notices.none"))
        return
    since = telling.instant(min(each.since for each in unsent))
    given_up = sum(1 for each in unsent if each.given_up)
    more = [telling.say("console.today.notices.since", since=since)]
    if given_up:
        more.append(telling.say("console.today.notices.given_up", count=number(telling, given_up)))
    says = telling.say("console.today.notices.some", count=number(telling, len(unsent)))
    yield Matter(name="notices", says=says, more=tuple(more), calls=True)


def _expiring(telling: Telling, tally: Tally | None) -> Iterator[Matter]:
    if tally is None:
        yield Matter(name="expiring", says=telling.say("console.counting"))
        return
    cases = telling.published.promise.use_cases
    some = {name: each.expiring for name, each in tally.use_cases.items() if not each.expiring.is_few and name in cases}
    if not some:
        yield Matter(name="expiring", says=telling.say("console.today.expiring.few"), path="/console/choices")
        return
    yield Matter(
        name="expiring",
        says=telling.say("console.today.expiring.some", count=_sum(telling, some)),
        more=tuple(f"{telling.own(cases[name].title)}: {crowd(telling, each)}" for name, each in some.items()),
        calls=True,
        path="/console/choices",
        go=telling.say("console.today.see"),
    )


def _sum(telling: Telling, some: Mapping[UseCaseId, Crowd]) -> str:
    return crowd(telling, Crowd(sum(each.least for each in some.values())))


def _asleep(telling: Telling, tally: Tally | None) -> Iterator[Matter]:
    """Yeses that sleep because a wider version came: they are forgotten after thirty days."""
    cases = telling.published.promise.use_cases
    told = tally.use_cases if tally is not None else {}
    some = {name: each.asleep for name, each in told.items() if not each.asleep.is_few and name in cases}
    if some:
        yield Matter(
            name="asleep",
            says=telling.say("console.today.asleep", count=_sum(telling, some)),
            more=tuple(f"{telling.own(cases[name].title)}: {crowd(telling, each)}" for name, each in some.items()),
            calls=True,
            path="/console/changes",
            go=telling.say("console.today.see"),
        )


def _models(telling: Telling, tx: Transaction) -> Iterator[Matter]:
    """Shared models: which still hold what somebody took back, and which are not served."""
    lines, calls = [], False
    for name, case in telling.published.promise.use_cases.items():
        if case.learn is None:
            continue
        lessons = tx.totals.lessons(name)
        served = any(tx.totals.model(name, rung.strategy) for rung in case.rungs)
        title = telling.own(case.title)
        if lessons.removal_since is not None:
            day = telling.day(lessons.removal_since.astimezone(UTC).date())
            lines.append(telling.say("console.today.models.pending", title=title, date=day))
            calls = True
        elif not served:
            lines.append(telling.say("console.today.models.none", title=title))
    says = telling.say("console.today.models.some" if lines else "console.today.models.fine")
    yield Matter(name="models", says=says, more=tuple(lines), calls=calls)


def _proof(visit: Visit) -> Iterator[Matter]:
    telling, latest = visit.telling, visit.console.audits.latest
    size = checkpoint(visit.house).splitlines()[1]
    path, go = "/console/proof", telling.say("console.today.verify")
    if latest is None:
        says = telling.say("console.today.proof.unseen", size=number(telling, int(size)))
        yield Matter(name="proof", says=says, path=path, go=go)
        return
    clean = latest.found is not None and latest.found.is_clean
    key = "console.today.proof.clean" if clean else "console.today.proof.broken"
    says = telling.say(key, at=telling.instant(latest.at))
    yield Matter(name="proof", says=says, calls=not clean, path=path, go=go)


ROOMS = (Room(method="GET", path="/console", act=show, roles=EVERYBODY, tab="today"),)
