"""What somebody told us they like, held against the shelves that items stand on. No model, nobody else's data.

When: the level `declared`, for people who say what they want and let nobody watch. It is a weak ranking (see the limits
in the documentation) and a fair one: everything it goes by was said by the person, and can be taken back word by word.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level, Source
>>> from fiel.core.use.gate import Fact
>>> shelf = {
...     ItemId("mug"): Item(id=ItemId("mug"), title={"en": "Mug"}, groups=frozenset({"kitchen", "gifts"})),
...     ItemId("pan"): Item(id=ItemId("pan"), title={"en": "Pan"}, groups=frozenset({"kitchen"})),
... }
>>> said = Fact(name="likes", value=("kitchen",), source=Source.DECLARED, on=date(2026, 3, 1))
>>> view = View(level=Level.DECLARED, today=date(2026, 3, 2), facts={"likes": said})
>>> [each.item for each in STRATEGY.rank(None, view, candidates=shelf, k=2, draw=lambda: 0.0)]
['pan', 'mug']

Source: content-based filtering in its plainest form, a Dice coefficient (Dice, "Measures of the Amount of Ecologic
Association Between Species", Ecology 26, 1945).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.text import Scalar
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Strategy, View
from fiel.core.use.untaught import Untaught

READS: Final = Reads(attributes=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(Untaught):
    """Rank by how well an item's shelves and the person's words agree; ties in the editorial order.

    The score is 1 for an item all of whose shelves were named once, and beyond it only if two attributes name the same.
    """

    name: str = "rules"
    reads: Reads = READS
    infers: bool = True
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The items on shelves that the person named, best first; none if they named none."""
        del model, draw
        wishes = tuple(_wishes(view))
        asked = Counter(wish.value for wish in wishes)
        words = frozenset(asked)
        found = [item for item in candidates.values() if item.available and not words.isdisjoint(item.groups)]
        best = nsmallest(k, [(-_agreement(asked, item.groups), place) for place, item in enumerate(found)])
        return [_scored(found[place], wishes, score=-score) for score, place in best]


def _wishes(view: View) -> Iterator[Reason]:
    """One reason for each word of each attribute, not weighed yet; a number or a yes names no shelf."""
    for name, fact in sorted(view.facts.items()):
        words = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        for word in sorted({word for word in words if isinstance(word, str)}):
            yield Reason(kind="attribute", name=name, value=word, weight=0.0, source=fact.source.value, on=fact.on)


def _agreement(asked: Counter[Scalar], groups: frozenset[str]) -> float:
    """Twice the wishes met over wishes and shelves: more wishes count for it, shelves nobody asked for against it."""
    met = sum(asked[group] for group in groups)
    return 2 * met / (met + len(groups))


def _scored(item: Item, wishes: Sequence[Reason], *, score: float) -> Scored:
    met = [wish for wish in wishes if wish.value in item.groups]
    because = tuple(replace(wish, weight=score / len(met)) for wish in met)
    return Scored(item=item.id, score=score, because=because)


STRATEGY: Final[Strategy[None]] = Rules()
