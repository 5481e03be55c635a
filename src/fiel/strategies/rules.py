"""What the person told us they like, held against the shelves that items stand on. No model, nobody else's data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Untaught, View


@dataclass(frozen=True, slots=True)
class Rules(Untaught):
    """Rank by how many declared words are groups of the item; ties in the editorial order."""

    name: str = "rules"
    reads: Reads = Reads(attributes=True)
    infers: bool = True
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The items on most of the shelves that the person named; none if they named none."""
        del model, draw
        wishes = tuple(_wishes(view))
        if not wishes:
            return ()
        scored = [
            Scored(item=item, score=sum(reason.weight for reason in because), because=because)
            for item, each in candidates.items()
            if each.available and (because := tuple(wish for wish in wishes if wish.value in each.groups))
        ]
        return sorted(scored, key=lambda each: -each.score)[:k]


def _wishes(view: View) -> Iterator[Reason]:
    """One reason for each declared word; together they weigh one."""
    words = [
        (fact, word)
        for _, fact in sorted(view.facts.items())
        for word in (fact.value if isinstance(fact.value, tuple) else (fact.value,))
        if isinstance(word, str)
    ]
    for fact, word in words:
        yield Reason(
            kind="attribute", name=fact.name, value=word, weight=1 / len(words), source=fact.source.value, on=fact.on
        )


STRATEGY = Rules()
