"""A fitted item-to-item model as a value: each item's nearest items and how strongly it speaks for them.

Not a solver and not a store: it can be scored, explained, written to bytes and read back, and never changes.
"""

from __future__ import annotations

import hashlib
import math
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

_Places: TypeAlias = npt.NDArray[np.int32]

_MAGIC: Final = b"fiel items 3"
_HEADER: Final = struct.Struct("<12sIII")
_SEAL: Final = hashlib.sha256().digest_size

DOUBT: Final = 1.0
"""How many people who chose as usual are added to an item before it is said to rise or to fall."""

_LEAST: Final = 2.0**-100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbours:
    """Positive weights from source items to other items, by rows of a compressed sparse matrix.

    Row i speaks for `items[i]`: its targets are `indices[indptr[i]:indptr[i + 1]]`, ascending, with their `weights`.
    `owners[i]` is what the people with that item weigh together, 1 each or less: so many taught the model, at least.
    `lately[i]` is what they weigh if whoever chose it long ago weighs less; where no time is known, the same.
    `trends[i]` follows from both: how much more of its people an item has lately than the average item (`trending`).
    The arrays are taken over and made read-only; what does not fit together is a ValueError.
    """

    items: tuple[str, ...]
    indptr: npt.NDArray[np.int32]
    indices: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    owners: npt.NDArray[np.float32]
    lately: npt.NDArray[np.float32]
    trends: npt.NDArray[np.float64] = field(init=False, repr=False)
    _places: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what does not fit together, then close the arrays."""
        flaw = _flaw(self)
        if flaw is not None:
            raise ValueError(f"not an item model: {flaw}")
        object.__setattr__(self, "trends", trending(self.owners, self.lately))
        for array in (self.indptr, self.indices, self.weights, self.owners, self.lately, self.trends):
            array.setflags(write=False)
        object.__setattr__(self, "_places", {item: place for place, item in enumerate(self.items)})

    def __eq__(self, other: object) -> bool:
        """Equal to the last bit of every weight."""
        return encode(self) == encode(other) if isinstance(other, Neighbours) else NotImplemented

    def __hash__(self) -> int:
        """Agrees with equality."""
        return hash(encode(self))

    @property
    def people(self) -> int:
        """At least so many people taught the model: those behind its most common item."""
        return math.ceil(float(self.owners.max(initial=0)))

    def known(self, sources: Iterable[str]) -> list[int]:
        """The rows of those sources that the model knows, each once, ascending."""
        places = self._places
        return sorted({places[source] for source in sources if source in places})

    def place(self, item: str) -> int | None:
        """Where the item stands in `items`, None if the model does not know it."""
        return self._places.get(item)


def trending(owners: npt.NDArray[np.float32], lately: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """How much more of its people each item has lately than the average item: 1 for the average, or of an unknown time.

    An item of few people is nearer to 1: `DOUBT` people are thought of who chose it as the average item is chosen.
    """
    usual = lately.sum(dtype=np.float64) / max(owners.sum(dtype=np.float64), _LEAST)
    rates = (lately + DOUBT * usual) / (owners + np.float64(DOUBT))
    return np.asarray(rates / max(usual, _LEAST), dtype=np.float64)


def score(model: Neighbours, sources: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """How strongly the sources together speak for each of `model.items`: their rows, each times its strength, added up.

    A source that the model does not know says nothing.
    """
    rows = model.known(sources)
    if not rows:
        return np.zeros(len(model.items))
    spans = [slice(model.indptr[row], model.indptr[row + 1]) for row in rows]
    targets = np.concatenate([model.indices[span] for span in spans])
    weights = np.concatenate([model.weights[span] for span in spans])
    strengths = np.repeat([sources[model.items[row]] for row in rows], [span.stop - span.start for span in spans])
    return np.bincount(targets, weights * strengths, minlength=len(model.items)).astype(np.float64, copy=False)


def terms(model: Neighbours, sources: Mapping[str, float], item: str) -> list[tuple[str, float]]:
    """The parts of the item's score, largest first (then by id): each source that speaks for it, and how strongly.

    They add up to the score: these are the reasons, not a story told afterwards. Empty if nothing speaks for it.
    """
    target = model.place(item)
    if target is None:
        return []
    bounds, targets = model.indptr.data, model.indices.data  # a plain search in the buffer outruns one call a row
    parts = []
    for row in model.known(sources):
        stop = bounds[row + 1]
        at = bisect_left(targets, target, bounds[row], stop)
        if at < stop and targets[at] == target:
            source = model.items[row]
            parts.append((source, float(model.weights[at]) * sources[source]))
    return sorted(parts, key=lambda part: (-part[1], part[0]))


def descending(scores: npt.NDArray[np.float64]) -> Iterator[tuple[int, float]]:
    """The places with a positive score, the highest first, and of equal ones the first."""
    positive = np.flatnonzero(scores > 0)
    order = positive[np.argsort(-scores[positive], kind="stable")]
    return zip(order.tolist(), scores[order].tolist(), strict=True)


def encode(model: Neighbours) -> bytes:
    """The model as bytes, equal for equal models on every machine.

    Little-endian: a header (mark, number of items, weights and bytes of text), the row bounds, the targets, the
    weights, the owners of all time and of late, the length of each item id in UTF-8 bytes, the ids, and the SHA-256 of
    all before it.
    """
    names = [item.encode() for item in model.items]
    text = b"".join(names)
    body = b"".join(
        (
            _HEADER.pack(_MAGIC, len(names), len(model.indices), len(text)),
            model.indptr.astype("<i4").tobytes(),
            model.indices.astype("<i4").tobytes(),
            model.weights.astype("<f4").tobytes(),
            model.owners.astype("<f4").tobytes(),
            model.lately.astype("<f4").tobytes(),
            np.array([len(name) for name in names], dtype="<u4").tobytes(),
            text,
        )
    )
    return body + hashlib.sha256(body).digest()


def decode(written: bytes) -> Neighbours:
    """The model that `encode` wrote. Bytes that are cut short, altered or of another kind are a ValueError."""
    body = memoryview(written)[:-_SEAL]
    if len(body) < _HEADER.size or not written.startswith(_MAGIC):
        raise ValueError("these bytes are no item model of this format; fit the model again")
    if hashlib.sha256(body).digest() != written[-_SEAL:]:
        raise ValueError("the item model was cut short or altered; fit the model again")
    _, items, edges, text = _HEADER.unpack_from(body)
    if len(body) != _HEADER.size + 4 * (items + 1) + 8 * edges + 12 * items + text:
        raise ValueError("the item model is not as long as its header says; fit the model again")
    at = _HEADER.size
    indptr = np.frombuffer(body, "<i4", items + 1, at).astype(np.int32, copy=False)
    indices = np.frombuffer(body, "<i4", edges, at := at + 4 * (items + 1)).astype(np.int32, copy=False)
    weights = np.frombuffer(body, "<f4", edges, at := at + 4 * edges).astype(np.float32, copy=False)
    owners = np.frombuffer(body, "<f4", items, at := at + 4 * edges).astype(np.float32, copy=False)
    lately = np.frombuffer(body, "<f4", items, at := at + 4 * items).astype(np.float32, copy=False)
    lengths = np.frombuffer(body, "<u4", items, at := at + 4 * items)
    names = _names(bytes(body[at + 4 * items :]), lengths.tolist())
    return Neighbours(items=names, indptr=indptr, indices=indices, weights=weights, owners=owners, lately=lately)


def _names(text: bytes, lengths: list[int]) -> tuple[str, ...]:
    if sum(lengths) != len(text):
        raise ValueError("the item model has ids of another length than it says; fit the model again")
    stops = list(accumulate(lengths, initial=0))
    try:
        return tuple(text[start:stop].decode() for start, stop in pairwise(stops))
    except UnicodeDecodeError:
        raise ValueError("the item model has ids that are not UTF-8; fit the model again") from None


def _flaw(model: Neighbours) -> str | None:
    """What does not fit together in the model, None if it all does."""
    items, indptr, indices, weights = len(model.items), model.indptr, model.indices, model.weights
    if indptr.dtype != np.int32 or indices.dtype != np.int32 or weights.dtype != np.float32:
        return "bounds and targets are 32-bit integers, weights 32-bit floats"
    if indptr.shape != (items + 1,) or indices.shape != weights.shape or indices.ndim != 1:
        return "there is one bound more than items and one weight a target"
    if not all(each.dtype == np.float32 and each.shape == (items,) for each in (model.owners, model.lately)):
        return "its owners are 32-bit floats, one an item"
    if not (_positive(model.owners) and _positive(model.lately)):
        return "its owners are positive and finite"
    if "" in model.items or any(one >= other for one, other in pairwise(model.items)):
        return "its items are distinct ids in ascending order"
    if indptr[0] != 0 or indptr[-1] != len(indices) or (np.diff(indptr) < 0).any():
        return "its bounds ascend from the first target to the last"
    if not _ascending(items, indptr, indices):
        return "each row names other items of the model, ascending"
    if not _positive(weights):
        return "its weights are positive and finite"
    return None


def _ascending(items: int, indptr: _Places, indices: _Places) -> bool:
    rows = np.repeat(np.arange(items, dtype=np.int64), np.diff(indptr))
    inside = (indices >= 0) & (indices < items) & (indices != rows)
    return bool(inside.all() and (np.diff(rows * items + indices) > 0).all())


def _positive(numbers: npt.NDArray[np.float32]) -> bool:
    return bool((np.isfinite(numbers) & (numbers > 0)).all())
