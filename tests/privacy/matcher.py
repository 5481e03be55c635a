"""Who has the whole database and no key, and looks for the compartments of one person in two use cases.

Each compartment has features: whatever any table says beside its name, how much that is, and where it lies in the file.
Two compartments resemble each other by a feature if its values are equal, near, or share bytes in the same place. The
matcher learns on half of the people, whose names it is told, which one or two resemblances tell most, and is judged by
the others: for each compartment it picks one of `BLOCK` in the other use case.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import apsw
import numpy as np
from numpy.typing import NDArray

from fiel.core.ids import Pseudonym
from tests.privacy.crowd import Truth

BLOCK: Final = 10
"""Compartments among which one is the person's: chance is one in so many."""

_WINDOW: Final = 4
_BEST: Final = 12
"""Single resemblances of which all pairs are tried."""

Numbers = NDArray[np.float64]
Features = Mapping[str, int | bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the matcher reached on people it had not seen, and by what."""

    by: str
    accuracy: float

    @property
    def times_chance(self) -> float:
        """How often better than by chance."""
        return self.accuracy * BLOCK


def dumped(database: Path) -> dict[tuple[str, Pseudonym], Features]:
    """The features of every compartment, read without a key."""
    raw = database.read_bytes()
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    spots: dict[tuple[str, Pseudonym], dict[str, int | bytes]] = {}
    for order, (use_case, name) in enumerate(connection.execute("SELECT use_case, pseudonym FROM compartments")):
        spots[use_case, Pseudonym(name)] = {"order": order, "offset": raw.find(name), "last offset": raw.rfind(name)}
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
        if {"use_case", "pseudonym"} <= set(columns):
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - a name out of the schema
                told = dict(zip(columns, row, strict=True))
                features = spots[told.pop("use_case"), Pseudonym(told.pop("pseudonym"))]
                for name, value in _told(table, told, before=features):
                    features[name] = value
    connection.close()
    return dict(spots)


def _told(table: str, row: Mapping[str, object], *, before: Features) -> Iterator[tuple[str, int | bytes]]:
    rows = before.get(f"{table}, rows", 0)
    assert isinstance(rows, int)
    yield f"{table}, rows", rows + 1
    for column, value in row.items():
        if isinstance(value, int | bytes):
            yield f"{table}.{column}, last", value
            if not rows:
                yield f"{table}.{column}", value
        if isinstance(value, bytes):
            size = before.get(f"{table}.{column}, size", 0)
            assert isinstance(size, int)
            yield f"{table}.{column}, size", size + len(value)


def matched(database: Path, truth: Truth) -> Found:
    """The best that two use cases' compartments can be matched by, learnt on one half and judged on the other."""
    known = dumped(database)
    learning: list[dict[str, Numbers]] = []
    judging: list[dict[str, Numbers]] = []
    for one, other in combinations(truth, 2):
        both = [
            (known[one, mine], known[other, theirs])
            for mine, theirs in zip(truth[one], truth[other], strict=True)
            if mine is not None and theirs is not None
        ]
        random.Random(one + other).shuffle(both)  # noqa: S311 - who stands beside whom is no secret
        for number, first in enumerate(range(0, len(both) - BLOCK + 1, BLOCK)):
            (judging if number % 2 else learning).append(_resemblances(both[first : first + BLOCK]))
    scores = {name: _accuracy(learning, (name,)) for name in learning[0]}
    best = sorted(scores, key=lambda name: -scores[name])[:_BEST]
    tried = [*((name,) for name in scores), *combinations(best, 2)]
    chosen = max(tried, key=lambda names: _accuracy(learning, names))
    return Found(by=" and ".join(chosen), accuracy=_accuracy(judging, chosen))


def _accuracy(blocks: Sequence[Mapping[str, Numbers]], names: Sequence[str]) -> float:
    """How much of all picks is right, to and fro; among equals the pick is by lot, so it counts in part."""
    right = []
    for block in blocks:
        likeness = sum((block[name] for name in names), np.zeros((BLOCK, BLOCK)))
        for side in (likeness, likeness.T):
            picked = np.isclose(side, side.max(axis=1, keepdims=True))
            right.append(float(np.mean(np.diag(picked) / picked.sum(axis=1))))
    return float(np.mean(right))


def _resemblances(both: Sequence[tuple[Features, Features]]) -> dict[str, Numbers]:
    """How much each of one use case is like each of the other: on the diagonal, the same person."""
    found: dict[str, Numbers] = {}
    for name in both[0][0]:
        mine, theirs = [one.get(name) for one, _ in both], [other.get(name) for _, other in both]
        if any(isinstance(value, bytes) for value in (*mine, *theirs)):
            found[f"{name}, bytes"] = _scaled(_shared(_padded(mine), _padded(theirs)))
        else:
            left, right = (np.array([value or 0 for value in side], dtype=np.float64) for side in (mine, theirs))
            found[f"{name}, equal"] = _scaled((left[:, None] == right[None, :]).astype(np.float64))
            found[f"{name}, near"] = _scaled(-np.abs(left[:, None] - right[None, :]))
    return found


def _padded(values: Sequence[int | bytes | None]) -> Sequence[bytes]:
    return [value if isinstance(value, bytes) else b"" for value in values]


def _shared(mine: Sequence[bytes], theirs: Sequence[bytes]) -> Numbers:
    """How many windows of a few bytes are equal in the same place."""
    longest = max(_WINDOW, *(len(value) for value in (*mine, *theirs)))
    left, right = (
        np.array([np.frombuffer(value.ljust(longest, b"\0"), np.uint8) for value in side]) for side in (mine, theirs)
    )
    equal = left[:, None, :] == right[None, :, :]
    windows = equal[..., : longest - _WINDOW + 1].copy()
    for shift in range(1, _WINDOW):
        windows &= equal[..., shift : longest - _WINDOW + 1 + shift]
    counted: Numbers = windows.sum(axis=2).astype(np.float64)
    return counted


def _scaled(likeness: Numbers) -> Numbers:
    spread = float(likeness.std())
    return (likeness - likeness.mean()) / spread if spread else np.zeros_like(likeness)
