"""`use_cases/*.yaml`: one use of personal data a file, with the least it needs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from fiel.core.ids import AreaId, UseCaseId
from fiel.core.promise.finding import Code
from fiel.core.promise.spelling import did_you_mean
from fiel.core.promise.usecase import (
    Attention,
    Benefit,
    Bound,
    EventNeed,
    Grain,
    Learning,
    LegalBasis,
    Level,
    Measuring,
    Mode,
    Recipient,
    Rung,
    UseCase,
)
from fiel.core.text import Text
from fiel.registry import keys
from fiel.registry.clause import Clause, Fields, chosen, one_of
from fiel.registry.readers import (
    DIGEST,
    count,
    count_or_none,
    country,
    flag,
    identifier,
    length,
    ordered,
    pace,
    portion,
    term,
    text,
    word,
    words,
)

FOLDER: Final = "use_cases"
"""The folder of the use cases in the promise's folder."""

CONSENT_LASTS: Final = timedelta(days=24 * 30)
"""How long a consent counts where the use case does not say."""


def read_use_case(root: Clause) -> UseCase:
    """The use case of a file, with stand-ins for what cannot be read; `root` stands at its place in the promise."""
    fields = root.fields(keys.USE_CASE)
    basis = fields.read("basis", one_of(LegalBasis), LegalBasis.CONSENT)
    return UseCase(
        id=UseCaseId(root.where[-1]),
        area=AreaId(fields.read("area", identifier, "")),
        purpose=fields.read("purpose", term, ""),
        basis=basis,
        title=fields.read("title", text, {}),
        why=fields.read("why", text, {}),
        benefit=fields.read("benefit", _benefit, Benefit(person={}, company={})),
        rungs=_rungs(fields),
        retention=fields.read("retention", length, timedelta(0)),
        consent_lasts=_consent_lasts(fields, basis),
        learn=fields.read("learn", _learning, None),
        measure=fields.read("measure", _measuring, None),
        without_choice=fields.read("without_choice", _without_choice, Level.NONE),
        attention=fields.read("attention", _attention, Attention()),
        recipients=fields.read("recipients", _recipients, ()),
        balancing=_balancing(fields),
        explicit=fields.read("explicit", flag, default=False),
        infers_from=fields.read("infers_from", words, frozenset()),
        heeds_gpc=fields.read("signals", _heeds_gpc, default=True),
        compatible_with=fields.read("compatible_with", _versions, ()),
        mode=fields.read("mode", one_of(Mode), Mode.ENFORCE),
    )


def _benefit(clause: Clause) -> Benefit:
    fields = clause.fields(keys.BENEFIT)
    return Benefit(person=fields.read("person", text, {}), company=fields.read("company", text, {}))


def _balancing(fields: Fields) -> Text | None:
    part = fields.part("balancing")
    return (text(part) if part else None) or None


def _consent_lasts(fields: Fields, basis: LegalBasis) -> timedelta:
    part = fields.part("consent_lasts")
    if part and basis is not LegalBasis.CONSENT:
        message = f"`consent_lasts` speaks of a consent, but the basis is `{basis.value}`"
        part.fault(Code.FALSE_TOGGLE, message, hint="leave it out, or choose `basis: consent`")
    return fields.read("consent_lasts", length, CONSENT_LASTS)


def _rungs(fields: Fields) -> tuple[Rung, ...]:
    levels = fields.part("levels")
    if levels is None:
        return ()
    parts = levels.entries()
    if not parts and not levels.notes.is_broken(levels.where):
        levels.fault(Code.OUT_OF_RANGE, "`levels` offers none", hint="offer one, for example `declared`")
    named = ((_level(name, part, levels), part) for name, part in parts.items())
    return tuple(_rung(level, part, fields) for level, part in named if level is not None)


def _level(name: str, part: Clause, levels: Clause) -> Level | None:
    offered = [level.word for level in Level if level is not Level.NONE]
    if name in offered:
        return Level.named(name)
    hint = "leave it out: `none` is always offered" if name == Level.NONE.word else did_you_mean(name, offered)
    levels.fault(Code.NOT_ONE_OF, f"`{name}` is no level to offer", hint=hint, at=part.node.key)
    return None


def _rung(level: Level, clause: Clause, whole: Fields) -> Rung:
    fields = clause.fields(keys.RUNG)
    events = fields.part("events")
    return Rung(
        level=level,
        strategy=_strategy(clause, fields, whole),
        context=fields.read("context", words, frozenset()),
        attributes=fields.read("attributes", words, frozenset()),
        events=tuple(_need(name, part) for name, part in events.entries().items()) if events else (),
        history=fields.read("history", flag, default=False),
    )


def _strategy(clause: Clause, fields: Fields, whole: Fields) -> str:
    """The level's own strategy, or else the use case's; findings about the latter point at where it is written."""
    own, shared = fields.part("strategy"), whole.part("strategy")
    if own is None and shared is None:
        clause.notes.find(
            Code.MISSING_KEY,
            clause.node.span,
            message=f"level {clause.name} has no `strategy`, and neither has the use case",
            hint="name one for all levels beside `levels`, or one here",
        )
        clause.notes.spoil((*clause.where, "strategy"))
    elif own is None and shared is not None:
        clause.notes.place((*clause.where, "strategy"), shared.node.span)
        if not isinstance(shared.node.value, str):
            clause.notes.spoil((*clause.where, "strategy"))
    return fields.read("strategy", word, whole.read("strategy", word, ""))


def _need(name: str, clause: Clause) -> EventNeed:
    fields = clause.fields(keys.NEED)
    return EventNeed(
        event=name,
        properties=fields.read("properties", words, frozenset()),
        bound=_bound(fields),
        why=fields.read("why", text, {}),
    )


def _bound(fields: Fields) -> Bound:
    """`or_visits` without `within` keeps the last visits and nothing else: an age of 0."""
    visits = fields.read("or_visits", count_or_none, 0)
    kept = fields.part("keep")
    return Bound(
        within=fields.read("within", length, timedelta(0) if visits else None),
        or_visits=visits,
        keep=count(kept) if kept else None,
        grain=fields.read("time", one_of(Grain), Grain.DAY),
    )


def _learning(clause: Clause) -> Learning:
    fields = clause.fields(keys.LEARN)
    return Learning(
        why=fields.read("why", text, {}),
        cap=fields.read("cap", count, 1),
        within=fields.read("within", length, None),
        attributes=fields.read("attributes", words, frozenset()),
    )


def _measuring(clause: Clause) -> Measuring:
    fields = clause.fields(keys.MEASURE)
    return Measuring(why=fields.read("why", text, {}), control=fields.read("control", portion, 0.0))


def _without_choice(clause: Clause) -> Level | None:
    name = chosen(clause, [Level.NONE.word, Level.CONTEXT.word])
    return None if name is None else Level.named(name)


def _attention(clause: Clause) -> Attention:
    fields = clause.fields(keys.ATTENTION)
    at_most = fields.part("at_most")
    often = pace(at_most) if at_most else None
    relevance = fields.read("min_relevance", portion, 0.0)
    if often is None:
        return Attention(min_relevance=relevance)
    return Attention(at_most=often[0], period=often[1], min_relevance=relevance)


def _recipients(clause: Clause) -> tuple[Recipient, ...]:
    return tuple(_each(clause.items()))


def _each(parts: tuple[Clause, ...]) -> Iterator[Recipient]:
    for part in parts:
        fields = part.fields(keys.RECIPIENT)
        yield Recipient(
            name=fields.read("name", word, ""),
            via=fields.read("via", word, ""),
            fields=fields.read("fields", words, frozenset()),
            why=fields.read("why", text, {}),
            country=fields.read("country", country, ""),
        )


def _heeds_gpc(clause: Clause) -> bool:
    return clause.fields(keys.SIGNALS).read("gpc", _signal, "auto") == "auto"


def _signal(clause: Clause) -> str | None:
    return chosen(clause, ["auto", "ignore"])


def _versions(clause: Clause) -> tuple[str, ...] | None:
    return ordered(clause, DIGEST, "the 64 characters that `fiel diff` shows")
