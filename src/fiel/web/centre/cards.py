"""The cards of one person: where they stand with each use case, what they can choose, what it takes and gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from fiel.core.consent.choice import Status
from fiel.core.permit import Refused
from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.core.text import percentage
from fiel.operations.show import Holding, Stand
from fiel.web.centre.acts import NO, Button, buttons, limits, may_teach, said_no, seen, status_of
from fiel.web.centre.examples import Shown, example_of
from fiel.web.centre.needs import Need, included, needs
from fiel.web.centre.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of equal buttons, with its words: what it chooses, all that this lets be used, and how often it was right."""

    value: str
    label: str
    includes: tuple[str, ...]
    benefit: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One use case as one person sees it.

    `mark`: what stands, told apart at a glance: `yes`, `no`, `open` where the person was asked and has not said, `none`
    where nobody is asked, `lapsed` where a yes no longer counts.
    """

    use_case: str
    title: str
    why: str
    person_gains: str
    company_gains: str
    on_consent: bool
    basis: str
    balancing: str
    status: str
    mark: str
    state: str
    until: str
    options: tuple[Option, ...]
    teach: bool
    teaches: bool
    teach_why: str
    needs: tuple[Need, ...]
    notes: tuple[str, ...]
    recipients: str
    measured: str
    is_measured: bool
    control: str
    version: str
    changed: bool
    signalled: bool
    notice: str
    seen: str
    position: int | None
    off: tuple[str, ...]
    limit: str
    example: Shown


def mark_of(stand: Stand) -> str:
    """What stands, in one word."""
    if said_no(stand):
        return "no"
    if stand.use_case.basis is not LegalBasis.CONSENT and stand.standing.status in {Status.UNKNOWN, Status.OBJECTED}:
        return "none"
    if stand.allowed is not None:
        return "yes"
    if stand.standing.status in {Status.UNKNOWN, Status.REQUESTED, Status.ERASED}:
        return "open"
    return "lapsed"


def card_of(telling: Telling, stand: Stand, *, holding: Holding | None) -> Card:
    """One card."""
    case, standing = stand.use_case, stand.standing
    on_consent = case.basis is LegalBasis.CONSENT
    held = holding.held if holding is not None else None
    return Card(
        use_case=case.id,
        title=telling.own(case.title),
        why=telling.own(case.why),
        person_gains=telling.own(case.benefit.person),
        company_gains=telling.own(case.benefit.company),
        on_consent=on_consent,
        basis=telling.say(f"basis.{case.basis.value}"),
        balancing=telling.own(case.balancing) if case.balancing else "",
        status=standing.status.value,
        mark=mark_of(stand),
        state=state_of(telling, stand),
        until=_until(telling, stand),
        options=tuple(_option(telling, stand, button) for button in _offered(stand)),
        teach=may_teach(stand),
        teaches=standing.contributes,
        teach_why=telling.own(case.learn.why) if case.learn else "",
        needs=needs(telling, case, held),
        notes=tuple(_notes(telling, case)),
        recipients="; ".join(recipient.name for recipient in case.recipients),
        measured=_measured(telling, case),
        is_measured=telling.published.figures(case) is not None,
        control=_control(telling, case),
        version=telling.say("centre.card.version", ordinal=stand.ordinal, date=telling.day(stand.in_force.date())),
        changed=stand.reason == Refused.CHANGED,
        signalled=stand.reason == Refused.SIGNAL,
        notice=stand.notice,
        seen=seen(stand),
        position=standing.position,
        off=held.off if held is not None and (stand.allowed or stand.reason == Refused.SIGNAL) else (),
        limit=limits(stand),
        example=example_of(telling, stand),
    )


def state_of(telling: Telling, stand: Stand) -> str:
    """The stored fact, and what is used because of it."""
    standing, on_consent = stand.standing, stand.use_case.basis is LegalBasis.CONSENT
    if stand.reason == Refused.SUPPRESSED:
        said = telling.say("status.erased")
    elif stand.reason == Refused.EXPIRED:
        said = telling.say("status.expired")
    elif standing.status is Status.OBJECTED and standing.level is stand.use_case.highest:
        said = telling.say("centre.state.unopposed", basis=telling.say(f"basis.{stand.use_case.basis.value}"))
    elif on_consent or standing.status is not Status.UNKNOWN:
        said = telling.say(f"status.{standing.status.value}")
    else:
        said = telling.say("centre.state.unasked", basis=telling.say(f"basis.{stand.use_case.basis.value}"))
    return f"{said} {_used(telling, stand)}"


def _used(telling: Telling, stand: Stand) -> str:
    if stand.allowed is not None and stand.allowed > Level.NONE:
        return telling.say("centre.state.as_far_as", level=telling.say(f"level.{stand.allowed.word}"))
    if stand.reason in {Refused.CHANGED, Refused.SIGNAL, Refused.PAUSED, Refused.UNDER_AGE}:
        return telling.say(f"centre.state.{stand.reason}")
    return telling.say("centre.state.nothing")


def _offered(stand: Stand) -> Iterator[Button]:
    """On consent all levels. Elsewhere what one can object to: all of it, or what goes beyond a level."""
    objected = stand.standing.status is Status.OBJECTED
    for button in buttons(stand):
        whole = button.value == stand.use_case.highest.word
        if stand.use_case.basis is LegalBasis.CONSENT or objected or not whole:
            yield button


def _option(telling: Telling, stand: Stand, button: Button) -> Option:
    case = stand.use_case
    level = Level.named(button.value)
    kind = "consent" if case.basis is LegalBasis.CONSENT else "other"
    if button.value == NO:
        verb = status_of(stand, Level.NONE).value
        label = telling.say(f"centre.option.{kind}.none")
        includes: tuple[str, ...] = (telling.say(f"centre.option.verb.{verb}"),)
    else:
        name = telling.say(f"level.{button.value}")
        label = name if kind == "consent" else telling.say("centre.option.other.up_to", level=name)
        includes = included(telling, case, level)
    return Option(
        value=button.value,
        label=label,
        includes=includes,
        benefit=telling.benefit(case, level) if _has_figures(telling, case) else "",
        chosen=button.chosen,
    )


def _has_figures(telling: Telling, case: UseCase) -> bool:
    """Whether anything can be told of any level; where nothing can, that is said once and not on every button."""
    found = telling.published.figures(case)
    return found is not None and any(figure.right is not None for figure in found.figures)


def _measured(telling: Telling, case: UseCase) -> str:
    """What is to be said of the figures as a whole: where they are from, or why there are none."""
    if case.measure is None:
        return telling.say("centre.measured.not_asked")
    if telling.published.figures(case) is None:
        return telling.say("centre.measured.not_yet")
    if not _has_figures(telling, case):
        return telling.say("centre.measured.too_few")
    found = telling.measured(case)
    return telling.say("centre.measured.source", source=found) if found else ""


def _control(telling: Telling, case: UseCase) -> str:
    """That some of those who agree are drawn to see what everybody sees, and how many; nothing where none are."""
    if case.measure is None or not case.measure.control:
        return ""
    return telling.say("control.notice", share=percentage(case.measure.control, language=telling.language))


def _until(telling: Telling, stand: Stand) -> str:
    if stand.until is None or stand.allowed is None:
        return ""
    return telling.say("receipt.lasts", date=telling.day(stand.until.date()))


def _notes(telling: Telling, case: UseCase) -> Iterator[str]:
    """What else a person must know before they say yes: for how long, from when, who else, what is measured."""
    yield telling.say("receipt.retention", span=telling.span(case.retention))
    if case.minimum(case.highest).events:
        yield telling.say("receipt.last_day")
        yield telling.say("receipt.history" if case.minimum(case.highest).history else "receipt.history_not")
    for recipient in case.recipients:
        yield telling.say(
            "receipt.recipient",
            name=recipient.name,
            country=recipient.country,
            fields=", ".join(telling.field(name) for name in sorted(recipient.fields)),
            why=telling.own(recipient.why),
        )
    if case.measure is not None:
        yield telling.say("receipt.measured", why=telling.own(case.measure.why))
    if case.learn is not None:
        yield telling.say("centre.card.learn", cap=case.learn.cap)
        if case.learn.attributes:
            attributes = telling.published.promise.attributes
            names = sorted(telling.own(attributes[name].title) for name in case.learn.attributes if name in attributes)
            yield telling.say("receipt.teaches_told", names=", ".join(names))
    if case.attention.at_most is not None and case.attention.period <= timedelta(days=7):
        period = "day" if case.attention.period <= timedelta(days=1) else "week"
        yield telling.say(f"centre.card.at_most.{period}", count=case.attention.at_most)
