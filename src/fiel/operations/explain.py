"""Why somebody saw what they saw, from the record the auditor reads too (GDPR art. 13-15; DSA art. 27)."""

from collections.abc import Sequence
from dataclasses import dataclass

from fiel.core.consent.choice import Attestation
from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import DecisionId, Identifier, ItemId, UseCaseId
from fiel.core.permit import PERMITTED
from fiel.core.promise.usecase import Level
from fiel.core.rights import own_access
from fiel.core.text import percentage
from fiel.core.use.decision import Reason, Scored, Silent
from fiel.core.use.explanation import Explanation, Outcome
from fiel.core.use.explanation import explain as explained
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.operations.token import Trace, name_decision, trace_decision
from fiel.operations.weigh import Person, meet_person, place_of
from fiel.ports import Transaction, UseRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A decision accounted for. `record` is None where none was made, or where it was destroyed since (`destroyed`).

    `ladder` has the levels that the use case offers today, to show which one was used. `topics` are the groups of the
    items that weighed: what can be switched off so that they weigh no more.
    """

    outcome: Outcome
    record: UseRecord | None
    destroyed: bool
    sentence: str
    ladder: tuple[Level, ...]
    topics: tuple[str, ...]


def explain(house: House, name: DecisionId, *, language: str) -> Account:
    """Account for a decision to whoever holds its name, which nobody can guess and which only the person was given."""
    trace = trace_decision(house, name)
    with house.store.read() as tx:
        published = house.shelf.now(tx)
        record = _recorded(tx, trace)
    destroyed = trace.place is not None and record is None
    items = record.items if record else ()
    explanation = Explanation(key="destroyed") if destroyed else explained(trace.outcome, items)
    case = published.promise.use_cases.get(trace.outcome.use_case)
    return Account(
        outcome=trace.outcome,
        record=record,
        destroyed=destroyed,
        sentence=sentence(house, published, explanation, language=language),
        ladder=(Level.NONE, *(case.levels if case else ())),
        topics=_topics(published, items),
    )


def name_uses(
    house: House, identifier: Identifier, uses: Sequence[tuple[UseCaseId, UseRecord]]
) -> tuple[DecisionId, ...]:
    """The names of decisions of which somebody has the use records: whoever has a record may be told all of it."""
    with house.store.read() as tx:
        person = meet_person(house, tx, identifier)
        return tuple(name_decision(house, _trace(house, tx, person, name=name, use=use)) for name, use in uses)


def is_own(house: House, identifier: Identifier, name: DecisionId) -> bool:
    """Whether a decision was about this person: then its record lies where their data lie."""
    place = trace_decision(house, name).place
    if place is None:
        return False
    with house.store.read() as tx:
        person = meet_person(house, tx, identifier)
        return place.pseudonym == house.names.pseudonym(person.sid, place.use_case)


def say_why(house: House, outcome: Outcome, items: Sequence[Scored], *, language: str) -> str:
    """The one sentence that goes out with a decision. It calls no port."""
    return sentence(house, house.shelf.last, explained(outcome, items), language=language)


def sentence(house: House, published: Published, explanation: Explanation, *, language: str) -> str:
    """An explanation in words; raises `Malformed` for a language without any."""
    phrases = house.phrases.get(language)
    if phrases is None:
        raise Malformed("there are no sentences in that language", hint=f"use one of {', '.join(house.phrases)}")
    reason = explanation.reason
    if explanation.share is not None:
        return phrases[explanation.key].format(share=percentage(explanation.share, language=language))
    if reason is None:
        return phrases[explanation.key]
    slots = {"kind": _kind(published, reason, language=language), "value": _value(published, reason, language=language)}
    return phrases[explanation.key].format(**slots)


def _trace(house: House, tx: Transaction, person: Person, *, name: UseCaseId, use: UseRecord) -> Trace:
    """What the decision's name held, as far as the record tells: only what was permitted is ever recorded."""
    case = tx.promises.history(name)[-1].use_case
    place, control = place_of(house, person, case), case.measure.control if use.control and case.measure else None
    outcome = Outcome(
        use_case=name,
        version=use.version,
        at=use.at,
        level=use.level,
        allowed=None,
        reason=PERMITTED,
        degraded=None,
        silent=None if use.items else Silent.MIN_RELEVANCE,
        control=control,
    )
    return Trace(outcome=outcome, place=place, record=use.id)


def _recorded(tx: Transaction, trace: Trace) -> UseRecord | None:
    if trace.place is None:
        return None
    try:
        uses = tx.uses.of(own_access(trace.place, by=Attestation.PERSON))
    except (KeyMissing, Tampered):
        return None
    return next((use for use in uses if use.id == trace.record), None)


def _topics(published: Published, items: Sequence[Scored]) -> tuple[str, ...]:
    named = (reason.value for scored in items for reason in scored.because if reason.name == "item")
    known = (published.items.get(ItemId(str(value))) for value in named)
    return tuple(sorted({group for item in known if item is not None for group in item.groups}))


def _kind(published: Published, reason: Reason, *, language: str) -> str:
    """What a reason is about, as the promise calls it."""
    promise = published.promise
    if reason.kind in promise.events:
        return promise.events[reason.kind].title[language]
    attribute = promise.attributes.get(reason.name)
    return attribute.title[language] if attribute else reason.name


def _value(published: Published, reason: Reason, *, language: str) -> str:
    """What a reason says: an item by its title, anything else as it is."""
    item = published.items.get(ItemId(str(reason.value))) if reason.name == "item" else None
    return item.title.get(language, item.id) if item else str(reason.value)
