"""`/console/drafts`: a use case written in the page and checked at each press, with three panes of what it would do.

Nothing of it is kept: who wants to keep it takes the file home. What is in force changes by `fiel publish` alone, by
two people where the law wants two.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from starlette.responses import Response

from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Benefit, LegalBasis, Level, Promise, Rung, Source, UseCase
from fiel.core.staff import Role
from fiel.operations.rehearse import appetites_of
from fiel.registry import Draft, check_draft, write_use_case
from fiel.web.centre.cards import Card
from fiel.web.console.draft_change import Drafted, Impact, as_if, card_shown, impact_of
from fiel.web.console.draft_event import Pasted, example_for, pasted
from fiel.web.console.draft_lines import found_in, lines_of
from fiel.web.console.visits import HEADERS, Room, Visit, page

WRITERS: Final = frozenset({Role.MARKETER, Role.DPO})

LARGEST: Final = 400 * 1024
"""Bytes of the form: a draft and an event, each letter written as the wire writes it."""

EMPTY: Final = "new"
"""What one starts from where it is none of the published use cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in the page's three fields."""

    text: str
    event: str
    level: str


def show(visit: Visit) -> Response:
    """A use case to begin with, checked already."""
    promise, start = visit.telling.published.promise, visit.asked("from")
    case = promise.use_cases.get(UseCaseId(start)) or (None if start == EMPTY else next(iter(_cases(promise)), None))
    text = write_use_case(case or _starter(promise), languages=promise.languages)
    return _shown(visit, Written(text=text, event=example_for(promise, case), level=""))


def check(visit: Visit) -> Response:
    """What was written, checked."""
    return _shown(visit, _written(visit))


def take(visit: Visit) -> Response:
    """What was written, as a file to take home."""
    written = _written(visit)
    draft = _checked(visit, written.text)
    name = draft.use_case.id if draft.use_case else "draft"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return Response(written.text, media_type="application/yaml", headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panes:
    """What the page shows of a draft that can be read; nothing of one that cannot."""

    card: Card | None = None
    impact: Impact | None = None
    event: Pasted | None = None


def _shown(visit: Visit, written: Written) -> Response:
    telling, draft = visit.telling, _checked(visit, written.text)
    panes = _panes(visit, draft, written)
    found = found_in(draft.reading)
    return page(
        visit,
        "drafts.html",
        here="drafts",
        written=written,
        starts=[(case.id, telling.own(case.title)) for case in _cases(telling.published.promise)],
        levels=[level.word for level in draft.use_case.levels] if draft.use_case else [],
        found=found,
        errors=sum(each.forbids for each in found),
        lines=lines_of(draft.reading) if found else (),
        start=draft.use_case.id if draft.use_case else "",
        done={},
        card=panes.card,
        impact=panes.impact,
        event=panes.event,
    )


def _panes(visit: Visit, draft: Draft, written: Written) -> Panes:
    telling, promise, case = visit.telling, draft.promise, draft.use_case
    if promise is None or case is None:
        return Panes()
    of_draft = replace(telling, published=as_if(telling.published, promise, case))
    drafted = Drafted(promise=promise, use_case=case, published=telling.published)
    return Panes(
        card=card_shown(of_draft, case) if of_draft.own(case.title) else None,
        impact=impact_of(of_draft, drafted, visit.console.tallies.latest()),
        event=pasted(of_draft, promise, case, text=written.event, level=_level(written.level, case)),
    )


def _checked(visit: Visit, text: str) -> Draft:
    promise, house = visit.telling.published.promise, visit.house
    return check_draft(text, within=promise, reads=appetites_of(house.strategies), laws=house.laws)


def _written(visit: Visit) -> Written:
    """The fields of the form; a browser ends lines in its own way."""
    text, event = (visit.form.get(name, "").replace("\r\n", "\n") for name in ("yaml", "event"))
    return Written(text=text, event=event, level=visit.form.get("level", ""))


def _level(word: str, case: UseCase) -> Level | None:
    return next((level for level in case.levels if level.word == word), None)


def _cases(promise: Promise) -> list[UseCase]:
    return list(promise.use_cases.values())


def _starter(promise: Promise) -> UseCase:
    """A use case that says nothing yet: what it lacks is found, with where it goes."""
    blank = dict.fromkeys(promise.languages, "")
    told = [each.name for each in promise.attributes.values() if each.source is Source.DECLARED][:1]
    return UseCase(
        id=UseCaseId("new_use_case"),
        area=next(iter(promise.areas)),
        purpose="dpv:ServicePersonalisation",
        basis=LegalBasis.CONSENT,
        title=blank,
        why=blank,
        benefit=Benefit(person=blank, company=blank),
        rungs=(Rung(level=Level.DECLARED, strategy="rules", attributes=frozenset(told)),),
        retention=timedelta(days=400),
        consent_lasts=timedelta(days=720),
    )


ROOMS = (
    Room(method="GET", path="/console/drafts", act=show, roles=WRITERS, tab="drafts"),
    Room(method="POST", path="/console/drafts", act=check, roles=WRITERS, largest=LARGEST),
    Room(method="POST", path="/console/drafts/file", act=take, roles=WRITERS, largest=LARGEST),
)
