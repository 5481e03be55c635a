"""What the person chose before, most often first. It needs nobody else's data; where people buy again it is hard to beat.

Source: own counts against learned models, measured on two shops (docs/explanation/limits); Li et al., TOIS 2023,
arXiv 2109.14233.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Untaught, View


@dataclass(frozen=True, slots=True)
class BuyAgain(Untaught):
    """Rank by how often an item occurs in the person's own events; ties, the latest first."""

    name: str = "buy_again"
    reads: Reads = Reads(properties=frozenset({"item", "quantity"}))
    infers: bool = True
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The person's own items, one point an event; none if nothing is held."""
        del model, draw
        named = [(ItemId(str(event.properties["item"])), event) for event in view.events if "item" in event.properties]
        known = [(item, event) for item, event in named if item in candidates and candidates[item].available]
        scored = [
            _scored(item, [event for _, event in events])
            for item, events in groupby(sorted(known, key=lambda pair: pair[0]), key=lambda pair: pair[0])
        ]
        return sorted(scored, key=lambda each: (-each.score, -_latest(each)))[:k]


def _scored(item: ItemId, events: Sequence[Held]) -> Scored:
    reasons = [
        Reason(kind=event.name, name="item", value=item, weight=1.0, source="observed", on=event.on) for event in events
    ]
    reasons.sort(key=lambda reason: reason.on or date.min, reverse=True)
    return Scored(item=item, score=float(len(reasons)), because=tuple(reasons))


def _latest(scored: Scored) -> int:
    return max((reason.on.toordinal() for reason in scored.because if reason.on), default=0)


STRATEGY = BuyAgain()
