"""The tables in memory: dictionaries that are copied before they change, so that every snapshot stays as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Generic, TypeVar

from fiel.core.errors import Conflict
from fiel.core.ids import Digest, ItemId, LookupTag, Pseudonym, RequestId, UseCaseId, Version
from fiel.core.items import Item
from fiel.core.promise.measured import Measured
from fiel.core.promise.usecase import Promise
from fiel.core.use.gate import DropReason
from fiel.ports import Answered, ApiKey, PublishedModel, PublishedVersion, Spot
from fiel.stores.documents import Keyed, Safe

K = TypeVar("K")
V = TypeVar("V")


class Table(Generic[K, V]):
    """A dictionary whose copies share its rows until one of them changes."""

    __slots__ = ("_rows", "_shared")

    def __init__(self, rows: dict[K, V] | None = None) -> None:
        self._rows: dict[K, V] = {} if rows is None else rows
        self._shared = rows is not None

    @property
    def rows(self) -> Mapping[K, V]:
        """The rows, to read."""
        return self._rows

    def fork(self) -> "Table[K, V]":
        """Another table with the same rows."""
        return Table(self._rows)

    def put(self, key: K, row: V) -> None:
        """Add or replace a row."""
        self._own()[key] = row

    def drop(self, key: K) -> None:
        """Delete a row, if it is there."""
        if key in self._rows:
            del self._own()[key]

    def _own(self) -> dict[K, V]:
        if self._shared:
            self._rows, self._shared = dict(self._rows), False
        return self._rows


@dataclass(frozen=True, slots=True)
class Row:
    """A sealed row with its key."""

    keyed: Keyed
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Used:
    """One sealed use record: its number, which is its revision, and its id, by which a reward finds it."""

    number: int
    id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Learning:
    """How learning stands in one use case."""

    people: int = 0
    changed: frozenset[Pseudonym] = frozenset()
    removal_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All tables."""

    identities: Table[LookupTag, Row] = field(default_factory=Table)
    entries: Table[LookupTag, tuple[bytes, ...]] = field(default_factory=Table)
    requests: Table[RequestId, tuple[LookupTag, bytes]] = field(default_factory=Table)
    suppressed: Table[LookupTag, date] = field(default_factory=Table)
    standings: Table[Spot, bytes] = field(default_factory=Table)
    leaves: Table[int, bytes] = field(default_factory=Table)
    nodes: Table[tuple[int, int], Digest] = field(default_factory=Table)
    compartments: Table[Spot, Row] = field(default_factory=Table)
    uses: Table[Spot, tuple[Used, ...]] = field(default_factory=Table)
    totals: Table[tuple[UseCaseId, str], Mapping[tuple[str, str], int]] = field(default_factory=Table)
    formulas: Table[UseCaseId, Mapping[str, str]] = field(default_factory=Table)
    learning: Table[UseCaseId, Learning] = field(default_factory=Table)
    models: Table[UseCaseId, Mapping[str, PublishedModel]] = field(default_factory=Table)
    items: Table[ItemId, Item] = field(default_factory=Table)
    promise: Table[None, Promise] = field(default_factory=Table)
    versions: Table[Version, PublishedVersion] = field(default_factory=Table)
    history: Table[UseCaseId, tuple[PublishedVersion, ...]] = field(default_factory=Table)
    keys: Table[Digest, ApiKey] = field(default_factory=Table)
    answers: Table[Digest, Answered] = field(default_factory=Table)
    dropped: Table[tuple[str, DropReason], int] = field(default_factory=Table)
    measured: Table[UseCaseId, Measured] = field(default_factory=Table)
    generation: Table[None, int] = field(default_factory=Table)

    def fork(self) -> "State":
        """The same tables, which may be changed without changing these."""
        return State(*(getattr(self, each.name).fork() for each in fields(self)))


class View:
    """The state as one transaction sees it, and the safe in which it seals; of no use when the transaction is over."""

    __slots__ = ("_generations", "_over", "_state", "safe")

    def __init__(self, state: State, safe: Safe, *, generations: Iterator[int] | None = None) -> None:
        self._state, self.safe = state, safe
        self._generations = generations
        self._over = False

    @property
    def now(self) -> State:
        """The tables, to read."""
        if self._over:
            raise Conflict("this transaction is over", hint="read within its `with`")
        return self._state

    @property
    def change(self) -> State:
        """The tables, to change; raises `Conflict` within a read."""
        if self._generations is None:
            raise Conflict("a read changes nothing", hint="hand an act to `Store.write`")
        return self.now

    def grow(self) -> None:
        """Note that the promise, a model or the catalogue changed; no number comes twice, also after an undone act."""
        if self._generations is not None:
            self.change.generation.put(None, next(self._generations))

    def close(self) -> None:
        """Let nothing more be read or written through it."""
        self._over = True
