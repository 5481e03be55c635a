"""The oracle: the definitions of RFC 9162 §2.1 word for word, recursive and slow, beside a tree kept in a dictionary.

It shares nothing with the module under test, not even its hashes.
"""

from functools import cache
from hashlib import sha256

from fiel.core.consent.ledger import Node, grown
from fiel.core.ids import Digest


class NaiveTree:
    """All leaves at hand, each answer computed from its definition."""

    def __init__(self, entries: list[bytes]) -> None:
        self.leaves = [Digest(sha256(b"\x00" + entry).digest()) for entry in entries]
        # Only the hash of a range is remembered: exhaustive proofs ask for the same ranges thousands of times.
        self.over = cache(self._over)

    def root(self, size: int) -> Digest:
        """MTH(D[size])."""
        return self.over(0, size)

    def inclusion(self, index: int, size: int) -> tuple[Digest, ...]:
        """PATH(index, D[size])."""
        return self._path(index, 0, size)

    def consistency(self, old: int, new: int) -> tuple[Digest, ...]:
        """PROOF(old, D[new]), which is SUBPROOF(old, D[new], true)."""
        return self._subproof(old, 0, new, known=True)

    def _over(self, start: int, stop: int) -> Digest:
        if start == stop:
            return Digest(sha256().digest())
        if stop - start == 1:
            return self.leaves[start]
        middle = start + _k(stop - start)
        return Digest(sha256(b"\x01" + self.over(start, middle) + self.over(middle, stop)).digest())

    def _path(self, index: int, start: int, stop: int) -> tuple[Digest, ...]:
        if stop - start == 1:
            return ()
        middle = start + _k(stop - start)
        if start + index < middle:
            return (*self._path(index, start, middle), self.over(middle, stop))
        return (*self._path(start + index - middle, middle, stop), self.over(start, middle))

    def _subproof(self, old: int, start: int, stop: int, *, known: bool) -> tuple[Digest, ...]:
        if old == stop - start:
            return () if known else (self.over(start, stop),)
        k = _k(stop - start)
        if old <= k:
            return (*self._subproof(old, start, start + k, known=known), self.over(start + k, stop))
        return (*self._subproof(old - k, start + k, stop, known=False), self.over(start, start + k))


class KeptTree:
    """The complete subtrees as a store would keep them, grown one leaf at a time by the module under test."""

    def __init__(self, leaves: list[Digest]) -> None:
        self.kept: dict[tuple[int, int], Digest] = {}
        self.reads = 0
        for size, leaf in enumerate(leaves):
            for node in grown(size, leaf, fetch=self.fetch):
                self.keep(node)

    def keep(self, node: Node) -> None:
        """Store one node; a node is written once."""
        assert (node.level, node.index) not in self.kept
        self.kept[node.level, node.index] = node.hash

    def fetch(self, level: int, index: int) -> Digest:
        """Read one node; asking for one that is not there is an error."""
        self.reads += 1
        return self.kept[level, index]


def numbered(count: int) -> list[bytes]:
    """Entries that all differ, so that no two subtrees are alike."""
    return [f"entry {number}".encode() for number in range(count)]


def _k(count: int) -> int:
    """The largest power of two smaller than `count`."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power
