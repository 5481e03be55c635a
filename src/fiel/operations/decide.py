"""A decision goes out: standing, needle, one compartment or none, a view, a slate with true reasons, a durable record.

It fails private (promise P8): whatever fault occurs, the answer is the one for nobody in particular, and says so. What
is personal leaves only after its record is durable (P8), and standing and promise were weighed once more (P2).
"""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from fiel.core.errors import KeyMissing, Malformed, Tampered
from fiel.core.ids import DecisionId, Identifier, ItemId, UseCaseId
from fiel.core.law import Signal
from fiel.core.permit import Act, Permit, Refusal, Refused
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.text import Value
from fiel.core.use import decision as core
from fiel.core.use.compartment import Compartment, empty, had_enough, shown_again
from fiel.core.use.decision import Degraded, Silent, Slate
from fiel.core.use.explanation import Decision, Outcome, verdict
from fiel.operations.control import drawn_share
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.nobody import answer_nobody, editorial, question_of, tools_of
from fiel.operations.published import Published
from fiel.operations.token import Trace, name_decision
from fiel.operations.weigh import Person, Question, Weighed, meet_person, weigh
from fiel.ports import Transaction, UseRecord

MOST_ITEMS: Final = 100
"""The longest slate."""

MOST_CANDIDATES: Final = 10_000
"""The most candidates that one request may name."""

REASONS_KEPT: Final = 3
"""Reasons of each item that a use record keeps: the heaviest, which are the ones that are told."""

_UNKNOWN: Final = Refusal(act=Act.USE, why=Refused.NEVER_ASKED)
"""The verdict where nothing could be read: unknown means no."""

_NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""When the clock fails: an answer so old that nobody keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked: for which use case, about whom, in which context, among which candidates (None: the catalogue)."""

    use_case: UseCaseId
    subject: Identifier
    context: Mapping[str, Value] = field(default_factory=dict)
    candidates: tuple[ItemId, ...] | None = None
    limit: int = 10
    signals: frozenset[Signal] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one snapshot held for one request. `control`: the share by which the person was drawn, None if not."""

    published: Published
    person: Person
    question: Question
    weighed: Weighed
    held: Compartment | None = None
    fault: Degraded | None = None
    control: float | None = None


class Prepared:
    """A decision that is made and not yet released.

    Wait for `ticket`, if there is one, then `release`: what is personal must be on record first, and still permitted.
    """

    def __init__(
        self, house: House, ask: Ask, *, decision: Decision, found: _Found | None = None, record: bytes = b""
    ) -> None:
        """Hold the decision back; if it is personal (`found`), hand its use record to the writer."""
        self._house = house
        self._ask = ask
        self._decision = decision
        self._found = found
        self.ticket: Future[bool] | None = None
        if found is not None:
            self.ticket = house.store.write(lambda tx: _record(house, tx, found, decision=decision, record=record))

    def release(self) -> Decision:
        """The decision, if it is on record and still permitted; otherwise the answer for nobody in particular."""
        if self._found is None or self.ticket is None:
            return self._decision
        try:
            recorded = self.ticket.result()
            with self._house.store.read() as tx:
                stands = _permitted_still(self._house, tx, self._found) is not None
        except Exception as fault:  # P8: a fault of the record must not become a personal answer without one
            note("a use could not be recorded; its answer is withheld", fault)
            recorded = stands = False
        if recorded and stands:
            return self._decision
        return _without_record(self._house, self._ask, at=self._decision.outcome.at)


def decide(house: House, ask: Ask) -> Prepared:
    """Decide. Raises `Unknown` or `Malformed` for a request that names what does not exist; never for a fault."""
    if not 1 <= ask.limit <= MOST_ITEMS:
        raise Malformed(f"`limit` goes from 1 to {MOST_ITEMS}")
    if ask.candidates is not None and len(ask.candidates) > MOST_CANDIDATES:
        raise Malformed(f"no more than {MOST_CANDIDATES} candidates")
    try:
        now = house.clock.now()
    except Exception as fault:  # P8
        note("the clock does not answer", fault)
        return Prepared(house, ask, decision=_for_nobody(house, ask, at=_NO_TIME, degraded=Degraded.CLOCK))
    try:
        found = _find(house, ask, now=now)
    except Exception as fault:  # P8
        # Where it is the request that names what is not there, there is no answer for nobody either: `Unknown`.
        decision = _for_nobody(house, ask, at=now, degraded=_unread(fault))
        note("the store or a key does not answer", fault)
        return Prepared(house, ask, decision=decision)
    return _prepare(house, ask, found, now=now)


def _find(house: House, ask: Ask, *, now: datetime) -> _Found:
    """Read all that the decision needs in one snapshot: standing and document cannot belong to different instants."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
        published.use_case(ask.use_case)
        person = meet_person(house, tx, ask.subject)
        question = Question(act=Act.USE, now=now, signals=ask.signals)
        weighed = weigh(house, tx, person, use_case=ask.use_case, question=question)
        found = _Found(published=published, person=person, question=question, weighed=weighed)
        if isinstance(weighed.ruling, Refusal) or person.identity is None:
            return found
        found = replace(found, control=drawn_share(house, tx, person, weighed=weighed, question=question))
        if found.control is not None and weighed.use_case.attention.at_most is None:
            return found  # nothing of theirs is read; where showings are counted, that count alone is
        try:
            return replace(found, held=tx.compartments.load(weighed.ruling))
        except Exception as fault:  # P8: the verdict is known, the document is not
            note(f"a compartment of use case {ask.use_case} cannot be read", fault)
            return replace(found, fault=_unread(fault))


def _unread(fault: Exception) -> Degraded:
    return Degraded.KEY if isinstance(fault, KeyMissing | Tampered) else Degraded.STORE


def _permitted_still(house: House, tx: Transaction, found: _Found) -> Permit | None:
    """Leave for what was decided, weighed anew; None if a choice or a publication since then took any of it away.

    It holds for the same standing on the same terms, with nothing more that counts as sensitive.
    """
    case, before = found.weighed.use_case.id, found.weighed.ruling
    weighed = weigh(house, tx, found.person, use_case=case, question=found.question)
    if isinstance(before, Refusal) or isinstance(weighed.ruling, Refusal):
        return None
    same = weighed.standing == found.weighed.standing and weighed.ruling.terms == before.terms
    same = same and house.shelf.now(tx).withheld[case].is_within(found.published.withheld[case])
    return weighed.ruling if same else None


def _prepare(house: House, ask: Ask, found: _Found, *, now: datetime) -> Prepared:
    ruling = found.weighed.ruling
    slate = _slate(house, ask, found, now=now)
    # An answer that is silent, or fell for another reason, is not compared with.
    control = found.control if slate.silent is None and slate.degraded is None else None
    used = slate.level > Level.NONE or control is not None
    # Somebody of whom nothing is kept is shown what suits the page they are on: there is nobody to record it for.
    personal = isinstance(ruling, Permit) and used and found.person.identity is not None
    try:
        record = house.names.new_record() if personal else b""
        outcome = _outcome(found.published, slate, use_case=found.weighed.use_case.id, ruling=ruling, at=now)
        trace = Trace(
            outcome=replace(outcome, control=control),
            place=found.weighed.place if personal else None,
            record=record,
        )
        decision = _decision(slate, trace.outcome, name=name_decision(house, trace))
        return Prepared(house, ask, decision=decision, found=found if personal else None, record=record)
    except Exception as fault:  # P8
        note("a decision cannot be named or handed over to be recorded", fault)
        return Prepared(house, ask, decision=_for_nobody(house, ask, at=now, degraded=Degraded.RECORD, found=found))


def _slate(house: House, ask: Ask, found: _Found, *, now: datetime) -> Slate:
    """What to show; whatever a model or a strategy does, there is a slate."""
    case, ruling, published = found.weighed.use_case, found.weighed.ruling, found.published
    question = _question(ask, published, now=now)
    if isinstance(ruling, Refusal) or found.fault is not None:
        return answer_nobody(house, published, case.id, question=question, degraded=found.fault)
    if found.held is not None and had_enough(found.held, attention=case.attention, today=now.date()):
        return Slate(level=Level.NONE, strategy=core.POPULAR, items=(), silent=Silent.AT_MOST)
    if found.control is not None:
        return answer_nobody(house, published, case.id, question=question, degraded=None)
    try:
        tools = tools_of(house, published, case.id)
        slate = core.decide(case, ruling.terms, held=found.held, question=question, tools=tools)
    except Exception as fault:  # P8: a faulty model or strategy costs relevance, never privacy and never the answer
        note(f"a strategy of use case {case.id} failed", fault)
        return editorial(question, degraded=Degraded.MODEL)
    return slate if slate.level == Level.NONE else core.hushed(slate, min_relevance=case.attention.min_relevance)


def _question(ask: Ask, published: Published, *, now: datetime) -> core.Question:
    return question_of(published, candidates=ask.candidates, context=ask.context, limit=ask.limit, now=now)


def _outcome(
    published: Published, slate: Slate, *, use_case: UseCaseId, ruling: Permit | Refusal, at: datetime
) -> Outcome:
    return Outcome(
        use_case=use_case,
        version=published.versions[use_case],
        at=at,
        level=slate.level,
        allowed=ruling.level if isinstance(ruling, Permit) else None,
        reason=verdict(ruling),
        degraded=slate.degraded,
        silent=slate.silent,
    )


def _decision(slate: Slate, outcome: Outcome, *, name: DecisionId) -> Decision:
    return Decision(id=name, outcome=outcome, strategy=slate.strategy, items=slate.items)


def _for_nobody(house: House, ask: Ask, *, at: datetime, degraded: Degraded, found: _Found | None = None) -> Decision:
    """The answer for nobody in particular, made of what is in force and public."""
    published = found.published if found else house.shelf.last
    case = published.use_case(ask.use_case)
    question = _question(ask, published, now=at)
    slate = answer_nobody(house, published, case.id, question=question, degraded=degraded)
    ruling = found.weighed.ruling if found else _UNKNOWN
    return _decision(slate, _outcome(published, slate, use_case=case.id, ruling=ruling, at=at), name=DecisionId(""))


def _without_record(house: House, ask: Ask, *, at: datetime) -> Decision:
    """Decide anew without a record: a choice or a publication came in between, or the disk did not take it."""
    try:
        found = _find(house, ask, now=at)
    except Exception as fault:  # P8
        note("the store or a key does not answer", fault)
        return _for_nobody(house, ask, at=at, degraded=_unread(fault))
    return _for_nobody(house, ask, at=at, degraded=Degraded.RECORD, found=found)


def _record(house: House, tx: Transaction, found: _Found, *, decision: Decision, record: bytes) -> bool:
    """Write the use record beside the compartment; False if what was decided may not leave any more."""
    permit = _permitted_still(house, tx, found)
    if permit is None:
        return False
    held = tx.compartments.load(permit)
    outcome = decision.outcome
    read = found.held if outcome.control is None else None
    if outcome.control is None and held is not None and held.off != (read.off if read else ()):
        return False
    seen = _seen(held, found.weighed.use_case, decision=decision)
    if seen != held:
        tx.compartments.save(permit, seen)
    use = UseRecord(
        id=record,
        at=outcome.at,
        version=outcome.version,
        level=outcome.level,
        strategy=decision.strategy,
        read=len(read.events) + len(read.facts) if read else 0,
        items=tuple(replace(item, because=item.because[:REASONS_KEPT]) for item in decision.items),
        control=outcome.control is not None,
        visits=(held.visits if held else 0) if permit.terms.control else None,
    )
    tx.uses.record(permit, use)
    return True


def _seen(held: Compartment | None, case: UseCase, *, decision: Decision) -> Compartment:
    """The compartment after a showing: a sign of life, and one more where showings are counted."""
    today = decision.outcome.at.date()
    kept = held or empty(today)
    if decision.items and case.attention.at_most is not None:
        return shown_again(kept, attention=case.attention, today=today)
    return kept if kept.alive >= today else replace(kept, alive=today)
