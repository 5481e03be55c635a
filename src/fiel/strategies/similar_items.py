"""What goes with what somebody chose or is looking at, as learnt from the people who said yes to teaching it.

When: levels `context` (nothing stored: the item on the page) and `observed`, to find what is new to a person. It needs
a model, and a model needs people: before there is one, nothing is ranked here and the level below answers.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> from fiel.numeric.contributions import summed
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("cup", "saucer", "rake")}
>>> baskets = [("cup", "saucer"), ("cup", "saucer"), ("rake",)]
>>> model = STRATEGY.fit(summed(STRATEGY.contribution([ItemId(each) for each in basket]) for basket in baskets))
>>> view = View(level=Level.CONTEXT, today=date(2026, 3, 2), context={"item": "cup"})
>>> [each.item for each in STRATEGY.rank(model, view, candidates=shelf, k=2, draw=lambda: 0.0)]
['saucer']

Source: EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, arXiv 1905.03375), solved from the
sum of people's pairs of items, so that forgetting somebody is subtraction. The reasons are the terms of the score.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Source
from fiel.core.use.decision import Cells, Draw, Reads, Reason, Scored, Strategy, View
from fiel.numeric.contributions import gram
from fiel.numeric.ease import Neighbours, decode, encode, fit, score, terms

CONTEXT: Final = "context"
"""The kind of a reason that is not about the person: what the page shows just now."""


READS: Final = Reads(context=frozenset({"item"}), properties=frozenset({"item"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarItems:
    """Rank by the summed weights from the distinct items of the person's events and of the present context.

    `ridge`: how many people a rare pair must outweigh (200: tuned on people of Online Retail set aside). `neighbours`:
    how many items one item may speak for. `at_most_items`: how many a model may have; those of fewest people stay out.
    """

    name: str = "similar_items"
    reads: Reads = READS
    infers: bool = True
    learns: bool = True
    ridge: float = 200.0
    neighbours: int = 100
    at_most_items: int = 10_000

    def contribution(self, items: Sequence[ItemId]) -> Cells:
        """One for every pair of distinct items, and for every item with itself."""
        return gram(items)

    def fit(self, total: Cells) -> Neighbours:
        """The nearest items of every item; ValueError for a total that no people add up to."""
        return fit(total, ridge=self.ridge, neighbours=self.neighbours, at_most_items=self.at_most_items)

    def pack(self, model: Neighbours) -> bytes:
        """The arrays and a digest over them."""
        return encode(model)

    def unpack(self, packed: bytes) -> Neighbours:
        """The model; ValueError for bytes that were cut short, altered or are none."""
        return decode(packed)

    def rank(
        self, model: Neighbours | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The nearest items that are not themselves what one goes by; none if the model knows nothing of that."""
        del draw
        sources = dict(_sources(view))
        names = list(sources)
        if model is None or not model.known(names):
            return ()
        best: list[Scored] = []
        for place, total in _descending(score(model, names)):
            if len(best) == k:
                break
            item = ItemId(model.items[place])
            if item not in sources and item in candidates and candidates[item].available:
                reasons = (sources[name].weighing(weight) for name, weight in terms(model, names, item))
                best.append(Scored(item=item, score=total, because=tuple(reasons)))
        return best


@dataclass(frozen=True, slots=True)
class _Source:
    """Why an item is among those that one goes by."""

    kind: str
    item: str
    origin: str
    on: date | None

    def weighing(self, weight: float) -> Reason:
        return Reason(kind=self.kind, name="item", value=self.item, weight=weight, source=self.origin, on=self.on)


def _sources(view: View) -> Iterator[tuple[str, _Source]]:
    """By item, later ones in place of earlier ones: what was chosen last, and before all that what is looked at now."""
    for event in view.events:
        item = event.properties.get("item")
        if isinstance(item, str):
            yield item, _Source(event.name, item, Source.OBSERVED.value, event.on)
    looked_at = view.context.get("item")
    for item in looked_at if isinstance(looked_at, tuple) else (looked_at,):
        if isinstance(item, str):
            yield item, _Source(CONTEXT, item, CONTEXT, None)


def _descending(scores: npt.NDArray[np.float64]) -> Iterator[tuple[int, float]]:
    """The places with a positive score, the highest first, and of equal ones the first."""
    positive = np.flatnonzero(scores > 0)
    order = positive[np.argsort(-scores[positive], kind="stable")]
    return zip(order.tolist(), scores[order].tolist(), strict=True)


STRATEGY: Final[Strategy[Neighbours]] = SimilarItems()
