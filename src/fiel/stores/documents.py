"""What stores seal, and how: core values as bytes, under the key of a slot, bound to the place where they lie.

Not cryptography: that is behind `Seals`. Every document begins with a mark that says what it is and in which form, so
that a row of one kind that is put in the place of another is refused although place, key and revision agree.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar

import msgspec

from fiel.core.consent.choice import Standing
from fiel.core.errors import Conflict, Tampered
from fiel.core.ids import AreaId, KeyId, LedgerTag, LookupTag, Place, Pseudonym, RequestId, Slot, UseCaseId
from fiel.core.permit import Act, Permit
from fiel.core.rights import Request
from fiel.core.use.compartment import Compartment, empty
from fiel.ports import Binding, Identity, Recorded, Seals, Spot, UseRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An entry with the tag under which the ledger names its place; sealed together, so that no row links the two."""

    tag: LedgerTag
    recorded: Recorded


class Form(Generic[T]):
    """One kind of document: its mark, and MessagePack of its dataclass.

    `earlier`: the marks of forms that it had before, which lack only what has a default now, and are still read.
    """

    def __init__(self, mark: int, kind: type[T], *, earlier: Sequence[int] = ()) -> None:
        self._mark = bytes([mark])
        self._readable = frozenset({self._mark, *(bytes([each]) for each in earlier)})
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def pack(self, value: T) -> bytes:
        """The value as bytes."""
        return self._mark + self._encoder.encode(value)

    def unpack(self, plain: bytes) -> T:
        """The value again; `Tampered` if the bytes are another kind of document's, or no document's."""
        if plain[:1] not in self._readable:
            raise Tampered("a sealed row holds another kind of document than its table")
        try:
            return self._decoder.decode(memoryview(plain)[1:])
        except msgspec.MsgspecError as cause:
            raise Tampered("a sealed row holds a document that cannot be read") from cause


COMPARTMENT: Final = Form(1, Compartment)
USE: Final = Form(6, UseRecord, earlier=[2])
IDENTITY: Final = Form(8, Identity, earlier=[3])
ENTERED: Final = Form(4, Entered)
STANDING: Final = Form(5, Standing)
REQUEST: Final = Form(7, Request)

LOGS: Final = "uses"
CHANGED: Final = "changed"
"""Tables that name a place by a mark: how many rows it has there, or whether it has one, is nobody's to join by."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Where the key of one row lies, which key it is, and which writing of what lies under it this is.

    The revision is drawn, not counted: equal counts would join the compartments of somebody whose events all of them
    take in.
    """

    slot: Slot
    key: KeyId
    revision: int

    def next(self) -> "Keyed":
        """The same key, another rewriting."""
        return Keyed(self.slot, self.key, drawn())

    def at(self, number: int) -> "Keyed":
        """The same key for the row of that number beside the document."""
        return Keyed(self.slot, self.key, number)


class Safe:
    """Seals and opens documents, and remembers which keys one act made and condemned.

    Whoever commits the act destroys the condemned keys afterwards; whoever undoes it destroys the made ones.
    """

    __slots__ = ("_seals", "condemned", "made")

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self.made: list[Slot] = []
        self.condemned: list[Slot] = []

    def make(self, place: Place) -> Keyed:
        """A new key for a place, in its slot on the disk."""
        key = self._seals.new_key()
        slot = self._seals.create(place, key)
        self.made.append(slot)
        return Keyed(slot, key, drawn())

    def keyed(self, hidden: int, key: bytes, revision: int) -> Keyed:
        """The key of a row, found again from its columns."""
        return Keyed(Slot(hidden ^ self._seals.mask(KeyId(key))), KeyId(key), revision)

    def hidden(self, keyed: Keyed) -> int:
        """What a row says in the clear of its slot: nothing to who has no key."""
        return keyed.slot ^ self._seals.mask(keyed.key)

    def condemn(self, slot: Slot) -> None:
        """Let the key of this slot be destroyed when the act is durable."""
        self.condemned.append(slot)

    def close(self, value: T, form: Form[T], *, place: Place, keyed: Keyed) -> bytes:
        """The value, sealed and bound to its place, key and revision."""
        binding = Binding(place=place, key=keyed.key, revision=keyed.revision)
        return self._seals.seal(keyed.slot, form.pack(value), binding=binding)

    def open(self, sealed: bytes, form: Form[T], *, place: Place, keyed: Keyed) -> T:
        """The value; raises `KeyMissing` or `Tampered` if it is not what was sealed there."""
        binding = Binding(place=place, key=keyed.key, revision=keyed.revision)
        return form.unpack(self._seals.open(keyed.slot, sealed, binding=binding))

    def veil(self, standing: Standing, *, spot: Spot) -> bytes:
        """The standing, so that without keys nobody sees whose other standing it resembles."""
        return self._seals.veil(spot, STANDING.pack(standing))

    def mark(self, spot: Spot, table: str) -> bytes:
        """How one table names a place, and no other does."""
        return self._seals.mark(spot, table)

    def unveil(self, veiled: bytes, *, spot: Spot) -> Standing:
        """The standing; raises `Tampered` if it is not what was veiled there."""
        return STANDING.unpack(self._seals.unveil(spot, veiled))


_IDENTITY_AREA: Final = AreaId("identity")
_IDENTITY_USE: Final = UseCaseId("identity")
_LOT_BITS: Final = 62


def identity_place(lookup: LookupTag) -> Place:
    """The place to which an identity, and the entries beside it, are bound."""
    return Place(area=_IDENTITY_AREA, use_case=_IDENTITY_USE, pseudonym=Pseudonym(lookup))


def request_number(request: RequestId) -> int:
    """The number under which a request is bound to its row, from 0 to 2^62 - 1: a part of its id, which is random."""
    return int(request[:16], 16) >> (64 - _LOT_BITS)


def drawn() -> int:
    """A number by lot, from 0 to 2^62 - 1: where a counted one would tell how often something happened."""
    return secrets.randbits(_LOT_BITS)


def begun(at: datetime) -> Compartment:
    """What is held from the first use on where nothing else is: the day, from which retention counts."""
    return empty(at.astimezone(UTC).date())


def refuse_unless_measuring(permit: Permit) -> None:
    """Raise `Conflict` if this is not leave to measure: whoever may use or teach has no need of the log."""
    if permit.act is not Act.MEASURE:
        raise Conflict("the log of uses is read by its person, or under a permit to measure")
