"""What an audit of the ledger may find, each as a value that names places and use cases, and nobody.

Not how it is found: `rehash` looks at leaves and nodes, `refold` at entries and standings.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_FINDINGS: Final = 1_000
"""Findings that are kept; further ones are counted."""


class Flaw(StrEnum):
    """What may be wrong."""

    LEAF_MISSING = "leaf_missing"
    """A leaf within the ledger's size is not there."""
    LEAF_MALFORMED = "leaf_malformed"
    """A leaf is of no known form."""
    NODE_MISSING = "node_missing"
    """The hash of a complete subtree is not there."""
    NODE_DIFFERS = "node_differs"
    """The hash of a complete subtree is not that of its leaves."""
    CHECKPOINT_UNREADABLE = "checkpoint_unreadable"
    """A checkpoint is none that this ledger's key signed."""
    CHECKPOINT_AHEAD = "checkpoint_ahead"
    """The ledger is shorter than it was when a checkpoint was signed."""
    CHECKPOINT_DIFFERS = "checkpoint_differs"
    """The ledger's beginning is not what it was when a checkpoint was signed."""
    VERSION_UNDECLARED = "version_undeclared"
    """A published version of a use case has no leaf."""
    ENTRY_UNPROVED = "entry_unproved"
    """An entry is not what its leaf commits to."""
    ENTRIES_DISORDERED = "entries_disordered"
    """The entries of somebody are not in the order of the ledger."""
    ENTRIES_MISSING = "entries_missing"
    """The ledger holds another number of entries of somebody than the store."""
    STANDING_DIFFERS = "standing_differs"
    """A standing is not what the entries add up to."""
    STANDING_OF_NOBODY = "standing_of_nobody"
    """There are standings that belong to nobody who has entries."""
    UNREADABLE = "unreadable"
    """Somebody's identity or entries cannot be opened."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong, and where."""

    flaw: Flaw
    where: str


@dataclass(slots=True)
class Findings:
    """What was found so far; `more` counts what is beyond the first `MOST_FINDINGS`."""

    kept: list[Found] = field(default_factory=list)
    more: int = 0

    def note(self, flaw: Flaw, where: str) -> None:
        """Add one, or count it."""
        if len(self.kept) < MOST_FINDINGS:
            self.kept.append(Found(flaw, where))
        else:
            self.more += 1
