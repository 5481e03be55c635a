"""What goes over the wire, as types: strict when read, plain when written. The OpenAPI document shows exactly these."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from fiel.core.text import Scalar

Value = str | int | float | bool | list[str]
"""A property, an attribute or a thing of the context."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Language = Annotated[str, msgspec.Meta(min_length=2, max_length=16)]


class SubjectRef(msgspec.Struct, forbid_unknown_fields=True):
    """Whom a decision is about: one of the two."""

    user_id: Name | None = None
    anonymous_id: Name | None = None


class Signals(msgspec.Struct, frozen=True):
    """Wishes that the person's browser states."""

    gpc: bool = False


class DecideRequest(msgspec.Struct):
    """A decision is asked for."""

    use_case: Name
    subject: SubjectRef
    context: Annotated[dict[str, Value], msgspec.Meta(max_length=50)] = {}
    candidates: Annotated[list[Name], msgspec.Meta(max_length=10_000)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
    language: Language | None = None
    signals: Signals = Signals()


class Because(msgspec.Struct, omit_defaults=True):
    """One true part of a score. `source` and `on` say where it came from and since when."""

    kind: str
    name: str
    value: Scalar
    weight: float
    source: str = ""
    on: str | None = None


class SlateItem(msgspec.Struct):
    """One item of a slate."""

    id: str
    score: float
    because: list[Because]
    title: str | None = None


class DecideAnswer(msgspec.Struct):
    """A decision. `level` is the rung used, `allowed` the permit's, `reason` the needle's verdict and nothing else."""

    decision_id: str
    use_case: str
    version: str
    level: str
    allowed: str | None
    reason: str
    degraded: str | None
    silent: str | None
    items: list[SlateItem]
    explanation: str
    expires_at: datetime
    why_url: str | None


class WhyAnswer(msgspec.Struct):
    """A decision accounted for. `destroyed`: its record was, with the data it speaks of."""

    use_case: str
    version: str
    at: datetime
    level: str
    allowed: str | None
    reason: str
    degraded: str | None
    silent: str | None
    ladder: list[str]
    explanation: str
    destroyed: bool
    read: int | None
    items: list[SlateItem]


class OutcomeRequest(msgspec.Struct):
    """What became of a slate."""

    decision_id: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
    reward: float
    item: Name | None = None


class OutcomeAnswer(msgspec.Struct):
    """Whether the reward was noted; it is not where no record is, or no permit any more."""

    recorded: bool


class ChoiceRequest(msgspec.Struct):
    """What a person chose."""

    status: str
    interface: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = "api"
    level: str | None = None
    contributes: bool = False
    notice: Annotated[str, msgspec.Meta(max_length=128)] | None = None
    language: Language | None = None


class ObjectionRequest(msgspec.Struct):
    """An objection; with a level, to all that goes further."""

    level: str | None = None
    interface: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] = "api"
    language: Language | None = None


class ChoiceAnswer(msgspec.Struct):
    """What was recorded, its receipt, and what followed."""

    entry: Mapping[str, object]
    receipt: Mapping[str, object]
    effects: list[str]


class StandingAnswer(msgspec.Struct):
    """Where a person stands with one use case."""

    use_case: str
    area: str
    basis: str
    status: str
    level: str
    contributes: bool
    reason: str
    allowed: str | None
    version: str
    notice: str
    since: datetime | None
    at: datetime | None


class ChoicesAnswer(msgspec.Struct):
    """Where a person stands with every use case."""

    choices: list[StandingAnswer]


class HeldFact(msgspec.Struct):
    """One attribute as it is held."""

    name: str
    value: Value
    source: str
    on: str


class HeldEvent(msgspec.Struct):
    """One event as it is held, its time no finer than declared."""

    event: str
    on: str
    properties: Mapping[str, Scalar]


class HoldingAnswer(msgspec.Struct):
    """What one use case holds of a person, never joined with another's."""

    use_case: str
    readable: bool
    attributes: list[HeldFact]
    events: list[HeldEvent]
    contributed: list[str]


class DataAnswer(msgspec.Struct):
    """What is held of a person, use case by use case."""

    data: list[HoldingAnswer]


class UseAnswer(msgspec.Struct):
    """One use: when, for what, how much was read, what was shown."""

    use_case: str
    at: datetime
    version: str
    level: str
    strategy: str
    read: int
    shown: list[SlateItem]
    reward: float | None


class UsesAnswer(msgspec.Struct):
    """The uses of what is held of a person, latest first."""

    uses: list[UseAnswer]


class ReceiptsAnswer(msgspec.Struct):
    """The receipts of all that a person chose, oldest first."""

    receipts: list[Mapping[str, object]]


class DestroyedAnswer(msgspec.Struct):
    """What was destroyed in one use case, with what proves the last leaf to its owner."""

    use_case: str
    key: str | None
    forgotten: bool
    position: int
    entry: Mapping[str, object]
    salt: str


class CertificateAnswer(msgspec.Struct):
    """What an erasure destroyed, what remains, why and until when."""

    at: datetime
    was_known: bool
    destroyed: list[DestroyedAnswer]
    remains: list[Mapping[str, object]]
    checkpoint: str


class ItemWire(msgspec.Struct, omit_defaults=True):
    """One item of the catalogue."""

    id: Name
    title: dict[str, str]
    groups: list[Name] = []
    available: bool = True
    url: str | None = None
    image: str | None = None


class ItemsAnswer(msgspec.Struct):
    """How many items were put."""

    put: int


class SegmentAnswer(msgspec.Struct, omit_defaults=True):
    """What Segment's clients expect; `events` only with `Prefer: return=representation`."""

    success: bool
    events: list[Mapping[str, object]] = []
