"""What most people who share their data chose; before anybody did, the order of the catalogue.

It reads nothing about the person it is shown to, so it is also the answer for whoever said no.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import Cells, Draw, Reads, Reason, Scored, View

Counts = Mapping[str, int]
"""People by item."""


@dataclass(frozen=True, slots=True)
class Popular:
    """Rank by the number of people; ties, and what nobody chose yet, in the editorial order."""

    name: str = "popular"
    reads: Reads = Reads()
    infers: bool = True
    learns: bool = True

    def contribution(self, items: Sequence[ItemId]) -> Cells:
        """One for each item."""
        return {(item, ""): 1 for item in items}

    def fit(self, total: Cells) -> Counts:
        """The counts themselves."""
        return {item: count for (item, _), count in sorted(total.items())}

    def pack(self, model: Counts) -> bytes:
        """JSON."""
        return json.dumps(dict(model), sort_keys=True, separators=(",", ":")).encode()

    def unpack(self, packed: bytes) -> Counts:
        """The counts; ValueError for anything else."""
        counts = json.loads(packed)
        if not isinstance(counts, dict) or not all(type(count) is int and count >= 0 for count in counts.values()):
            raise ValueError("these are not the counts of people by item")
        return counts

    def rank(
        self, model: Counts | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The most chosen first, whoever asks."""
        del view, draw
        counts = model or {}
        most = max((counts.get(item, 0) for item in candidates), default=0)
        available = [item for item, each in candidates.items() if each.available]
        ranked = sorted(available, key=lambda item: -counts.get(item, 0))[:k]
        return [_scored(item, counts.get(item, 0) / most if most else 0.0) for item in ranked]


def _scored(item: ItemId, share: float) -> Scored:
    kind = "popular" if share else "editorial"
    return Scored(item=item, score=share, because=(Reason(kind=kind, name=kind, value=True, weight=share),))


STRATEGY = Popular()
