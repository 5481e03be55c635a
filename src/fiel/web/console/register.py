"""`/console/register`: the record of processing activities (GDPR art. 30), made of the promise that is enforced."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC

from starlette.responses import Response

from fiel.core.crowd import Told
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import LegalBasis, UseCase
from fiel.core.staff import Role
from fiel.operations.tally import Tally
from fiel.ports import PublishedVersion
from fiel.web.centre.changes import purpose
from fiel.web.centre.needs import included, needs
from fiel.web.centre.telling import Telling
from fiel.web.console.visits import Room, Visit, page
from fiel.web.console.words import share

READERS = frozenset({Role.DPO, Role.MARKETER, Role.ENGINEER, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One processing activity as the register says it."""

    use_case: str
    area: str
    title: str
    why: str
    purpose: str
    basis: str
    people: str
    what: tuple[str, ...]
    retention: str
    lasts: str
    recipients: tuple[str, ...]
    rate: str
    version: str
    paused: bool


def show(visit: Visit) -> Response:
    """All of it, area by area."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    activities = [_activity(visit, case, tally) for case in telling.published.promise.use_cases.values()]
    areas = [
        (telling.own(area.title), [each for each in activities if each.area == telling.own(area.title)])
        for area in telling.published.promise.areas.values()
    ]
    return page(visit, "register.html", here="register", areas=[(name, rows) for name, rows in areas if rows])


def show_one(visit: Visit) -> Response:
    """One activity: what a person reads of it, all its versions, and who approved each."""
    telling = visit.telling
    case = telling.published.use_case(UseCaseId(visit.part("use_case")))
    with visit.house.store.read() as tx:
        history = tuple(reversed(tx.promises.history(case.id)))
    return page(
        visit,
        "activity.html",
        here="register",
        activity=_activity(visit, case, visit.console.tallies.latest()),
        case=case,
        needs=needs(telling, case, None),
        versions=[_version(telling, each) for each in history],
    )


def export_json(visit: Visit) -> Response:
    """The register as JSON."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    company = telling.published.promise.controller
    record = {
        "record": "GDPR art. 30(1)",
        "controller": {"name": company.name, "address": company.address, "contact": company.contact},
        "data_protection_officer": company.dpo,
        "language": visit.language,
        "made": visit.house.clock.now().isoformat(),
        "activities": [_plain(visit, case, tally) for case in telling.published.promise.use_cases.values()],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    return _file(text, media="application/json", name="register.json")


def export_csv(visit: Visit) -> Response:
    """The register as a table for a spreadsheet, no cell of which is ever a formula there."""
    telling, tally = visit.telling, visit.console.tallies.latest()
    rows = [_plain(visit, case, tally) for case in telling.published.promise.use_cases.values()]
    written = io.StringIO()
    table = csv.writer(written)
    names = list(rows[0]) if rows else []
    table.writerow([telling.say(f"console.register.{name}") for name in names])
    for row in rows:
        table.writerow([_cell(row[name]) for name in names])
    return _file("\ufeff" + written.getvalue(), media="text/csv; charset=utf-8", name="register.csv")


def _cell(value: object) -> str:
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _file(text: str, *, media: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(text.encode(), media_type=media, headers=headers)


def _plain(visit: Visit, case: UseCase, tally: Tally | None) -> dict[str, object]:
    each = _activity(visit, case, tally)
    return {
        "use_case": each.use_case,
        "area": each.area,
        "title": each.title,
        "purpose": each.purpose,
        "basis": each.basis,
        "people": each.people,
        "data": list(each.what),
        "recipients": list(each.recipients),
        "retention": each.retention,
        "version": each.version,
        "rate": each.rate,
    }


def _activity(visit: Visit, case: UseCase, tally: Tally | None) -> Activity:
    telling = visit.telling
    promise = telling.published.promise
    told = tally.use_cases.get(case.id) if tally is not None else None
    with visit.house.store.read() as tx:
        history = tx.promises.history(case.id)
    return Activity(
        use_case=case.id,
        area=telling.own(promise.areas[case.area].title),
        title=telling.own(case.title),
        why=telling.own(case.why),
        purpose=purpose(telling, case.purpose),
        basis=telling.say(f"console.basis.{case.basis.value}"),
        people=telling.say("console.register.customers"),
        what=included(telling, case, case.highest),
        retention=telling.span(case.retention),
        lasts=telling.span(case.consent_lasts),
        recipients=tuple(
            telling.say(
                "console.register.recipient",
                name=each.name,
                country=each.country,
                fields=", ".join(telling.field(name) for name in sorted(each.fields)),
            )
            for each in case.recipients
        ),
        rate=_rate(telling, case, told),
        version=_version(telling, history[-1]).name if history else "–",
        paused=case.mode.value == "observe",
    )


def _rate(telling: Telling, case: UseCase, told: Told | None) -> str:
    if case.basis is not LegalBasis.CONSENT:
        return telling.say("console.register.unasked")
    return share(telling, told.yes, told.people) if told is not None else "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version: its name, its digest, and who approved it."""

    name: str
    digest: str
    approved: str


def approvers(telling: Telling, names: tuple[str, ...]) -> str:
    """Who approved, by name; where nobody had to, what it was instead."""
    told = {"first start": "console.register.first_start", "wording": "console.register.wording"}
    return ", ".join(telling.say(told[name]) if name in told else name for name in names)


def _version(telling: Telling, published: PublishedVersion) -> VersionRow:
    day = telling.day(published.at.astimezone(UTC).date())
    return VersionRow(
        name=telling.say("centre.card.version", ordinal=published.ordinal, date=day),
        digest=published.version,
        approved=approvers(telling, published.approved_by),
    )


ROOMS = (
    Room(method="GET", path="/console/register", act=show, roles=READERS, tab="register"),
    Room(method="GET", path="/console/register.json", act=export_json, roles=READERS),
    Room(method="GET", path="/console/register.csv", act=export_csv, roles=READERS),
    Room(method="GET", path="/console/register/{use_case}", act=show_one, roles=READERS),
)
