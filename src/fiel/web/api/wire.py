"""What goes over the wire about people, as types: strict when read, plain when written.

Not core values: those may change without anybody's client noticing. The OpenAPI document shows exactly these.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from fiel.core.promise.usecase import Level
from fiel.core.text import Scalar

Value = str | int | float | bool | list[str]
"""A property, an attribute or a thing of the context."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Language = Annotated[str, msgspec.Meta(min_length=2, max_length=16)]
Interface = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
NoticeWord = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
DecisionName = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class LevelWord(StrEnum):
    """A level's name over the wire."""

    NONE = "none"
    CONTEXT = "context"
    DECLARED = "declared"
    DEVICE = "device"
    OBSERVED = "observed"
    INFERRED = "inferred"
    ACQUIRED = "acquired"


def words(levels: Iterable[Level]) -> list[LevelWord]:
    """The levels by their names."""
    return [LevelWord(level.word) for level in levels]


def word(level: Level | None) -> LevelWord | None:
    """A level by its name, if there is one."""
    return None if level is None else LevelWord(level.word)


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller sends: a field that is not declared is a mistake, and is told."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered."""


class SubjectRef(Asked, frozen=True, kw_only=True):
    """Whom a decision is about: one of the two."""

    user_id: Name | None = None
    anonymous_id: Name | None = None


class Signals(Asked, frozen=True, kw_only=True):
    """Wishes that the person's browser states."""

    gpc: bool = False


class DecideRequest(Asked, frozen=True, kw_only=True):
    """A decision is asked for. A subject token need not say whom it is about."""

    use_case: Name
    subject: SubjectRef | None = None
    context: Annotated[dict[str, Value], msgspec.Meta(max_length=50)] = {}
    candidates: Annotated[list[Name], msgspec.Meta(max_length=10_000)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
    language: Language | None = None
    signals: Signals = Signals()


class Because(Told, frozen=True, kw_only=True, omit_defaults=True):
    """One true part of a score. `source` and `on` say where it came from and since when."""

    kind: str
    name: str
    value: Scalar
    weight: float
    source: str = ""
    on: str | None = None


class SlateItem(Told, frozen=True, kw_only=True):
    """One item of a slate; `title` in the language that was asked for, if it is in the catalogue."""

    id: str
    score: float
    because: list[Because]
    title: str | None = None


class DecideAnswer(Told, frozen=True, kw_only=True):
    """A decision. `level` is the rung used, `allowed` the permit's, `reason` the needle's verdict and nothing else.

    `degraded`: why a lower rung was used. `silent`: why nothing is shown. `control`: the person is this month of the
    share that sees what everybody sees, to measure whether using their data serves them. `decision_id` is empty, and
    there is no `why_url`, where a fault left no way to name the decision.
    """

    decision_id: str
    use_case: str
    version: str
    level: LevelWord
    allowed: LevelWord | None
    reason: str
    degraded: str | None
    silent: str | None
    control: bool
    items: list[SlateItem]
    explanation: str
    expires_at: datetime
    why_url: str | None


class WhyQuery(msgspec.Struct, frozen=True):
    """How a decision is to be accounted for."""

    lang: Annotated[Language | None, msgspec.Meta(description="the language to answer in")] = None


class WhyAnswer(Told, frozen=True, kw_only=True):
    """A decision accounted for. `destroyed`: its record was, with the data it speaks of.

    `control`: the person was that month of the share that sees what everybody sees, to compare with.
    `topics`: the groups of the items that weighed; each can be switched off by a PUT to `topics_url`.
    """

    use_case: str
    version: str
    at: datetime
    level: LevelWord
    allowed: LevelWord | None
    reason: str
    degraded: str | None
    silent: str | None
    control: bool
    ladder: list[LevelWord]
    explanation: str
    destroyed: bool
    read: int | None
    items: list[SlateItem]
    topics: list[str]
    topics_url: str


class TopicRequest(Asked, frozen=True, kw_only=True):
    """A topic is one of the `groups` of the catalogue's items."""

    topic: Name
    off: bool


class TopicAnswer(Told, frozen=True, kw_only=True):
    """One topic of the catalogue. `off`: the person does not want it to be looked at there."""

    topic: str
    off: bool


class TopicsAnswer(Told, frozen=True, kw_only=True):
    """All topics, for one person in one use case."""

    use_case: str
    topics: list[TopicAnswer]


class OutcomeRequest(Asked, frozen=True, kw_only=True):
    """What became of a slate. `item` may say which of its items it was; the reward counts for the slate."""

    decision_id: DecisionName
    reward: Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
    item: Name | None = None


class OutcomeAnswer(Told, frozen=True, kw_only=True):
    """Whether the reward was noted; it is not where no record is, or no permit any more."""

    recorded: bool


class ChoiceRequest(Asked, frozen=True, kw_only=True):
    """What a person chose. `notice` is what they were shown, and a yes must name it."""

    status: Literal["given", "refused"]
    interface: Interface = "api"
    level: LevelWord | None = None
    contributes: bool = False
    notice: NoticeWord | None = None
    language: Language | None = None


class ObjectionRequest(Asked, frozen=True, kw_only=True):
    """An objection; with a level, to all that goes further."""

    level: LevelWord | None = None
    interface: Interface = "api"
    language: Language | None = None


class WithdrawalQuery(msgspec.Struct, frozen=True):
    """Where a withdrawal was made, and in which language its receipt is."""

    interface: Annotated[Interface, msgspec.Meta(description="the page or program in which it was made")] = "api"
    language: Annotated[Language | None, msgspec.Meta(description="the language of the receipt")] = None


class EntryAnswer(Told, frozen=True, kw_only=True):
    """An entry as the ledger holds it, and where."""

    use_case: str
    status: str
    at: str
    version: str
    notice: str
    language: str
    interface: str
    attested_by: Literal["person", "controller", "import", "machine"]
    level: LevelWord | None
    contributes: bool
    position: int


class ChoiceAnswer(Told, frozen=True, kw_only=True):
    """What was recorded, its receipt, and what followed."""

    entry: EntryAnswer
    receipt: Mapping[str, object]
    effects: list[Literal["forget", "narrow", "shred"]]


class StandingAnswer(Told, frozen=True, kw_only=True):
    """Where a person stands with one use case, what the needle says to it now, and the notice that a yes must name."""

    use_case: str
    area: str
    basis: str
    status: str
    level: LevelWord
    levels: list[LevelWord]
    contributes: bool
    reason: str
    allowed: LevelWord | None
    version: str
    notice: str
    since: datetime | None
    at: datetime | None


class ChoicesAnswer(Told, frozen=True, kw_only=True):
    """Where a person stands with every use case."""

    choices: list[StandingAnswer]
