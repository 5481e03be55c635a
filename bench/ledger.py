"""The ledger's own cost, in memory: what a leaf and a proof take beside the hashes that they cannot do without."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count, cycle

from bench.figures import Figure, beside
from fiel.core.consent.ledger import grown, leaf_hash, prove_inclusion
from fiel.core.ids import Digest, Position

LEAVES = 1 << 17
ENTRY = b"x" * 256
STRIDE = 7_919  # a prime, so that the leaves asked for are spread over the whole ledger


def figures() -> Iterator[Figure]:
    """Append to a ledger of 131,072 leaves, then prove leaves of it."""
    nodes: dict[tuple[int, int], Digest] = {}
    sizes = count()

    def fetch(level: int, index: int) -> Digest:
        return nodes[level, index]

    def append() -> None:
        for node in grown(next(sizes), leaf_hash(ENTRY), fetch=fetch):
            nodes[node.level, node.index] = node.hash

    def hash_alone() -> None:
        sha256(ENTRY)
        sha256(ENTRY)

    for _ in range(LEAVES):
        append()
    yield beside("ledger: append a leaf", append, peer=hash_alone, peer_name="its two hashes alone", calls=2000)

    asked = cycle(range(0, LEAVES, STRIDE))

    def prove() -> object:
        return prove_inclusion(Position(next(asked)), LEAVES, fetch=fetch)

    def look_up() -> object:
        return [fetch(0, index) for index in range(17)]

    yield beside("ledger: prove a leaf", prove, peer=look_up, peer_name="17 look-ups alone", calls=2000)
