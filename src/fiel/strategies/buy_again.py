"""What somebody chose before, most often first. It needs nobody else's data and no model; taking it back deletes it.

When: people repeat, as with groceries, supplies and refills; there a plain count is hard to beat by any learnt model.
It shows nothing new, and nothing to somebody new: put a level before it that does.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> from fiel.core.use.compartment import Held
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("soap", "tea")}
>>> bought = [("tea", 1), ("soap", 8), ("tea", 15)]
>>> events = tuple(
...     Held(name="purchase", on=date(2026, 3, day), visit=visit, properties={"item": item})
...     for visit, (item, day) in enumerate(bought, start=1)
... )
>>> view = View(level=Level.OBSERVED, today=date(2026, 3, 20), events=events)
>>> [each.item for each in STRATEGY.rank(None, view, candidates=shelf, k=2, draw=lambda: 0.0)]
['tea', 'soap']

How many pieces were bought is not read: on the shop's invoices, pieces rank worse than events, and as a tie-break they
add less than the day that is held anyway. What does not help is not needed (GDPR art. 5(1)(c)).

Source: Li, Jullien, Ariannezhad and de Rijke, "A Next Basket Recommendation Reality Check", TOIS 2023,
arXiv 2109.14233.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Source
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Strategy, Untaught, View

READS: Final = Reads(properties=frozenset({"item"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyAgain(Untaught):
    """Rank by how many of the person's own events are about an item; ties by the latest."""

    name: str = "buy_again"
    reads: Reads = READS
    infers: bool = True
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The person's own items that can be had, best first; none if nothing is held."""
        del model, draw
        own: defaultdict[ItemId, list[Held]] = defaultdict(list)
        for event in view.events:
            item = event.properties.get("item")
            if isinstance(item, str):
                own[ItemId(item)].append(event)
        available = [item for item in own if item in candidates and candidates[item].available]
        best = sorted(available, key=lambda item: (len(own[item]), _latest(own[item]), item), reverse=True)[:k]
        return [_scored(item, own[item]) for item in best]


def _latest(events: Sequence[Held]) -> tuple[date, int]:
    return max((event.on, event.visit) for event in events)


def _scored(item: ItemId, events: Sequence[Held]) -> Scored:
    """The score of n events is n / (n + 1): more for one more, below 1, and the same whatever else somebody chose."""
    score = len(events) / (len(events) + 1)
    latest: dict[str, date] = {}
    for event in events:
        latest[event.name] = max(event.on, latest.get(event.name, event.on))
    kinds = Counter(event.name for event in events)
    reasons = [
        Reason(
            kind=name,
            name="item",
            value=item,
            weight=score * times / len(events),
            source=Source.OBSERVED.value,
            on=latest[name],
        )
        for name, times in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Scored(item=item, score=score, because=tuple(reasons))


STRATEGY: Final[Strategy[None]] = BuyAgain()
