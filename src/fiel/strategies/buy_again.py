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

Habits change: with a `half_life` an event fades with the days since. Nothing is stored for it and nothing is to be
undone, since it fades when the ranking is made. On the shop's invoices it hardly matters, so there is none unless one
is asked for; on a grocer's receipts 120 days are better than none (bench/quality, tuned on the month before the last).

Source: Li, Jullien, Ariannezhad and de Rijke, "A Next Basket Recommendation Reality Check", TOIS 2023,
arXiv 2109.14233.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import fsum
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.compartment import Held
from fiel.core.use.cues import by_kind, own
from fiel.core.use.decision import Draw, Reads, Scored, Strategy, View
from fiel.core.use.untaught import Untaught
from fiel.numeric.fading import faded

READS: Final = Reads(properties=frozenset({"item"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyAgain(Untaught):
    """Rank by how many of the person's own events are about an item; ties by the latest.

    `half_life`: after how many days an event counts half; None lets it count whole for as long as it is held.
    """

    name: str = "buy_again"
    reads: Reads = READS
    infers: bool = True
    learns: bool = False
    half_life: float | None = None

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The person's own items that can be had, best first; none if nothing is held."""
        del model, draw
        left = partial(self._left, today=view.today)
        histories = own(view, candidates)
        counted = {item: fsum(map(left, events)) for item, events in histories.items()}
        best = sorted(histories, key=lambda item: (counted[item], _latest(histories[item]), item), reverse=True)[:k]
        return [_scored(item, histories[item], count=counted[item], left=left) for item in best]

    def _left(self, event: Held, *, today: date) -> float:
        """What an event still counts today."""
        return faded((today - event.on).days, self.half_life)


def _latest(events: Sequence[Held]) -> tuple[date, int]:
    return max((event.on, event.visit) for event in events)


def _scored(item: ItemId, events: Sequence[Held], *, count: float, left: Callable[[Held], float]) -> Scored:
    """A count of n scores n / (n + 1): more for one more, below 1, and the same whatever else somebody chose."""
    reasons = by_kind(item, events, weigh=lambda event: left(event) / (count + 1))
    return Scored(item=item, score=count / (count + 1), because=tuple(reasons))


STRATEGY: Final[Strategy[None]] = BuyAgain()
