"""The ledger's tree computed again from its leaves alone, beside the nodes that its writer stored (RFC 9162 §2.1)."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from fiel.core.canonical import canonical
from fiel.core.consent.ledger import EMPTY, leaf_hash, node_hash
from fiel.core.errors import FielError, Malformed
from fiel.core.ids import Digest, Position
from fiel.operations.audit.flaws import Findings, Flaw
from fiel.ports import Transaction


@dataclass(slots=True)
class Tree:
    """The Merkle tree over the leaves so far, as the hashes of its complete subtrees, largest first (RFC 9162 §2.1)."""

    size: int = 0
    peaks: list[Digest] = field(default_factory=list)

    def grow(self, leaf: Digest) -> Iterator[tuple[int, int, Digest]]:
        """Add a leaf; the (level, index, hash) of each subtree that it completes."""
        level, index, found = 0, self.size, leaf
        yield level, index, found
        while index & 1:
            level, index, found = level + 1, index >> 1, node_hash(self.peaks.pop(), found)
            yield level, index, found
        self.peaks.append(found)
        self.size += 1

    def root(self) -> Digest:
        """The root over the leaves so far."""
        if not self.peaks:
            return EMPTY
        *lefts, found = self.peaks
        for left in reversed(lefts):
            found = node_hash(left, found)
        return found


@dataclass(slots=True)
class Leaves:
    """What is remembered of the leaves: how many name each tag, and which tell of published versions.

    About a hundred bytes for each person and use case; the leaves themselves are let go.
    """

    tags: Counter[bytes] = field(default_factory=Counter)
    promises: set[bytes] = field(default_factory=set)


def growing(tx: Transaction, tree: Tree, *, leaves: Leaves, findings: Findings) -> Iterator[None]:
    """Grow the tree by all leaves, and stop after each, first of all before there is any."""
    yield
    for position in range(tx.ledger.size):
        hashed = _leaf(tx, Position(position), leaves=leaves, findings=findings)
        if hashed is None:
            return
        for level, index, derived in tree.grow(hashed):
            where = f"node {index} of level {level}"
            try:
                if tx.ledger.node(level, index) != derived:
                    findings.note(Flaw.NODE_DIFFERS, where)
            except FielError:
                findings.note(Flaw.NODE_MISSING, where)
        yield


def _leaf(tx: Transaction, position: Position, *, leaves: Leaves, findings: Findings) -> Digest | None:
    """The hash of one leaf; that of its node where the leaf is gone, and None where nothing is left of it."""
    try:
        leaf = tx.ledger.leaf(position)
    except FielError:
        findings.note(Flaw.LEAF_MISSING, f"entry {position}")
        try:
            return tx.ledger.node(0, position)
        except FielError:
            return None
    _remember(leaf, leaves, position=position, findings=findings)
    return leaf_hash(leaf)


def _remember(leaf: bytes, leaves: Leaves, *, position: Position, findings: Findings) -> None:
    match _parsed(leaf):
        case {"type": "choice" | "look", "tag": str(tag)}:
            leaves.tags[tag.encode()] += 1
        case {"type": "promise"}:
            leaves.promises.add(sha256(leaf).digest())
        case _:
            findings.note(Flaw.LEAF_MALFORMED, f"entry {position}")


def _parsed(leaf: bytes) -> object:
    """What a leaf says, if that is the one way to write it."""
    try:
        said = json.loads(leaf)
        return said if isinstance(said, dict) and canonical(said) == leaf else None
    except (ValueError, RecursionError, Malformed):
        return None
