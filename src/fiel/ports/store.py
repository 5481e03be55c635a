"""What a store keeps beside people, and the store as a whole."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from fiel.core.ids import (
    Digest,
    ItemId,
    Pseudonym,
    UseCaseId,
    Version,
)
from fiel.core.items import Item
from fiel.core.promise.measured import Measured
from fiel.core.promise.usecase import Promise
from fiel.core.use.decision import Cells
from fiel.core.use.gate import DropReason
from fiel.ports.people import Choices, Compartments, Identities, Ledger, Requests, Uses
from fiel.ports.values import Answered, ApiKey, Lessons, Once, PublishedModel, PublishedVersion

T = TypeVar("T")


class Totals(Protocol):
    """The sums that use cases learn from people, and the models published from them."""

    def shift(self, use_case: UseCaseId, strategy: str, delta: Cells) -> None:
        """Add; raises `Tampered` if a count would fall below zero, which would mean somebody was forgotten twice."""
        ...

    def put(self, use_case: UseCaseId, strategy: str, total: Cells, *, formula: str) -> None:
        """Put this sum, which that formula made, in place of what was there."""
        ...

    def drop(self, use_case: UseCaseId, strategy: str) -> None:
        """Delete a sum, and by which formula it was made."""
        ...

    def formulas(self, use_case: UseCaseId) -> Mapping[str, str]:
        """By which formula the sum of each strategy was made, "" if nobody knows; none of what was never put."""
        ...

    def count(self, use_case: UseCaseId, pseudonym: Pseudonym, *, people: int, at: datetime) -> None:
        """Note that this person's share changed, and by how many people (-1, 0, 1) the total grew."""
        ...

    def total(self, use_case: UseCaseId, strategy: str) -> Cells:
        """The sum."""
        ...

    def lessons(self, use_case: UseCaseId) -> Lessons:
        """How learning stands."""
        ...

    def model(self, use_case: UseCaseId, strategy: str) -> PublishedModel | None:
        """The published model, or None if there is none or it was withdrawn."""
        ...

    def publish(self, use_case: UseCaseId, models: Mapping[str, PublishedModel]) -> None:
        """Replace the published models, and begin to count changed people anew."""
        ...

    def withdraw(self, use_case: UseCaseId) -> None:
        """Stop serving the published models."""
        ...


class Catalogue(Protocol):
    """The items."""

    def put(self, items: Sequence[Item]) -> None:
        """Add or replace items."""
        ...

    def get(self, item: ItemId) -> Item | None:
        """One item, or None."""
        ...

    def all(self) -> Mapping[ItemId, Item]:
        """Every item, in the order in which they were first put (the editorial order)."""
        ...


class Promises(Protocol):
    """What was published, version by version."""

    def current(self) -> Promise | None:
        """The promise in force, or None if nothing was ever published."""
        ...

    def version(self, version: Version) -> PublishedVersion | None:
        """One published version, or None."""
        ...

    def history(self, use_case: UseCaseId) -> Sequence[PublishedVersion]:
        """All published versions of a use case, oldest first."""
        ...

    def use_cases(self) -> Sequence[UseCaseId]:
        """Every use case that was ever published, also those no longer in force."""
        ...

    def publish(self, promise: Promise, versions: Sequence[PublishedVersion]) -> None:
        """Make a promise the one in force, and keep its new versions."""
        ...


class Measurements(Protocol):
    """What was measured last of each use case: no person, and nothing of fewer people than may be told."""

    def put(self, measured: Measured) -> None:
        """Keep it in place of what was measured before."""
        ...

    def of(self, use_case: UseCaseId) -> Measured | None:
        """What was measured last, or None if nothing ever was."""
        ...


class Administration(Protocol):
    """What is not about people: keys of callers, answered requests, what was dropped, generation numbers."""

    def api_key(self, digest: Digest) -> ApiKey | None:
        """The key of that digest, revoked or not, or None."""
        ...

    def api_keys(self) -> Sequence[ApiKey]:
        """All keys, by name."""
        ...

    def put_api_key(self, key: ApiKey) -> None:
        """Add or replace a key."""
        ...

    def answered(self, once: Once) -> Answered | None:
        """What was answered to that key before, or None."""
        ...

    def answer(self, once: Once, answered: Answered) -> None:
        """Keep what was answered."""
        ...

    def forget_answers(self, *, before: datetime) -> None:
        """Forget answers given before an instant."""
        ...

    def dropped(self) -> Mapping[tuple[str, DropReason], int]:
        """How much was dropped, by use case (or "" where none names it) and reason."""
        ...

    def drop(self, counts: Mapping[tuple[str, DropReason], int]) -> None:
        """Add to the counts of what was dropped."""
        ...

    def generation(self) -> int:
        """A number that grows whenever the promise, a model, the catalogue or a measurement changes."""
        ...


class Transaction(Protocol):
    """One consistent view of the store.

    Inside `Store.read` it is a snapshot and writing raises; inside `Store.write` all of it commits or nothing does.
    """

    @property
    def identities(self) -> Identities:
        """Who is who."""
        ...

    @property
    def choices(self) -> Choices:
        """Entries and standings."""
        ...

    @property
    def requests(self) -> Requests:
        """What people asked for under the law."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Leaves and nodes."""
        ...

    @property
    def compartments(self) -> Compartments:
        """The sealed documents."""
        ...

    @property
    def uses(self) -> Uses:
        """The log of uses."""
        ...

    @property
    def totals(self) -> Totals:
        """Sums and models."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The items."""
        ...

    @property
    def promises(self) -> Promises:
        """What was published."""
        ...

    @property
    def measurements(self) -> Measurements:
        """What was measured."""
        ...

    @property
    def administration(self) -> Administration:
        """What is not about people."""
        ...


class Store(Protocol):
    """Where everything durable lies."""

    def read(self) -> AbstractContextManager[Transaction]:
        """One consistent snapshot, taken when it is entered; any thread."""
        ...

    def write(self, act: Callable[[Transaction], T], *, urgent: bool = False) -> Future[T]:
        """Hand `act` to the one writer.

        The future is done when what it did is durable and every key that it condemned is zeroed; it fails with what
        `act` raised, and then nothing of it was done. An `urgent` act (withdraw, object, erase) is still accepted when
        the disk is full: room is kept for it. It overtakes nothing. Raises `Unavailable` once the store is closed.
        """
        ...

    def close(self) -> None:
        """Finish what was handed over, and release the store."""
        ...
