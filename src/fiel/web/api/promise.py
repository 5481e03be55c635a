"""The promise as it goes over the wire: what a person is shown, generated from the very values that the gate enforces.

Not an edited text: `Need` says which data, how they come, and until when they are kept, because that is what is done.
"""

from collections.abc import Iterator
from typing import Literal

from fiel.core.promise.usecase import EventNeed, Learning, Promise, Recipient, Rung, UseCase
from fiel.operations.published import Published
from fiel.web.api.measured import MeasuredWire, measured_of
from fiel.web.api.wire import LevelWord, Told

Words = dict[str, str]
"""A text in each language of the promise."""


class UntilWire(Told, frozen=True, kw_only=True):
    """When what is kept of an event goes: by age, unless it is of the last visits, and by number. None: no such bound.

    `time`: how coarsely its time is kept.
    """

    within_days: int | None
    or_visits: int
    keep: int | None
    time: Literal["day", "week", "month"]


class Need(Told, frozen=True, kw_only=True):
    """One kind of data that a level uses: what, how it comes, and until when it is kept.

    `how`: from the page one is on (`context`, never kept), or as the data dictionary says.
    """

    kind: Literal["context", "attribute", "event"]
    name: str
    how: str
    title: Words | None = None
    category: str | None = None
    properties: list[str] | None = None
    until: UntilWire | None = None
    why: Words | None = None


class RungWire(Told, frozen=True, kw_only=True):
    """One level, with what it adds to those before it. `history`: what happened before the choice may enter too."""

    level: LevelWord
    strategy: str
    needs: list[Need]
    history: bool


class BenefitWire(Told, frozen=True, kw_only=True):
    """What each side gains."""

    person: Words
    company: Words


class LearningWire(Told, frozen=True, kw_only=True):
    """What is learnt from those who say yes to it: at most how many items of each, of how many days (null: any).

    `attributes`: what they told us that teaches beside these.
    """

    why: Words
    cap: int
    within_days: int | None
    attributes: list[str]


class MeasuringWire(Told, frozen=True, kw_only=True):
    """That it is measured. `control`: the share of those who let it be, drawn each month, that see level `none`."""

    why: Words
    control: float


class AttentionWire(Told, frozen=True, kw_only=True):
    """When nothing is shown."""

    at_most: int | None
    period_hours: int
    min_relevance: float


class RecipientWire(Told, frozen=True, kw_only=True):
    """Who else receives which fields, why and where."""

    name: str
    fields: list[str]
    why: Words
    country: str


class UseCaseWire(Told, frozen=True, kw_only=True):
    """One use case as everybody may read it. `notice` is the digest that a yes must name."""

    use_case: str
    area: str
    purpose: str
    basis: str
    version: str
    notice: str
    title: Words
    why: Words
    benefit: BenefitWire
    levels: list[RungWire]
    learn: LearningWire | None
    measure: MeasuringWire | None
    measured: MeasuredWire | None
    without_choice: LevelWord
    retention_days: int
    consent_lasts_days: int
    attention: AttentionWire
    recipients: list[RecipientWire]
    balancing: Words | None
    heeds_gpc: bool
    mode: Literal["enforce", "observe"]


class UseCasesWire(Told, frozen=True, kw_only=True):
    """Every use case in force."""

    use_cases: list[UseCaseWire]


class ControllerWire(Told, frozen=True, kw_only=True):
    """Who answers for the processing."""

    name: str
    contact: str
    address: str
    dpo: str | None


class AreaWire(Told, frozen=True, kw_only=True):
    """A functional area of the company."""

    title: Words


class AttributeWire(Told, frozen=True, kw_only=True):
    """One entry of the data dictionary: a thing that may be known of a person."""

    type: str
    category: str
    source: str
    title: Words


class EventWire(Told, frozen=True, kw_only=True):
    """One kind of event that may come in, with the properties that it may carry."""

    properties: dict[str, str]
    category: str
    title: Words


class ManifestWire(Told, frozen=True, kw_only=True):
    """The whole promise, as everybody may read it."""

    controller: ControllerWire
    jurisdiction: str
    languages: list[str]
    areas: dict[str, AreaWire]
    attributes: dict[str, AttributeWire]
    events: dict[str, EventWire]
    use_cases: list[UseCaseWire]


def manifest_of(published: Published) -> ManifestWire:
    """The promise in force."""
    promise, company = published.promise, published.promise.controller
    return ManifestWire(
        controller=ControllerWire(name=company.name, contact=company.contact, address=company.address, dpo=company.dpo),
        jurisdiction=promise.jurisdiction,
        languages=list(promise.languages),
        areas={name: AreaWire(title=dict(area.title)) for name, area in promise.areas.items()},
        attributes={
            name: AttributeWire(
                type=each.type.value, category=each.category, source=each.source.value, title=dict(each.title)
            )
            for name, each in promise.attributes.items()
        },
        events={
            name: EventWire(
                properties={key: kind.value for key, kind in each.properties.items()},
                category=each.category,
                title=dict(each.title),
            )
            for name, each in promise.events.items()
        },
        use_cases=[use_case_of(published, case) for case in promise.use_cases.values()],
    )


def use_case_of(published: Published, case: UseCase) -> UseCaseWire:
    """One use case in force."""
    return UseCaseWire(
        use_case=case.id,
        area=case.area,
        purpose=case.purpose,
        basis=case.basis.value,
        version=published.versions[case.id],
        notice=published.notices[case.id],
        title=dict(case.title),
        why=dict(case.why),
        benefit=BenefitWire(person=dict(case.benefit.person), company=dict(case.benefit.company)),
        levels=[_rung(published.promise, rung) for rung in case.rungs],
        learn=_learning(case.learn) if case.learn else None,
        measure=MeasuringWire(why=dict(case.measure.why), control=case.measure.control) if case.measure else None,
        measured=measured_of(published, case),
        without_choice=LevelWord(case.without_choice.word),
        retention_days=case.retention.days,
        consent_lasts_days=case.consent_lasts.days,
        attention=AttentionWire(
            at_most=case.attention.at_most,
            period_hours=int(case.attention.period.total_seconds() // 3_600),
            min_relevance=case.attention.min_relevance,
        ),
        recipients=[_recipient(each) for each in case.recipients],
        balancing=dict(case.balancing) if case.balancing else None,
        heeds_gpc=case.heeds_gpc,
        mode=case.mode.value,
    )


def _learning(learning: Learning) -> LearningWire:
    within = None if learning.within is None else learning.within.days
    return LearningWire(
        why=dict(learning.why), cap=learning.cap, within_days=within, attributes=sorted(learning.attributes)
    )


def _rung(promise: Promise, rung: Rung) -> RungWire:
    return RungWire(
        level=LevelWord(rung.level.word),
        strategy=rung.strategy,
        needs=list(_needs(promise, rung)),
        history=rung.history,
    )


def _needs(promise: Promise, rung: Rung) -> Iterator[Need]:
    for name in sorted(rung.context):
        yield Need(kind="context", name=name, how="context")
    for name in sorted(rung.attributes):
        known = promise.attributes[name]
        yield Need(
            kind="attribute", name=name, how=known.source.value, title=dict(known.title), category=known.category
        )
    for need in rung.events:
        yield _event(promise, need)


def _event(promise: Promise, need: EventNeed) -> Need:
    kind, bound = promise.events[need.event], need.bound
    return Need(
        kind="event",
        name=need.event,
        how="observed",
        title=dict(kind.title),
        category=kind.category,
        properties=sorted(need.properties),
        until=UntilWire(
            within_days=None if bound.within is None else bound.within.days,
            or_visits=bound.or_visits,
            keep=bound.keep,
            time=bound.grain.value,
        ),
        why=dict(need.why),
    )


def _recipient(recipient: Recipient) -> RecipientWire:
    return RecipientWire(
        name=recipient.name, fields=sorted(recipient.fields), why=dict(recipient.why), country=recipient.country
    )
