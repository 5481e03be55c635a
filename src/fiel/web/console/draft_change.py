"""What a draft would change for the people who agreed to what is in force, and what they would be shown of it."""

from dataclasses import dataclass, replace

from fiel.core.consent.choice import UNDECIDED
from fiel.core.crowd import Told
from fiel.core.permit import Refused
from fiel.core.promise.change import compare, covers
from fiel.core.promise.revision import Fate, Revision, revise
from fiel.core.promise.usecase import LegalBasis, Promise, UseCase
from fiel.core.promise.version import notice_of, version_of
from fiel.operations.published import Published
from fiel.operations.show import Changed, Stand
from fiel.operations.tally import Tally
from fiel.ports import PublishedVersion
from fiel.web.centre.cards import Card, card_of
from fiel.web.centre.changes import Edit, edits_of
from fiel.web.centre.telling import Telling
from fiel.web.console.crowds import told_of
from fiel.web.console.words import crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What changes: in a sentence, edit by edit, and who must be asked again."""

    fate: str
    edits: tuple[Edit, ...] = ()
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft that can be read, beside what is in force."""

    promise: Promise
    use_case: UseCase
    published: Published


def as_if(published: Published, promise: Promise, case: UseCase) -> Published:
    """What would be in force with the draft; what was measured of another version says nothing of it."""
    notice = notice_of(case, promise.areas[case.area], controller=promise.controller)
    return replace(
        published,
        promise=promise,
        versions={**published.versions, case.id: version_of(case)},
        notices={**published.notices, case.id: notice},
        agreements={},
    )


def card_shown(telling: Telling, case: UseCase) -> Card:
    """The card of the preference centre, for somebody who was never asked; `telling` speaks of the draft."""
    published = telling.published
    asked = case.basis is LegalBasis.CONSENT
    stand = Stand(
        use_case=case,
        version=published.versions[case.id],
        notice=published.notices[case.id],
        standing=UNDECIDED,
        reason=Refused.NEVER_ASKED.value if asked else "permitted",
        allowed=None if asked else case.highest,
        ordinal=_ordinal(telling, case),
        in_force=telling.house.clock.now(),
        until=None,
    )
    return card_of(telling, stand, holding=None)


def impact_of(telling: Telling, drafted: Drafted, tally: Tally | None) -> Impact:
    """What the draft changes against what is in force; `telling` speaks of the draft."""
    case, before = drafted.use_case, drafted.published.promise
    revision = next((each for each in revise(before, drafted.promise) if each.use_case == case.id), None)
    if revision is None:
        return Impact(fate=telling.say("console.draft.fate.same"))
    fate = telling.say(f"console.draft.fate.{revision.fate.value}")
    if revision.fate is not Fate.EDITED:
        return Impact(fate=fate)
    agreed = before.use_cases[case.id]
    return Impact(
        fate=fate,
        edits=_edits(telling, agreed, case),
        asked=_asked(telling, revision, told_of(tally, case.id), case=case),
    )


def _edits(telling: Telling, agreed: UseCase, current: UseCase) -> tuple[Edit, ...]:
    now = telling.house.clock.now()
    before, after = (
        PublishedVersion(version=version_of(each), ordinal=0, use_case=each, at=now, approved_by=())
        for each in (agreed, current)
    )
    highest = max(agreed.highest, current.highest)
    differences = compare(agreed, current, level=highest)
    changed = Changed(agreed=before, current=after, edits=differences, covered=covers(agreed, current, level=highest))
    return edits_of(telling, changed)


def _asked(telling: Telling, revision: Revision, told: Told | None, *, case: UseCase) -> str:
    """Who is asked again, by level and by how many may be told; nobody where every agreement stands."""
    if case.basis is not LegalBasis.CONSENT:
        return telling.say("console.draft.asked.not_consent")
    if not revision.dormant:
        return telling.say("console.draft.asked.nobody")
    levels = ", ".join(f"“{telling.say(f'level.{level.word}')}”" for level in revision.dormant)
    reached = told.reach.get(revision.dormant[0]) if told else None
    if reached is None:
        return telling.say("console.draft.asked.levels", levels=levels)
    return telling.say("console.draft.asked.people", levels=levels, count=crowd(telling, reached))


def _ordinal(telling: Telling, case: UseCase) -> int:
    """Which version it would be."""
    with telling.house.store.read() as tx:
        history = tx.promises.history(case.id)
    return history[-1].ordinal + 1 if history else 1
