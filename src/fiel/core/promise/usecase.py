"""The promise as values: a controller, areas, use cases and the least each one needs (GDPR art. 5(1)(b)-(c)).

Not the files they are written in: `fiel.registry` reads those and proves that every reference here leads somewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum

from fiel.core.ids import AreaId, UseCaseId
from fiel.core.promise.theme import Theme
from fiel.core.text import Text


class LegalBasis(StrEnum):
    """Why processing is lawful (GDPR art. 6(1)(a)-(f))."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"


class Level(IntEnum):
    """How far a use case may go, least invasive first; each includes those before it.

    What one use case does at a level stands in its rungs; `promise/lint/levels.py` holds each to the name of its level.
    """

    NONE = 0
    """Nothing of the person: what everybody sees."""
    CONTEXT = 1
    """What is before them at that moment, from the request; it is not kept."""
    DECLARED = 2
    """What they told us: attributes."""
    DEVICE = 3
    """What their device says."""
    OBSERVED = 4
    """What they did here: events."""
    INFERRED = 5
    """What was concluded from it."""
    ACQUIRED = 6
    """What others told us of them."""

    @property
    def word(self) -> str:
        """The level's name in files, calls and answers."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> "Level":
        """The level of that name; ValueError if there is none."""
        for level in cls:
            if level.word == word:
                return level
        raise ValueError(word)


class ValueType(StrEnum):
    """What an attribute or a property may hold."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    STRINGS = "[string]"


class Source(StrEnum):
    """Where an attribute comes from (DPV: Provided, Observed, Inferred, ThirdParty)."""

    DECLARED = "declared"
    OBSERVED = "observed"
    INFERRED = "inferred"
    ACQUIRED = "acquired"


class Grain(StrEnum):
    """How coarsely the time of an event is kept; of the last visit the day is (see `core/use/compartment.py`)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Mode(StrEnum):
    """Whether a use case works, or only watches itself and stores nothing."""

    ENFORCE = "enforce"
    OBSERVE = "observe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who answers for the processing (GDPR art. 4(7))."""

    name: str
    contact: str
    address: str
    dpo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A functional area of the company: sales, marketing, customer service."""

    id: AreaId
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One entry of the data dictionary: a thing that may be known of a person."""

    name: str
    type: ValueType
    category: str
    source: Source
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind of event that may come in, with the properties it may carry."""

    name: str
    properties: Mapping[str, ValueType]
    category: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How much of one kind of event is kept.

    An event stays while it is younger than `within` (None: without end) or belongs to one of the last `or_visits`
    visits (a visit is a day), and while it is among the last `keep`. Times are kept no finer than `grain`, and age is
    counted from what is kept: rounded down, so that a coarse event goes earlier and never later. Who lets it go is
    `use/gate.py` and `expire` in `use/compartment.py`.
    """

    within: timedelta | None = None
    or_visits: int = 0
    keep: int | None = None
    grain: Grain = Grain.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNeed:
    """The need of one kind of event: which of its properties, how much, and why."""

    event: str
    properties: frozenset[str]
    bound: Bound
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One level that a use case offers, with what it adds to the levels before it."""

    level: Level
    strategy: str
    context: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    events: tuple[EventNeed, ...] = ()
    history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """All that a use case may use up to one level: the sum of its rungs (GDPR art. 5(1)(c))."""

    context: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    events: Mapping[str, EventNeed]
    history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What each side gains; a use case that gives the person nothing cannot be deployed."""

    person: Text
    company: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """That the use case learns a shared model from people who say yes to it, at most `cap` items from each.

    `within`: nothing older, though it may be held longer for the person's own use (a sum has no dates, so what is to be
    recent must be so when it is added); None for all. `attributes`: what they told us that teaches, too.
    """

    why: Text
    cap: int
    within: timedelta | None = None
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """That relevance is measured on people's data; `control` (a share, 0 to 1) get level none, to compare."""

    why: Text
    control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """When to be silent: `at_most` answers in a period, and nothing whose relevance is below `min_relevance`."""

    at_most: int | None = None
    period: timedelta = timedelta(days=1)
    min_relevance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who else receives which fields, through what, why and in which country (GDPR art. 13(1)(e)-(f))."""

    name: str
    via: str
    fields: frozenset[str]
    why: Text
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One use of personal data, whole: what a person is asked about, and all that the program may then do."""

    id: UseCaseId
    area: AreaId
    purpose: str
    basis: LegalBasis
    title: Text
    why: Text
    benefit: Benefit
    rungs: tuple[Rung, ...]
    retention: timedelta
    consent_lasts: timedelta
    learn: Learning | None = None
    measure: Measuring | None = None
    without_choice: Level = Level.NONE
    attention: Attention = Attention()
    recipients: tuple[Recipient, ...] = ()
    balancing: Text | None = None
    explicit: bool = False
    infers_from: frozenset[str] = frozenset()
    heeds_gpc: bool = True
    compatible_with: tuple[str, ...] = ()
    mode: Mode = Mode.ENFORCE

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels offered, least invasive first; `none` is always possible and never listed."""
        return tuple(rung.level for rung in self.rungs)

    @property
    def highest(self) -> Level:
        """The most invasive level offered."""
        return self.rungs[-1].level if self.rungs else Level.NONE

    def rung(self, level: Level) -> Rung | None:
        """The rung of exactly that level, or None if the use case does not offer it."""
        return next((rung for rung in self.rungs if rung.level == level), None)

    def minimum(self, level: Level) -> Minimum:
        """All that may be used up to `level`."""
        rungs = [rung for rung in self.rungs if rung.level <= level]
        return Minimum(
            context=frozenset().union(*(rung.context for rung in rungs)),
            attributes=frozenset().union(*(rung.attributes for rung in rungs)),
            events={need.event: need for rung in rungs for need in rung.events},
            history=any(rung.history for rung in rungs),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """All that a controller promises, published as one. `groups`: how items' groups are called; `theme`: its look."""

    controller: Controller
    jurisdiction: str
    languages: tuple[str, ...]
    areas: Mapping[AreaId, Area]
    attributes: Mapping[str, Attribute]
    events: Mapping[str, EventKind]
    sensitive: frozenset[str]
    use_cases: Mapping[UseCaseId, UseCase]
    groups: Mapping[str, Text] = field(default_factory=dict)
    theme: Theme | None = None
