"""What is told to a person of what is held about them: data, uses, receipts, the certificate of an erasure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from fiel.core.text import Scalar
from fiel.web.api.wire import LevelWord, SlateItem, Told, Value


class HeldFact(Told, frozen=True, kw_only=True):
    """One attribute as it is held."""

    name: str
    value: Value
    source: str
    on: str


class HeldEvent(Told, frozen=True, kw_only=True):
    """One event as it is held, its time no finer than declared."""

    event: str
    on: str
    properties: Mapping[str, Scalar]


class Showings(Told, frozen=True, kw_only=True):
    """How often something was shown on one day, while that still counts."""

    on: str
    times: int


class HeldActivity(Told, frozen=True, kw_only=True):
    """What is held beside facts and events: the day of the last sign of life and of the last visit, and counts.

    `messages` says how many messages are remembered, each by its month and a keyed hash, so that none counts twice;
    `let_go` up to which month they no longer are, so that nothing of it comes in any more.
    """

    last: str
    last_visit: str | None
    visits: int
    messages: int
    let_go: str | None
    shown: list[Showings]


class TaughtItem(Told, frozen=True, kw_only=True):
    """One item that a person has added to the shared model, and in which month they last chose it."""

    item: str
    month: str


class TaughtFact(Told, frozen=True, kw_only=True):
    """One thing a person told us that they have added to the shared model beside items."""

    name: str
    value: Value


class HoldingAnswer(Told, frozen=True, kw_only=True):
    """What one use case holds of a person, never joined with another's. `activity` is null where it is unreadable."""

    use_case: str
    readable: bool
    attributes: list[HeldFact]
    events: list[HeldEvent]
    activity: HeldActivity | None
    contributed: list[TaughtItem]
    contributed_facts: list[TaughtFact]
    topics_off: list[str]


class DataAnswer(Told, frozen=True, kw_only=True):
    """What is held of a person, use case by use case."""

    data: list[HoldingAnswer]


class UseAnswer(Told, frozen=True, kw_only=True):
    """One use: when, for what, how much was read, what was shown. `control`: by draw, it was what everybody sees.

    `visits`: how many visits there had been, where that is noted to compare what was chosen after; else null.
    """

    use_case: str
    at: datetime
    version: str
    level: LevelWord
    strategy: str
    read: int
    shown: list[SlateItem]
    control: bool
    visits: int | None
    reward: float | None


class UsesAnswer(Told, frozen=True, kw_only=True):
    """The uses of what is held of a person, latest first."""

    uses: list[UseAnswer]


class ReceiptsAnswer(Told, frozen=True, kw_only=True):
    """The receipts of all that a person chose, oldest first."""

    receipts: list[Mapping[str, object]]


class DestroyedAnswer(Told, frozen=True, kw_only=True):
    """What was destroyed in one use case, with what proves its last leaf: entry, salt, tag, and where it stands."""

    use_case: str
    key: str | None
    forgotten: bool
    position: int
    entry: Mapping[str, object]
    salt: str
    tag: str


class RemainsAnswer(Told, frozen=True, kw_only=True):
    """One thing that an erasure leaves, why, and until when."""

    what: Literal["ledger", "suppression", "model"]
    why: str
    until: datetime | None


class CertificateAnswer(Told, frozen=True, kw_only=True):
    """What an erasure destroyed, what remains, why and until when."""

    at: datetime
    was_known: bool
    destroyed: list[DestroyedAnswer]
    remains: list[RemainsAnswer]
    checkpoint: str
