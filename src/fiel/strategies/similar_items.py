"""What goes with what the person chose, or is looking at, as learnt from those who said yes to teaching.

EASE (Steck, WWW 2019, arXiv 1905.03375): a closed form of the sum of people's item pairs, so that forgetting somebody is
subtraction. A slate's reasons are the very terms that its scores are sums of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import Cells, Draw, Reads, Reason, Scored, View
from fiel.numeric.contributions import gram
from fiel.numeric.ease import Neighbours, decode, encode, fit, score, terms

RIDGE: Final = 200.0
"""The regularisation tuned on validation people of Online Retail."""

NEIGHBOURS: Final = 100
"""How many neighbours of each item are kept."""

MOST_ITEMS: Final = 10_000
"""How many items a model may have; the rest, those of the fewest people, are left to other strategies."""


@dataclass(frozen=True, slots=True)
class SimilarItems:
    """Rank by the summed weights from the items of the person's events and of the present context."""

    name: str = "similar_items"
    reads: Reads = Reads(context=frozenset({"item"}), properties=frozenset({"item"}))
    infers: bool = True
    learns: bool = True

    def contribution(self, items: Sequence[ItemId]) -> Cells:
        """Every pair of the items once, and every item with itself."""
        return gram(items)

    def fit(self, total: Cells) -> Neighbours:
        """The neighbours of every item."""
        return fit(total, ridge=RIDGE, neighbours=NEIGHBOURS, at_most_items=MOST_ITEMS)

    def pack(self, model: Neighbours) -> bytes:
        """Arrays with a seal."""
        return encode(model)

    def unpack(self, packed: bytes) -> Neighbours:
        """The neighbours; ValueError if the seal is broken."""
        return decode(packed)

    def rank(
        self, model: Neighbours | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The nearest neighbours of what the person chose that they did not choose yet; none if nothing is known."""
        del draw
        sources = dict(_sources(view))
        if model is None or not model.known(list(sources)):
            return ()
        scores = score(model, list(sources))
        best: list[Scored] = []
        for place in np.argsort(-scores, kind="stable"):
            if len(best) == k or scores[place] <= 0:
                break
            item = ItemId(model.items[place])
            if item not in sources and item in candidates and candidates[item].available:
                best.append(_scored(model, item, sources=sources, score=float(scores[place])))
        return best


@dataclass(frozen=True, slots=True)
class _Source:
    kind: str
    origin: str
    on: date | None


def _sources(view: View) -> Iterator[tuple[str, _Source]]:
    """The items to go by; what is looked at now comes last, so that it is what is named where both hold."""
    for event in view.events:
        item = event.properties.get("item")
        if isinstance(item, str):
            yield item, _Source(event.name, "observed", event.on)
    looked_at = view.context.get("item", ())
    for item in looked_at if isinstance(looked_at, tuple) else (looked_at,):
        if isinstance(item, str):
            yield item, _Source("context", "context", None)


def _scored(model: Neighbours, item: ItemId, *, sources: Mapping[str, _Source], score: float) -> Scored:
    reasons = tuple(
        Reason(
            kind=sources[name].kind,
            name="item",
            value=name,
            weight=weight,
            source=sources[name].origin,
            on=sources[name].on,
        )
        for name, weight in terms(model, list(sources), item)
    )
    return Scored(item=item, score=score, because=reasons)


STRATEGY = SimilarItems()
