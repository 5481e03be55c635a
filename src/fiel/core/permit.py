"""THE NEEDLE: it weighs what a person chose against what the promise says now; all else waits for its verdict.

No mandate, no data. Unknown means no. There is no override, for nobody (GDPR art. 5(1)(a)-(b), 6, 7, 18, 21).

Three mandates open a compartment (`Mandate` in `fiel.ports`), each made in one file:

- `Permit`, here: the controller's, for one act within terms, and the only one for which anything is weighed.
- `OwnAccess`, in `core/rights.py`: the person's, to see and take along what is theirs, whatever they chose.
- `Upkeep`, in `core/consent/effect.py`: the machine's, to take away what a choice or time ended. A no must be carried
  out, so nobody is asked; a store lets nothing become more under it.

The last two are never for use: no decision is made of what they open. They can be had for the asking, so who asks is
held to a list, as is who weighs: `tests/house/test_mandates.py` names the operations, and the only one that comes here
is `operations/weigh.py`. A court's hold is a fourth in the plan, and not built.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fiel.core.age import AgeBand, is_barred, needs_guardian
from fiel.core.consent.choice import Standing, Status
from fiel.core.ids import Place, Position, Version
from fiel.core.law import Jurisdiction, Signal
from fiel.core.promise.change import Terms, covers, meet
from fiel.core.promise.purpose import is_advertising
from fiel.core.promise.usecase import LegalBasis, Level, Mode, UseCase
from fiel.core.promise.version import version_of


class Act(StrEnum):
    """What one wants to do with a compartment: decide from it, learn from it, or measure on it."""

    USE = "use"
    LEARN = "learn"
    MEASURE = "measure"


class Refused(StrEnum):
    """Why the needle says no."""

    NEVER_ASKED = "never_asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CHANGED = "changed"
    OBJECTED = "objected"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"
    SUPPRESSED = "suppressed"
    SIGNAL = "signal"
    UNDER_AGE = "under_age"
    PAUSED = "paused"


PERMITTED: Final = "permitted"
"""The verdict's word when there is no refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The closed card that only the needle and the pages read; no strategy ever sees it.

    `language` and `jurisdiction` are the person's own, `age` what is known of their age, where it was asked for.
    `guardian`: whether whoever answers for them agreed, as the controller knows.
    """

    language: str
    jurisdiction: str
    age: AgeBand | None = None
    guardian: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person before one use case: where their data would lie, their card, and whether they were erased."""

    place: Place
    card: Card
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreed version beside the current one: `terms` is their meet, `covers` whether it still is a grant."""

    use_case: UseCase
    version: Version
    terms: Terms
    covers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Under which law, with which signals from the person's side, and when."""

    law: Jurisdiction
    now: datetime
    signals: frozenset[Signal] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Leave for one act on one compartment, within `terms`. Made here and nowhere else.

    `since`: nothing that happened earlier may enter, unless the terms allow history; None where no choice is needed.
    `position`: the entry it rests on. It is worth nothing later: who holds it longer than a moment weighs again.
    """

    act: Act
    place: Place
    terms: Terms
    version: Version
    since: datetime | None
    position: Position | None

    @property
    def level(self) -> Level:
        """How far it goes."""
        return self.terms.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The needle's no, and why."""

    act: Act
    why: Refused


def reach(use_case: UseCase, standing: Standing) -> Level:
    """How far a person's choice lets a use case go, before anything else is weighed.

    On consent, as far as they said. On another basis all the way, unless they lowered it by objecting in part, or have
    not said anything and the promise stops at the present context until they do (`without_choice: context`).
    """
    if use_case.basis is LegalBasis.CONSENT or standing.status is Status.OBJECTED:
        return min(standing.level, use_case.highest)
    if use_case.without_choice is Level.CONTEXT and standing.status in {Status.UNKNOWN, Status.REQUESTED}:
        return min(Level.CONTEXT, use_case.highest)
    return use_case.highest


def agree(agreed: UseCase, current: UseCase, *, level: Level) -> Agreement:
    """What is left today of an agreement to `agreed` up to `level`. Pure and costly enough to be worth keeping."""
    return Agreement(
        use_case=current,
        version=version_of(current),
        terms=meet(agreed, current, level=level),
        covers=covers(agreed, current, level=level),
    )


def authorise(
    subject: Subject,
    agreement: Agreement,
    *,
    standing: Standing,
    act: Act,
    circumstances: Circumstances,
) -> Permit | Refusal:
    """Weigh: the same for every door, use case and act. The first reason that stands in the way is the answer.

    In order: the use case works; nothing that was chosen forbids it, and where it rests on consent there is a yes; the
    person's yes counts at their age; what they agreed to still covers what is in force, and is not over; no signal of
    theirs is against it; this very act is among what they agreed to.
    """
    why = (
        _paused(agreement.use_case)
        or _chosen(subject, agreement.use_case, standing=standing)
        or _too_young(subject.card, agreement.use_case, law=circumstances.law)
        or _lapsed(agreement, standing, now=circumstances.now)
        or _signalled(agreement.use_case, circumstances)
        or _not_this_act(agreement, standing, act=act)
    )
    if why is not None:
        return Refusal(act=act, why=why)
    return Permit(
        act=act,
        place=subject.place,
        terms=agreement.terms,
        version=agreement.version,
        since=standing.since if agreement.use_case.basis is LegalBasis.CONSENT else None,
        position=standing.position,
    )


def _paused(use_case: UseCase) -> Refused | None:
    return None if use_case.mode is Mode.ENFORCE else Refused.PAUSED


_NOES: Final = {
    Status.REFUSED: Refused.REFUSED,
    Status.WITHDRAWN: Refused.WITHDRAWN,
    Status.EXPIRED: Refused.EXPIRED,
    Status.INVALIDATED: Refused.CHANGED,
    Status.RESTRICTED: Refused.RESTRICTED,
    Status.BLOCKED: Refused.BLOCKED,
    Status.ERASED: Refused.SUPPRESSED,
}
"""The statuses that mean no on every legal basis."""


def _chosen(subject: Subject, use_case: UseCase, *, standing: Standing) -> Refused | None:
    if subject.suppressed:
        return Refused.SUPPRESSED
    if standing.status in _NOES:
        return _NOES[standing.status]
    if standing.status is Status.OBJECTED:
        return None if standing.level > Level.NONE and use_case.basis is not LegalBasis.CONSENT else Refused.OBJECTED
    if use_case.basis is LegalBasis.CONSENT and standing.status is not Status.GIVEN:
        return Refused.NEVER_ASKED
    return None


def _too_young(card: Card, use_case: UseCase, *, law: Jurisdiction) -> Refused | None:
    """Below the law's age a person's own consent does not count (GDPR art. 8), and some profiles are made of nobody."""
    if is_advertising(use_case.purpose) and is_barred(card.age, law.ages):
        return Refused.UNDER_AGE
    on_consent = use_case.basis is LegalBasis.CONSENT and not card.guardian
    too_young = on_consent and needs_guardian(card.age, law.ages, sensitive=use_case.explicit)
    return Refused.UNDER_AGE if too_young else None


def _lapsed(agreement: Agreement, standing: Standing, *, now: datetime) -> Refused | None:
    """A yes is held to what was asked, also where nobody is asked any more: no other basis takes its place.

    Who said yes expects that a no ends it (EDPB guidelines 05/2020 on consent, 122).
    """
    on_consent = agreement.use_case.basis is LegalBasis.CONSENT
    if not agreement.covers and (on_consent or standing.status is Status.GIVEN):
        return Refused.CHANGED
    if not on_consent:
        return None
    if standing.at is None or standing.at + agreement.terms.consent_lasts <= now:
        return Refused.EXPIRED
    return None


def _signalled(use_case: UseCase, circumstances: Circumstances) -> Refused | None:
    signals = circumstances.signals & circumstances.law.honours.value
    shares = bool(use_case.recipients) or Level.ACQUIRED in use_case.levels
    return Refused.SIGNAL if Signal.GPC in signals and use_case.heeds_gpc and shares else None


def _not_this_act(agreement: Agreement, standing: Standing, *, act: Act) -> Refused | None:
    """Teaching the shared model is a yes of its own; measuring is declared, or it is not done."""
    if act is Act.LEARN and not (standing.contributes and agreement.terms.cap):
        return Refused.REFUSED
    if act is Act.MEASURE and not agreement.terms.measured:
        return Refused.NEVER_ASKED
    return None
