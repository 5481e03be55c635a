"""From a permit to a slate: what a strategy may see, how the ladder is climbed down, and when silence is the answer.

A strategy is shown a `View`, never a person. The last rung needs nobody's data, so there is always an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from fiel.core.ids import ItemId
from fiel.core.items import Item, Withheld
from fiel.core.promise.change import Terms
from fiel.core.promise.usecase import Level, Minimum, Rung, UseCase
from fiel.core.text import Scalar, Value
from fiel.core.use.compartment import Compartment, Held, as_allowed, is_about
from fiel.core.use.gate import Fact
from fiel.core.use.lesson import Lesson

M = TypeVar("M")

Cells = Mapping[tuple[str, str], int]
"""A sum of contributions: (item, other item or "") → count. Exact, so that (a + b) - b is a to the last bit."""

Draw = Callable[[], float]
"""Chance as an argument: a number from 0 up to 1."""

EVERYTHING: Final = "*"
"""In `Reads.properties`: whatever is declared."""


class Degraded(StrEnum):
    """Why a lower rung was used than the permit allowed. The answer is private all the same, and never an error."""

    STORE = "store"
    KEY = "key"
    MODEL = "model"
    CLOCK = "clock"
    RECORD = "record"
    NO_DATA = "no_data"


class Silent(StrEnum):
    """Why nothing is shown: attention is scarce too."""

    AT_MOST = "at_most"
    MIN_RELEVANCE = "min_relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What a strategy reads, if it is there: keys of the context, declared attributes, properties of events.

    `lessons`: whether it also reads the declared attributes of those who teach it.
    """

    context: frozenset[str] = frozenset()
    attributes: bool = False
    properties: frozenset[str] = frozenset()
    lessons: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that a strategy is shown: no name, no pseudonym, and nothing beyond the level.

    One that infers is shown no event and no context of a sensitive item either, unless the use case asked for its group
    (`infers_from`). One that only repeats what happened, as `facts` does, is shown those too: it concludes nothing.
    """

    level: Level
    today: date
    context: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    events: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One true part of a score: what was read (`kind`, `name`, `value`), how much it weighs, from where, since when."""

    kind: str
    name: str
    value: Scalar
    weight: float
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One item of a slate with its score and the reasons for it, heaviest first."""

    item: ItemId
    score: float
    because: tuple[Reason, ...] = ()


class Strategy(Protocol[M]):
    """A way to rank. What it learns is a sum of contributions; its model is a pure function of that sum."""

    @property
    def name(self) -> str:
        """Its name in use cases."""
        ...

    @property
    def reads(self) -> Reads:
        """What it reads."""
        ...

    @property
    def infers(self) -> bool:
        """Whether it concludes something from what it reads; only then are sensitive items kept out of its view."""
        ...

    @property
    def learns(self) -> bool:
        """Whether it has a model, made from what people add."""
        ...

    @property
    def formula(self) -> str:
        """The name of how `contribution` works it out: another name whenever the same lesson would give other cells.

        A total that another formula made is added up again before anything is subtracted from it.
        """
        ...

    def contribution(self, lesson: Lesson) -> Cells:
        """What one person who teaches this adds to the total; always the same for the same lesson."""
        ...

    def fit(self, total: Cells) -> M:
        """The model of that total: a pure function."""
        ...

    def release(self, model: M, total: Cells, *, seed: int) -> M:
        """What of the model of that total may be published: all of it, or less where comparing two would tell of one.

        A pure function. `seed` is where its chance comes from: nobody outside knows it; one total has one.
        """
        ...

    def pack(self, model: M) -> bytes:
        """The model as bytes, for keeping."""
        ...

    def unpack(self, packed: bytes) -> M:
        """The model from its bytes; ValueError if they are not a model's."""
        ...

    def rank(
        self, model: M | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The best `k` of `candidates` for this view, best first; empty if the view gives it nothing to go by."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a decision is made with: strategies and models by name, what is sensitive, chance."""

    strategies: Mapping[str, Strategy[object]]
    models: Mapping[str, object]
    withheld: Withheld
    draw: Draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the best `limit` of `candidates`, today, in this context."""

    candidates: Mapping[ItemId, Item]
    limit: int
    today: date
    context: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slate:
    """What was ranked: the rung really used, by which strategy, and why no higher one."""

    level: Level
    strategy: str
    items: tuple[Scored, ...]
    degraded: Degraded | None = None
    silent: Silent | None = None


POPULAR: Final = "popular"
"""The strategy of level `none`: what is popular or editorial, computed without the person."""


def view_of(terms: Terms, held: Compartment | None, *, rung: Rung, question: Question) -> View:
    """What the terms and this rung let a strategy see today, also of what upkeep has not yet narrowed and aged out."""
    shown = None if held is None else as_allowed(held, terms=terms, now=_end_of(question.today))
    return View(
        level=rung.level,
        today=question.today,
        context={key: value for key, value in question.context.items() if key in terms.minimum.context},
        facts=shown.facts if shown is not None and rung.level >= Level.DECLARED else {},
        events=shown.events if shown is not None and rung.level >= Level.OBSERVED else (),
    )


def without(view: View, withheld: Withheld) -> View:
    """The view without events and context about withheld items: nothing is inferred from them (GDPR art. 9, 21)."""
    if not withheld.groups:
        return view
    events = tuple(event for event in view.events if not is_about(event, withheld))
    named = view.context.get("item")
    if isinstance(named, tuple):
        left: Value | None = tuple(item for item in named if item not in withheld) or None
    else:
        left = None if isinstance(named, str) and named in withheld else named
    if left == named and len(events) == len(view.events):
        return view
    others = {key: value for key, value in view.context.items() if key != "item"}
    return replace(view, context=others if left is None else {**others, "item": left}, events=events)


def decide(use_case: UseCase, terms: Terms, *, held: Compartment | None, question: Question, tools: Tools) -> Slate:
    """Climb down the ladder from the permitted level to the first rung that has something to go by.

    Topics that the person switched off are neither looked at nor shown on any rung. What everybody sees, at the foot of
    the ladder, is the same for them as for everybody.
    """
    degraded: Degraded | None = None
    off = tools.withheld.instead(held.off if held else ())
    wanted = replace(question, candidates=off.without(question.candidates))
    for rung in reversed([rung for rung in use_case.rungs if rung.level <= terms.level]):
        strategy = tools.strategies[rung.strategy]
        view = view_of(_up_to(terms, use_case.minimum(rung.level)), held, rung=rung, question=question)
        seen = without(view, tools.withheld.and_also(off.groups) if strategy.infers else off)
        items = _ranked(strategy, seen, question=wanted, tools=tools)
        if items and _is_earned(rung, seen):
            return Slate(level=rung.level, strategy=rung.strategy, items=items, degraded=degraded)
        lacks_model = strategy.learns and rung.strategy not in tools.models
        degraded = degraded or (Degraded.MODEL if lacks_model else Degraded.NO_DATA)
    return impersonal(use_case, question=question, tools=tools, degraded=degraded)


def impersonal(use_case: UseCase, *, question: Question, tools: Tools, degraded: Degraded | None = None) -> Slate:
    """The `none` answer: what is popular or editorial, the same for everybody; nothing where only facts are shown."""
    infers = any(tools.strategies[rung.strategy].infers for rung in use_case.rungs)
    view = View(level=Level.NONE, today=question.today)
    items = _ranked(tools.strategies[POPULAR], view, question=question, tools=tools) if infers else ()
    return Slate(level=Level.NONE, strategy=POPULAR, items=items, degraded=degraded)


def hushed(slate: Slate, *, min_relevance: float) -> Slate:
    """The slate without what is not relevant enough to take somebody's attention; silent if nothing is left."""
    items = tuple(scored for scored in slate.items if scored.score >= min_relevance)
    return replace(slate, items=items, silent=None if items or not slate.items else Silent.MIN_RELEVANCE)


def _up_to(terms: Terms, minimum: Minimum) -> Terms:
    """The terms without what only a further rung needs: an answer that names a level has used no more than it."""
    allowed = terms.minimum
    cut = replace(
        allowed,
        context=allowed.context & minimum.context,
        attributes=allowed.attributes & minimum.attributes,
        events={name: need for name, need in allowed.events.items() if name in minimum.events},
    )
    return replace(terms, minimum=cut)


def _is_earned(rung: Rung, view: View) -> bool:
    """Whether anything is there of what this rung adds to those below: without it, its name would claim too much."""
    events = {need.event for need in rung.events}
    if not (rung.context or rung.attributes or events):
        return True
    known = rung.context & view.context.keys() or rung.attributes & view.facts.keys()
    return bool(known) or any(event.name in events for event in view.events)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=UTC)


def _ranked(strategy: Strategy[object], view: View, *, question: Question, tools: Tools) -> tuple[Scored, ...]:
    model = tools.models.get(strategy.name)
    ranked = strategy.rank(model, view, candidates=question.candidates, k=question.limit, draw=tools.draw)
    return tuple(ranked[: question.limit])
