"""The values that operations and stores exchange, and the mandates that open a compartment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fiel.core.consent.choice import Entry
from fiel.core.consent.effect import Upkeep
from fiel.core.ids import (
    Digest,
    Identifier,
    KeyId,
    Place,
    Position,
    Pseudonym,
    SubjectId,
    UseCaseId,
    Version,
)
from fiel.core.permit import Card, Permit
from fiel.core.promise.usecase import Level, UseCase
from fiel.core.rights import OwnAccess
from fiel.core.scope import Scope
from fiel.core.use.decision import Scored

USES_KEPT: Final = 100
"""Use records beside one compartment; the oldest beyond them goes."""

Mandate = Permit | OwnAccess | Upkeep
"""What opens a compartment: a permit, the person's own access, the machine's upkeep. An id opens nothing.

`core/permit.py` says where each is made, and why there are three.
"""


Spot = tuple[UseCaseId, Pseudonym]
"""A place without its area: how tables name it, and what stays if the use case moves to another area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person as the identity table keeps them, sealed under their own key."""

    sid: SubjectId
    identifier: Identifier
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry with its place in the ledger and the salt that hides it there."""

    position: Position
    entry: Entry
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecord:
    """One use of a compartment as the person sees it: when, how far, how much was read, what was shown and why.

    `control`: what everybody sees was shown, by draw, to compare with. `visits`: how many visits the person had made,
    None where nobody compares, and in records of an earlier form.
    """

    id: bytes
    at: datetime
    version: Version
    level: Level
    strategy: str
    read: int
    items: tuple[Scored, ...]
    reward: float | None = None
    control: bool = False
    visits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVersion:
    """One published version of a use case: its ordinal, when, and by whom it was approved."""

    version: Version
    ordinal: int
    use_case: UseCase
    at: datetime
    approved_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedModel:
    """The shared model that decisions read: packed, with the number of people in its total."""

    packed: bytes
    people: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """How learning stands: people in the total, people changed since publishing, the oldest unpublished removal."""

    people: int
    changed: int
    removal_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One server or publishable key: its hash, its name, what it may do, until when."""

    digest: Digest
    name: str
    scope: Scope
    expires: datetime | None
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """An idempotent request: the digest of its key (with the caller), and of its body."""

    key: Digest
    request: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was done for an idempotent request: enough to give the same answer again, and nothing personal."""

    request: Digest
    position: Position
    effects: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a ciphertext is bound to, so that it opens nowhere else: area, use case, pseudonym, key and revision."""

    place: Place
    key: KeyId
    revision: int


CrashPoint = Callable[[str], None]
"""Called by stores and keys at each named point at which a crash must do no harm; it does nothing but in tests."""


def calm(_point: str) -> None:
    """The crash point of a process that is not being tested."""
