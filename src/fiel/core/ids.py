"""The names of things, each its own type, so that two of them are never mixed by accident.

Not the rules for making them: pseudonyms and tags are derived by the vault (`fiel.keys`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from fiel.core.errors import Malformed

SubjectId = NewType("SubjectId", bytes)
"""A person, inside: 16 random bytes, derived from nothing, gone with the identity row (GDPR art. 4(5))."""

Pseudonym = NewType("Pseudonym", bytes)
"""A person within one use case: 16 bytes; two use cases of one person share none."""

LedgerTag = NewType("LedgerTag", bytes)
"""A person within one use case as the ledger names them: 16 bytes, different from the pseudonym."""

LookupTag = NewType("LookupTag", bytes)
"""An outside identifier as the identity table names it: 16 keyed bytes."""

KeyId = NewType("KeyId", bytes)
"""One data key, made for one grant: 16 random bytes, written in the clear beside what it seals."""

Slot = NewType("Slot", int)
"""Where a wrapped data key lies in the slot file."""

Digest = NewType("Digest", bytes)
"""A SHA-256 digest: 32 bytes."""

Position = NewType("Position", int)
"""The place of a leaf in the ledger, from 0."""

AreaId = NewType("AreaId", str)
UseCaseId = NewType("UseCaseId", str)
ItemId = NewType("ItemId", str)
DecisionId = NewType("DecisionId", str)
"""A sealed token that names one decision: unguessable, and silent about the person."""

RequestId = NewType("RequestId", str)
"""A request of a person: 16 random bytes in hex."""

Version = NewType("Version", str)
"""The digest (hex) of the material part of a use case: what a person agrees to."""

Notice = NewType("Notice", str)
"""The digest (hex) of all that was shown: the material part, the texts and the controller."""


class IdentifierKind(StrEnum):
    """How a person is known outside: by an account, or by a browser or device that has not said who it is."""

    USER = "user"
    ANONYMOUS = "anonymous"


LONGEST_IDENTIFIER = 256


@dataclass(frozen=True, slots=True)
class Identifier:
    """The name under which the outside knows a person: `user:ID` or `anonymous:ID`."""

    kind: IdentifierKind
    value: str

    def __post_init__(self) -> None:
        """Refuse an empty, overlong or unprintable identifier; the message never repeats it."""
        if not self.value or len(self.value) > LONGEST_IDENTIFIER:
            raise Malformed("the subject's identifier is empty or too long", hint="use 1 to 256 characters")
        if not self.value.isprintable():
            raise Malformed("the subject's identifier holds a character that cannot be printed")

    @classmethod
    def parse(cls, text: str) -> "Identifier":
        """Read `user:ID` or `anonymous:ID`; raises `Malformed` for anything else."""
        kind, colon, value = text.partition(":")
        if not colon or kind not in set(IdentifierKind):
            raise Malformed("the subject is not named as `user:ID` or `anonymous:ID`")
        return cls(IdentifierKind(kind), value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person's data of one use case lie: the only address a compartment has, and what a mandate is for.

    It shares no name with the same person's other places. What keeps two use cases from being joined is that the other
    pseudonyms can be made only from the `SubjectId` in the identity's sealed row, under keys (`Names` in `fiel.ports`),
    and that a mandate is for one place.
    """

    area: AreaId
    use_case: UseCaseId
    pseudonym: Pseudonym
