"""What most people chose, and before anybody did the editorial order: the same for everybody who asks.

When: level `none`, which is the answer for whoever said no, was never asked or cannot be weighed. It looks at nothing
of the person it answers. Only people who agreed to teach a use case are counted in it, once for each item.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("cup", "lamp", "tray")}
>>> model = STRATEGY.fit({("tray", ""): 40, ("lamp", ""): 10})
>>> nobody = View(level=Level.NONE, today=date(2026, 3, 2))
>>> [(each.item, each.score) for each in STRATEGY.rank(model, nobody, candidates=shelf, k=2, draw=lambda: 0.0)]
[('tray', 1.0), ('lamp', 0.25)]

Source: the yardstick of every comparison, and no weak one: Cremonesi, Koren and Turrin, "Performance of Recommender
Algorithms on Top-N Recommendation Tasks", RecSys 2010.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Annotated, Final, TypeAlias

import msgspec

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.cues import popular
from fiel.core.use.decision import Cells, Draw, Reads, Reason, Scored, Strategy, View
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import counts, negative

People: TypeAlias = Annotated[int, msgspec.Meta(gt=0, lt=2**53)]
"""How many people: a number that every reader of JSON can hold."""

Tiers: TypeAlias = tuple[tuple[People, tuple[ItemId, ...]], ...]
"""The items by how many people chose them, most first; those of equally many in the order of their ids."""


READS: Final = Reads()


@dataclass(frozen=True, slots=True, kw_only=True)
class Popular:
    """Rank by how many people taught each item; ties, and items nobody taught, in the editorial order."""

    name: str = "popular"
    reads: Reads = READS
    infers: bool = True
    learns: bool = True
    formula: str = "one for each item"

    def contribution(self, lesson: Lesson) -> Cells:
        """One for each distinct item: people are counted, not purchases."""
        return counts(dict.fromkeys(lesson.items, 1))

    def fit(self, total: Cells) -> Tiers:
        """The counts in order, pairs left aside; ValueError for a negative count."""
        if negative(total):
            raise ValueError("the total has a negative count: more was forgotten than was learnt; add it up again")
        tiers: defaultdict[int, list[ItemId]] = defaultdict(list)
        for (item, other), people in total.items():
            if not other and people:
                tiers[people].append(ItemId(item))
        return tuple((people, tuple(sorted(tiers[people]))) for people in sorted(tiers, reverse=True))

    def release(self, model: Tiers, total: Cells, *, seed: int) -> Tiers:
        """All of it: a count says how many, and never which items were one person's."""
        del total, seed
        return model

    def pack(self, model: Tiers) -> bytes:
        """JSON, the same bytes for the same counts."""
        return msgspec.json.encode(model)

    def unpack(self, packed: bytes) -> Tiers:
        """The counts; ValueError for bytes that `pack` did not write."""
        try:
            tiers = msgspec.json.decode(packed, type=Tiers)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise ValueError("these bytes are no counts of people by item; fit the model again") from None
        if self.pack(tiers) != packed or not _are_in_order(tiers):
            raise ValueError("these counts of people by item are not in order; fit the model again")
        return tiers

    def rank(
        self, model: Tiers | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The `k` most chosen, whoever asks, as shares of the most chosen of all; after them the editorial order."""
        del view, draw
        tiers = model or ()
        most = tiers[0][0] if tiers else 0
        chosen = list(islice(_chosen(tiers, candidates), k))
        known = {item for item, _ in chosen}
        others = (item for item, each in candidates.items() if each.available and item not in known)
        return [
            *(_popular(item, people, share=people / most) for item, people in chosen),
            *(_editorial(item, place, most=most) for place, item in enumerate(islice(others, k - len(chosen)))),
        ]


def _chosen(tiers: Tiers, candidates: Mapping[ItemId, Item]) -> Iterator[tuple[ItemId, int]]:
    """The candidates that people chose, most first; only where several are tied is their place looked up."""
    for people, items in tiers:
        tied = {item for item in items if item in candidates and candidates[item].available}
        for item in (each for each in candidates if each in tied) if len(tied) > 1 else tied:
            yield item, people


def _popular(item: ItemId, people: int, *, share: float) -> Scored:
    return Scored(item=item, score=share, because=(popular(people, weight=share),))


def _editorial(item: ItemId, place: int, *, most: int) -> Scored:
    """Below anything that even one person chose, and lower from place to place."""
    score = 1 / ((most + 1) * (place + 1))
    reason = Reason(kind="editorial", name="order", value=place + 1, weight=score)
    return Scored(item=item, score=score, because=(reason,))


def _are_in_order(tiers: Tiers) -> bool:
    names = [item for _, items in tiers for item in items]
    descend = all(one > other for (one, _), (other, _) in pairwise(tiers))
    ascend = all(items and all(one < other for one, other in pairwise(items)) for _, items in tiers)
    return descend and ascend and "" not in names and len(set(names)) == len(names)


STRATEGY: Final[Strategy[Tiers]] = Popular()
