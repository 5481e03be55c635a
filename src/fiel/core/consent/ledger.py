"""The ledger's mathematics: the Merkle tree that proves each entry, and its growth (RFC 9162 §2.1).

Not a store: whoever keeps the nodes passes a `Fetch`. Not a receipt either: a proof says nothing about the size it was
made for. A correct verifier accepts most proofs under a wrong neighbouring size too, so sizes and roots come from a
signed checkpoint alone (`fiel.core.consent.checkpoint`); nothing public takes them from a receipt or a request.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from fiel.core.errors import Malformed
from fiel.core.ids import Digest, Position

Fetch: TypeAlias = Callable[[int, int], Digest]
"""Reads one stored node: (level, index) to its hash. It is only asked for complete subtrees inside the size at hand."""

Proof: TypeAlias = tuple[Digest, ...]
"""The hashes of a proof in the order of RFC 9162: from the leaves to the root."""

EMPTY: Final = Digest(sha256(b"").digest())
"""The root of a ledger without entries (RFC 9162 §2.1.1)."""

_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A complete subtree: the hash of the 2**level leaves that begin at index · 2**level. Level 0 is a leaf."""

    level: int
    index: int
    hash: Digest


def leaf_hash(data: bytes) -> Digest:
    """The hash of one entry's bytes; its first byte keeps a leaf from ever passing for a node (RFC 9162 §2.1.1)."""
    return Digest(sha256(b"\x00" + data).digest())


def node_hash(left: Digest, right: Digest) -> Digest:
    """The hash of two neighbouring subtrees (RFC 9162 §2.1.1)."""
    return Digest(sha256(b"\x01" + left + right).digest())


def grown(size: int, leaf: Digest, *, fetch: Fetch) -> tuple[Node, ...]:
    """The nodes that one more `leaf` brings to a ledger of `size` entries: itself and each subtree it completes.

    They are to be stored in the transaction of the entry itself. `leaf` is a `leaf_hash`, and its index is `size`.
    Raises `Malformed` for a negative size.
    """
    if size < 0:
        raise Malformed("a ledger has no negative size")
    node = Node(level=0, index=size, hash=leaf)
    nodes = [node]
    while node.index & 1:
        left = fetch(node.level, node.index - 1)
        node = Node(level=node.level + 1, index=node.index >> 1, hash=node_hash(left, node.hash))
        nodes.append(node)
    return tuple(nodes)


def root(size: int, fetch: Fetch) -> Digest:
    """The root over the first `size` entries; reads at most one node a binary digit of the size.

    Raises `Malformed` for a negative size.
    """
    if size < 0:
        raise Malformed("a ledger has no negative size")
    return _span(0, size, fetch) if size else EMPTY


def prove_inclusion(index: Position, size: int, *, fetch: Fetch) -> Proof:
    """The path from the leaf at `index` to the root over the first `size` entries (RFC 9162 §2.1.3.1).

    Raises `Malformed` unless 0 ≤ index < size.
    """
    if not 0 <= index < size:
        raise Malformed("an entry can only be proved in a ledger that holds it", hint="0 ≤ index < size")
    path: list[Digest] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_span(middle, stop, fetch))
            stop = middle
        else:
            path.append(_span(start, middle, fetch))
            start = middle
    return tuple(reversed(path))


def prove_consistency(old: int, new: int, *, fetch: Fetch) -> Proof:
    """The hashes that show the first `old` of `new` entries to be the very ones there were (RFC 9162 §2.1.4.1).

    Empty when the sizes are equal, and when the old ledger is empty: every ledger extends that one.
    Raises `Malformed` unless 0 ≤ old ≤ new.
    """
    if not 0 <= old <= new:
        raise Malformed("a ledger can only be compared with an earlier state of itself", hint="0 ≤ from ≤ to")
    if old == 0:
        return ()
    path: list[Digest] = []
    start, stop = 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_span(middle, stop, fetch))
            stop = middle
        else:
            path.append(_span(start, middle, fetch))
            start = middle
    # What begins at the first entry is the old root, which the verifier holds already.
    if start:
        path.append(_span(start, stop, fetch))
    return tuple(reversed(path))


def root_from_inclusion(leaf: Digest, *, index: Position, size: int, path: Sequence[Digest]) -> Digest | None:
    """The root that `path` leads to from `leaf`, or None if no path has that shape there (RFC 9162 §2.1.3.2).

    Warning: `size` must be a signed checkpoint's, and the answer be compared with the same checkpoint's root. Under a
    wrong neighbouring size most proofs still lead to the right root; so call `checkpoint.includes` where there is one.
    """
    if not (0 <= index < size and _whole(leaf, *path)):
        return None
    found, place, last = leaf, int(index), size - 1
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistent(*, old_size: int, old_root: Digest, new_size: int, new_root: Digest, path: Sequence[Digest]) -> bool:
    """Whether `path` shows that the new ledger begins with the old one (RFC 9162 §2.1.4.2).

    Warning: both sizes and roots must be signed checkpoints'. Under a wrong neighbouring size most proofs still hold;
    so call `checkpoint.extends`. Where the RFC is silent: equal sizes need equal roots and no path; a ledger without
    entries, known by its `EMPTY` root, is extended by every other without a path.
    """
    if not (0 <= old_size <= new_size and _whole(old_root, new_root, *path)):
        return False
    if old_size == 0 and old_root != EMPTY:
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    if old_size == 0 or not path:
        return old_size == 0 and not path
    first, *rest = path if old_size & (old_size - 1) else (old_root, *path)
    old, new, place, last = first, first, old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    for sibling in rest:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _span(start: int, stop: int, fetch: Fetch) -> Digest:
    """The hash over leaves start … stop − 1, where start is a multiple of every subtree that the span holds."""
    *lefts, total = [fetch(level, index) for level, index in _complete(start, stop)]
    for left in reversed(lefts):
        total = node_hash(left, total)
    return total


def _complete(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The (level, index) of the complete subtrees that tile a span, the largest first."""
    while start < stop:
        level = (stop - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _split(size: int) -> int:
    """The largest power of two below `size`: how many leaves the left subtree takes."""
    return 1 << ((size - 1).bit_length() - 1)


def _whole(*digests: Digest) -> bool:
    return all(len(digest) == _DIGEST_BYTES for digest in digests)
