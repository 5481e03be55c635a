"""What a person agrees to, as a digest: the material part of a use case, and all that was shown with it.

Two use cases with the same version allow the same; two with the same notice also say the same, by the same controller.
"""

from hashlib import sha256
from typing import Final

from fiel.core.canonical import Plain, canonical
from fiel.core.ids import Notice, Version
from fiel.core.promise.usecase import (
    Area,
    Bound,
    Controller,
    EventNeed,
    Learning,
    Measuring,
    Recipient,
    Rung,
    UseCase,
)
from fiel.core.text import Text

_MILLION: Final = 1_000_000


def version_of(use_case: UseCase) -> Version:
    """The digest of the material part: purpose, basis, needs, bounds, recipients. Not wording, not strategy."""
    return Version(sha256(canonical(material(use_case))).hexdigest())


def notice_of(use_case: UseCase, area: Area, *, controller: Controller) -> Notice:
    """The digest of everything a person was shown when they chose (GDPR art. 7(1), 13)."""
    shown: dict[str, Plain] = {
        "material": material(use_case),
        "title": _text(use_case.title),
        "why": _text(use_case.why),
        "benefit": [_text(use_case.benefit.person), _text(use_case.benefit.company)],
        "needs": [[need.event, _text(need.why)] for rung in use_case.rungs for need in rung.events],
        "learn": _text(use_case.learn.why) if use_case.learn else None,
        "measure": _text(use_case.measure.why) if use_case.measure else None,
        "recipients": [_text(recipient.why) for recipient in use_case.recipients],
        "balancing": _text(use_case.balancing) if use_case.balancing else None,
        "area": _text(area.title),
        "controller": [controller.name, controller.contact, controller.address, controller.dpo],
    }
    return Notice(sha256(canonical(shown)).hexdigest())


def material(use_case: UseCase) -> dict[str, Plain]:
    """The part of a use case that decides what may be done, as plain values without order or wording."""
    return {
        "use_case": use_case.id,
        "area": use_case.area,
        "purpose": use_case.purpose,
        "basis": use_case.basis.value,
        "levels": [_rung(rung) for rung in use_case.rungs],
        "learn": _learning(use_case.learn) if use_case.learn else None,
        "measure": _measuring(use_case.measure) if use_case.measure else False,
        "without_choice": use_case.without_choice.word,
        "retention": int(use_case.retention.total_seconds()),
        "consent_lasts": int(use_case.consent_lasts.total_seconds()),
        "recipients": [_recipient(recipient) for recipient in sorted(use_case.recipients, key=_in_order)],
        "infers_from": _sorted(use_case.infers_from),
        "heeds_gpc": use_case.heeds_gpc,
    }


def _rung(rung: Rung) -> Plain:
    return {
        "level": rung.level.word,
        "context": _sorted(rung.context),
        "attributes": _sorted(rung.attributes),
        "events": [_need(need) for need in sorted(rung.events, key=lambda need: need.event)],
        "history": rung.history,
    }


def _learning(learning: Learning) -> Plain:
    within = None if learning.within is None else int(learning.within.total_seconds())
    if learning.attributes:
        return [learning.cap, within, _sorted(learning.attributes)]
    return learning.cap if within is None else [learning.cap, within]


def _measuring(measuring: Measuring) -> Plain:
    """That it is measured; with a control share that too, in millionths: a yes is to no larger one."""
    return round(measuring.control * _MILLION) if measuring.control else True


def _need(need: EventNeed) -> Plain:
    return {"event": need.event, "properties": _sorted(need.properties), "bound": _bound(need.bound)}


def _bound(bound: Bound) -> Plain:
    within = None if bound.within is None else int(bound.within.total_seconds())
    return [within, bound.or_visits, bound.keep, bound.grain.value]


def _recipient(recipient: Recipient) -> Plain:
    return [recipient.name, recipient.via, _sorted(recipient.fields), recipient.country]


def _in_order(recipient: Recipient) -> tuple[str, ...]:
    return recipient.name, recipient.via, recipient.country, *sorted(recipient.fields)


def _sorted(names: frozenset[str]) -> Plain:
    return sorted(names)


def _text(text: Text) -> Plain:
    return dict(text)
