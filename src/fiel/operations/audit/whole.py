"""Going through the whole ledger: leaves, nodes, checkpoints, entries, standings.

What is wrong comes back as values. What this cannot show is whether there are two ledgers; for that, checkpoints must
have been given to somebody else. What it cannot miss is an entry taken away: its leaf stays, and counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from fiel.core.consent.checkpoint import Checkpoint, Verify, open_note
from fiel.core.consent.leaf import promise_leaf
from fiel.core.ids import Digest
from fiel.operations.audit.flaws import Findings, Flaw, Found
from fiel.operations.audit.refold import Walk
from fiel.operations.audit.rehash import Leaves, Tree, growing
from fiel.operations.house import House
from fiel.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was derived: the ledger's size and root, people and entries gone through, and what was found, if anything.

    `more` counts the findings beyond the first `MOST_FINDINGS`.
    """

    size: int
    root: Digest
    people: int
    entries: int
    findings: tuple[Found, ...]
    more: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def audit(
    house: House,
    *,
    verify: Verify,
    checkpoints: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _done: None,
) -> Audit:
    """Derive everything again, as it stood at one instant.

    `verify` asks the ledger's key. `checkpoints` are signed notes that somebody kept; `progress` hears of each leaf and
    of each person, as one step.
    """
    findings, tree, leaves = Findings(), Tree(), Leaves()
    opened = _opened(house, checkpoints, verify=verify, findings=findings)
    with house.store.read() as tx:
        for _ in growing(tx, tree, leaves=leaves, findings=findings):
            _compare(tree, opened.pop(tree.size, ()), findings=findings)
            progress(1)
        for size in opened:
            findings.note(Flaw.CHECKPOINT_AHEAD, f"checkpoint of {size} entries, ledger of {tree.size}")
        _versions(tx, leaves, findings=findings)
        walk = Walk(house, tx, size=tree.size, leaves=leaves, findings=findings)
        walk.everybody(progress)
    return Audit(
        size=tree.size,
        root=tree.root(),
        people=walk.people,
        entries=walk.entries,
        findings=tuple(findings.kept),
        more=findings.more,
    )


def _opened(
    house: House, notes: Sequence[str], *, verify: Verify, findings: Findings
) -> dict[int, tuple[Checkpoint, ...]]:
    """The checkpoints that the ledger's key signed, by their size."""
    opened: dict[int, tuple[Checkpoint, ...]] = {}
    for number, note in enumerate(notes, start=1):
        found = open_note(note, name=house.signer.origin, public_key=house.signer.public_key, verify=verify)
        if isinstance(found, Checkpoint):
            opened[found.size] = (*opened.get(found.size, ()), found)
        else:
            findings.note(Flaw.CHECKPOINT_UNREADABLE, f"checkpoint number {number}: {found.value}")
    return opened


def _compare(tree: Tree, checkpoints: Sequence[Checkpoint], *, findings: Findings) -> None:
    for checkpoint in checkpoints:
        if checkpoint.root != tree.root():
            findings.note(Flaw.CHECKPOINT_DIFFERS, f"checkpoint of {checkpoint.size} entries")


def _versions(tx: Transaction, leaves: Leaves, *, findings: Findings) -> None:
    for use_case in tx.promises.use_cases():
        for each in tx.promises.history(use_case):
            leaf = promise_leaf(use_case, each.version, at=each.at, approved_by=each.approved_by)
            if sha256(leaf).digest() not in leaves.promises:
                findings.note(Flaw.VERSION_UNDECLARED, f"use case `{use_case}`, version {each.ordinal}")
