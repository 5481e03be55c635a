"""What a person chose: entries, the status machine they move, the standing they add up to (GDPR art. 4(11), 7, 21).

A refusal is an entry like any other. The standing is never a guess: no entry means unknown, and unknown means no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fiel.core.ids import Notice, Position, UseCaseId, Version
from fiel.core.promise.usecase import Level


class Status(StrEnum):
    """Where a person stands with one use case, in the words of the Data Privacy Vocabulary where it has one.

    A dormant grant is still `GIVEN`: nobody took it back. That it does not count is for the needle to see, by comparing
    versions (`promise/change.py`); `INVALIDATED` is what it becomes when it has slept too long.
    """

    UNKNOWN = "unknown"
    REQUESTED = "requested"
    REFUSED = "refused"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    OBJECTED = "objected"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"
    ERASED = "erased"


class Attestation(StrEnum):
    """Who says that the person chose so. Only a page or a subject token lets the person say it themselves."""

    PERSON = "person"
    CONTROLLER = "controller"
    IMPORT = "import"
    MACHINE = "machine"


S: Final = Status
_NO: Final = frozenset({S.REFUSED, S.OBJECTED, S.RESTRICTED, S.BLOCKED, S.ERASED})
_OPEN: Final = _NO | {S.GIVEN}

FOLLOWS: Final[Mapping[Status, frozenset[Status]]] = {
    S.UNKNOWN: _OPEN | {S.REQUESTED, S.WITHDRAWN},
    S.REQUESTED: _OPEN | {S.REQUESTED, S.WITHDRAWN},
    S.REFUSED: _OPEN | {S.WITHDRAWN},
    S.GIVEN: _OPEN | {S.WITHDRAWN, S.EXPIRED, S.INVALIDATED},
    S.WITHDRAWN: _OPEN | {S.WITHDRAWN},
    S.EXPIRED: _OPEN | {S.REQUESTED, S.WITHDRAWN},
    S.INVALIDATED: _OPEN | {S.REQUESTED, S.WITHDRAWN},
    S.OBJECTED: frozenset({S.OBJECTED, S.RESTRICTED, S.BLOCKED, S.ERASED}),
    S.RESTRICTED: _OPEN | {S.WITHDRAWN, S.EXPIRED, S.INVALIDATED},
    S.BLOCKED: frozenset({S.REFUSED, S.WITHDRAWN, S.OBJECTED, S.ERASED}),
    S.ERASED: frozenset({S.GIVEN, S.REFUSED, S.WITHDRAWN, S.OBJECTED}),
}
"""The status machine: what may follow what. A yes follows neither an objection nor a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One choice as the ledger keeps it.

    `at` is when it was indicated, `level` how far it goes (None where the status needs none), `contributes` whether the
    person's data may teach the shared model. `notice` is the digest of what was shown, `interface` where.
    """

    use_case: UseCaseId
    status: Status
    at: datetime
    version: Version
    notice: Notice
    language: str
    interface: str
    attested_by: Attestation
    level: Level | None = None
    contributes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What all entries of one person in one use case add up to.

    `level` and `version` are those of the grant (or partial objection) in force. `since` is when the present level of
    that version was reached without a break: nothing older may enter. `at` and `position` are the latest entry's.
    """

    status: Status = Status.UNKNOWN
    level: Level = Level.NONE
    contributes: bool = False
    version: Version | None = None
    at: datetime | None = None
    since: datetime | None = None
    position: Position | None = None


UNDECIDED: Final = Standing()


def may_follow(before: Status, after: Status) -> bool:
    """Whether the status machine lets `after` come after `before`."""
    return after in FOLLOWS[before]


def fold(entries: Iterable[tuple[Position, Entry]]) -> Standing:
    """The standing that entries of one person in one use case add up to, oldest first."""
    standing = UNDECIDED
    for position, entry in entries:
        standing = stand(standing, entry, position=position)
    return standing


def stand(before: Standing, entry: Entry, *, position: Position) -> Standing:
    """The standing after one more entry: the step of the fold."""
    level = _level_after(before, entry)
    grants = entry.status in {Status.GIVEN, Status.OBJECTED} and level > Level.NONE
    return Standing(
        status=entry.status,
        level=level,
        contributes=entry.contributes if entry.status is Status.GIVEN else _kept_aside(before, entry).contributes,
        version=entry.version if grants else _kept_aside(before, entry).version,
        at=entry.at,
        since=_since(before, entry, level=level),
        position=position,
    )


def _level_after(before: Standing, entry: Entry) -> Level:
    """A grant or a partial objection names its level, a restriction or a block keeps it, any other no has none."""
    if entry.status in {Status.GIVEN, Status.OBJECTED}:
        return entry.level or Level.NONE
    return _kept_aside(before, entry).level


def _kept_aside(before: Standing, entry: Entry) -> Standing:
    return before if entry.status in {Status.RESTRICTED, Status.BLOCKED} else UNDECIDED


def _since(before: Standing, entry: Entry, *, level: Level) -> datetime | None:
    """When this grant was reached without a break: the same status before, to the same version, and as far or further.

    Who agrees to another version agrees from then on: what happened before was not asked for then. A break that time
    made is an entry of its own, before this one (`operations/choose.py`). What sets aside changes nothing.
    """
    if level == Level.NONE:
        return None
    sets_aside = entry.status in {Status.RESTRICTED, Status.BLOCKED}
    unbroken = before.status == entry.status and before.version == entry.version and level <= before.level
    return before.since if before.since and (sets_aside or unbroken) else entry.at
