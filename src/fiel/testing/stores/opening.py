"""How a law comes by its store."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import pytest

from fiel.ports import Seals, Store, Transaction
from fiel.testing.seals import MemorySeals

T = TypeVar("T")
V = TypeVar("V")

PATIENCE: Final = 30
"""Seconds after which a store that does not answer has failed its law."""

ODD: Final = (
    "a",
    "ñandú",
    "Ω≈ç√",
    "🛒",
    "Robert'); DROP TABLE items;--",
    'quo"te',
    "a\0b",
    " spaced ",
    "%_",
    "x" * 256,
)
"""Names that a store must keep as they are."""


class StoreCase:
    """One empty store a law."""

    def open_store(self, folder: Path, seals: Seals) -> Store:
        """The store to be tested, in an empty folder."""
        raise NotImplementedError

    @pytest.fixture
    def seals(self) -> MemorySeals:
        """The keys of the store."""
        return MemorySeals()

    @pytest.fixture
    def store(self, tmp_path: Path, seals: MemorySeals) -> Iterator[Store]:
        """An open store with nothing in it."""
        store = self.open_store(tmp_path, seals)
        yield store
        store.close()


def done(store: Store, act: Callable[[Transaction], T]) -> T:
    """What an act answers, once it is durable."""
    return store.write(act).result(PATIENCE)


def done_each(store: Store, act: Callable[[Transaction, V], object], values: Iterable[V]) -> None:
    """The same act for each value, each by itself and one after the other."""
    for value in values:
        done(store, partial(_with, act=act, value=value))


def done_at_once(store: Store, act: Callable[[Transaction, V], object], values: Iterable[V]) -> None:
    """The same for each value, all in one act."""

    def whole(tx: Transaction) -> None:
        for value in values:
            act(tx, value)

    done(store, whole)


def _with(tx: Transaction, *, act: Callable[[Transaction, V], object], value: V) -> object:
    return act(tx, value)
