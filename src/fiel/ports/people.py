"""What a store keeps about people: who they are, what they chose, what is held, how it was used."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from fiel.core.consent.choice import Standing
from fiel.core.consent.effect import Upkeep
from fiel.core.ids import (
    Digest,
    KeyId,
    LedgerTag,
    LookupTag,
    Place,
    Position,
    Pseudonym,
    RequestId,
    UseCaseId,
)
from fiel.core.permit import Permit
from fiel.core.rights import OwnAccess, Request
from fiel.core.use.compartment import Compartment
from fiel.ports.values import Identity, Mandate, Recorded, UseRecord


class Identities(Protocol):
    """Who is who: the only table from which an outside identifier leads to a person."""

    def find(self, lookup: LookupTag) -> Identity | None:
        """The identity under that name, or None."""
        ...

    def add(self, lookup: LookupTag, identity: Identity) -> None:
        """Keep an identity under a key of its own, made here."""
        ...

    def remove(self, lookup: LookupTag) -> None:
        """Delete the row and what is sealed under its key (entries, requests), and condemn the key."""
        ...

    def page(self, after: LookupTag | None, *, limit: int) -> Sequence[tuple[LookupTag, Identity]]:
        """The next identities in the order of their names, so that a sweep never holds one snapshot for long."""
        ...

    def is_suppressed(self, suppression: LookupTag) -> bool:
        """Whether that identifier was erased."""
        ...

    def suppress(self, suppression: LookupTag, *, at: datetime) -> None:
        """Note that it was erased: grants by import or by the controller are refused from now on."""
        ...

    def lift(self, suppression: LookupTag) -> None:
        """The person themselves came back."""
        ...


class Choices(Protocol):
    """Entries, sealed under the person's key, and the standing that each one leaves."""

    def standing(self, place: Place) -> Standing:
        """Where the person stands there; `UNDECIDED` if nothing was ever recorded."""
        ...

    def stand(self, place: Place, standing: Standing) -> None:
        """Write the standing that the latest entry leaves."""
        ...

    def clear(self, place: Place) -> None:
        """Delete the standing of somebody who was erased."""
        ...

    def record(self, lookup: LookupTag, tag: LedgerTag, recorded: Recorded) -> None:
        """Keep an entry, sealed under the key of the person."""
        ...

    def of(self, lookup: LookupTag, tag: LedgerTag) -> Sequence[Recorded]:
        """The entries of that person in one use case, oldest first."""
        ...

    def places(self, use_case: UseCaseId) -> Iterator[tuple[Pseudonym, Standing]]:
        """Everybody with a standing in one use case."""
        ...


class Requests(Protocol):
    """What people asked for under the law, sealed under their keys: it goes with whoever is erased."""

    def put(self, lookup: LookupTag, request: Request) -> None:
        """Add a request, or replace it by what became of it; raises `Unknown` if nobody is known by that name."""
        ...

    def of(self, lookup: LookupTag) -> Sequence[Request]:
        """The requests of that person, oldest first."""
        ...

    def find(self, request: RequestId) -> tuple[LookupTag, Request] | None:
        """One request with whose it is, or None."""
        ...

    def page(self, after: RequestId | None, *, limit: int) -> Sequence[tuple[LookupTag, Request]]:
        """The next requests in the order of their ids, whoever asked."""
        ...


class Ledger(Protocol):
    """The leaves and the complete-subtree nodes over them (RFC 9162)."""

    @property
    def size(self) -> int:
        """How many leaves there are."""
        ...

    def append(self, leaf: bytes) -> Position:
        """Add a leaf and the nodes that it completes."""
        ...

    def leaf(self, position: Position) -> bytes:
        """The bytes of one leaf."""
        ...

    def node(self, level: int, index: int) -> Digest:
        """The hash of the complete subtree (level, index)."""
        ...


class Compartments(Protocol):
    """The sealed documents, one a place. No mandate, no data."""

    def load(self, mandate: Mandate) -> Compartment | None:
        """What is held there; None if nothing is. Raises `KeyMissing` or `Tampered` if it cannot be read."""
        ...

    def save(self, mandate: Mandate, compartment: Compartment) -> None:
        """Keep it. The first save of a grant makes its key; an `Upkeep` may only save less than was there."""
        ...

    def shred(self, mandate: Upkeep) -> KeyId | None:
        """Delete document and use records, and condemn the key, which the writer zeroes after the commit."""
        ...

    def places(self, use_case: UseCaseId) -> Iterator[Pseudonym]:
        """Where something is held."""
        ...


class Uses(Protocol):
    """The bounded log of uses beside each compartment, sealed under its key."""

    def record(self, permit: Permit, record: UseRecord) -> None:
        """Add one use; the oldest beyond the bound goes."""
        ...

    def reward(self, permit: Permit, record_id: bytes, reward: float) -> bool:
        """Note a reward on a use record; False if it is no longer there."""
        ...

    def of(self, mandate: OwnAccess) -> Sequence[UseRecord]:
        """The uses that are still recorded, latest first."""
        ...

    def measured(self, permit: Permit) -> Sequence[UseRecord]:
        """The same under a permit to measure; raises `Conflict` under one for another act."""
        ...
