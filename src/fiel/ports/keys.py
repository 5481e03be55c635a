"""Keys, keyed names and time, as operations and stores ask for them. No cryptography here: `fiel.keys` has it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from fiel.core.ids import (
    Identifier,
    KeyId,
    LedgerTag,
    LookupTag,
    Place,
    Pseudonym,
    Slot,
    SubjectId,
    UseCaseId,
)
from fiel.core.law import Jurisdiction
from fiel.ports.values import Binding, Spot


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        ...


class Calendars(Protocol):
    """Days, where laws hold."""

    def closed(self, law: Jurisdiction, day: date) -> bool:
        """Whether nobody works on that day where the law holds."""
        ...

    def day(self, law: Jurisdiction, at: datetime) -> date:
        """Which day it is there at an instant."""
        ...


class Names(Protocol):
    """Keyed names: one person has another one in every use case, in the ledger and in the identity table."""

    def new_subject(self) -> SubjectId:
        """A new random name for a person."""
        ...

    def new_salt(self) -> bytes:
        """Thirty-two random bytes that hide an entry in the ledger."""
        ...

    def new_record(self) -> bytes:
        """Sixteen random bytes that name one use record."""
        ...

    def lookup(self, identifier: Identifier) -> LookupTag:
        """How the identity table names an outside identifier."""
        ...

    def suppression(self, identifier: Identifier) -> LookupTag:
        """How the list of erased people names an outside identifier."""
        ...

    def pseudonym(self, sid: SubjectId, use_case: UseCaseId) -> Pseudonym:
        """The person as one use case names them."""
        ...

    def tag(self, sid: SubjectId, use_case: UseCaseId) -> LedgerTag:
        """The person within one use case as the ledger names them."""
        ...

    def message(self, place: Place, message_id: str) -> bytes:
        """Eight keyed bytes by which a compartment remembers a message."""
        ...

    def lot(self, place: Place, month: date) -> float:
        """A number from 0 up to 1, keyed and the same for all of a month (its first day): another in every place."""
        ...

    def seed(self, use_case: UseCaseId, of: bytes) -> int:
        """A number from 0 that nobody without the key can tell, always the same for the same bytes."""
        ...


class Seals(Protocol):
    """Data keys in slots, and what is sealed under them."""

    def create(self, place: Place, key: KeyId) -> Slot:
        """Make a data key, wrap it for this place, and have its slot on the disk before returning."""
        ...

    def new_key(self) -> KeyId:
        """A random name for a data key."""
        ...

    def seal(self, slot: Slot, plain: bytes, *, binding: Binding) -> bytes:
        """Seal bytes under the key of a slot."""
        ...

    def open(self, slot: Slot, sealed: bytes, *, binding: Binding) -> bytes:
        """The bytes; raises `KeyMissing` if the slot is empty or another's, `Tampered` if they were changed."""
        ...

    def destroy(self, slots: Sequence[Slot]) -> None:
        """Zero the slots and have the zeros on the disk before returning."""
        ...

    def occupied(self) -> Sequence[Slot]:
        """The slots that are not zero."""
        ...

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """Seal what must be readable without any slot, as a no is; under a key of the use case, always as long."""
        ...

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:
        """The bytes; raises `Tampered` if they were changed, or veiled for somebody else or another use case."""
        ...

    def mark(self, spot: Spot, table: str) -> bytes:
        """Sixteen keyed bytes that name a spot in one table and lead to no other table, nor to its pseudonym."""
        ...

    def mask(self, key: KeyId) -> int:
        """Sixty-two keyed bits: under them a row hides its slot, for keys made together may lie together."""
        ...


class Signer(Protocol):
    """The ledger's key (Ed25519, RFC 8032)."""

    @property
    def origin(self) -> str:
        """The ledger's name in checkpoints."""
        ...

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes."""
        ...

    @property
    def public_pem(self) -> str:
        """The public half as a file that tools read (PEM, RFC 7468; RFC 8410)."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message."""
        ...


class Tokens(Protocol):
    """Sealed tokens: what Fiel tells itself through somebody else's hands."""

    def seal(self, plain: bytes) -> str:
        """The token for these bytes."""
        ...

    def open(self, token: str) -> bytes:
        """Raises `Malformed` for what was not sealed here."""
        ...
