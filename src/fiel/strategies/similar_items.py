"""What goes with what somebody chose or is looking at, as learnt from the people who said yes to teaching it.

When: levels `context` (nothing stored: the item on the page) and `observed`, to find what is new to a person. It needs
a model, and a model needs people: before there is one, nothing is ranked here and the level below answers.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> from fiel.core.use.lesson import Lesson
>>> from fiel.numeric.contributions import summed
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("cup", "saucer", "rake")}
>>> baskets = [("cup", "saucer"), ("cup", "saucer"), ("rake",)]
>>> lessons = [Lesson.of(basket, month=date(2026, 2, 1)) for basket in baskets]
>>> model = STRATEGY.fit(summed(STRATEGY.contribution(lesson) for lesson in lessons))
>>> view = View(level=Level.CONTEXT, today=date(2026, 3, 2), context={"item": "cup"})
>>> [each.item for each in STRATEGY.rank(model, view, candidates=shelf, k=2, draw=lambda: 0.0)]
['saucer']

Method: each item is explained by all others in one regression that is solved in closed form (Steck, "Embarrassingly
Shallow Autoencoders for Sparse Data", WWW 2019, arXiv 1905.03375), with a second penalty that grows with how common an
item is (Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020); see `fiel.numeric.ease`. A person
weighs one over the root of how many items they have, in whole thousandths: who buys for a whole shop does not speak for
everybody, and what was added is still subtracted to the last bit. What somebody chose long ago speaks more softly. The
reasons are the terms of the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.cues import cues
from fiel.core.use.decision import Draw, Reads, Scored, Strategy, View
from fiel.numeric.contributions import PERSON
from fiel.numeric.ease import Neighbours, Tuning, descending, score, terms
from fiel.numeric.fading import faded
from fiel.numeric.noise import Noise
from fiel.numeric.pairs import NOISE, LearnsPairs

READS: Final = Reads(context=frozenset({"item"}), properties=frozenset({"item"}))

TUNED: Final = Tuning(
    ridge=5.0, dropout=0.7, rarity=0.3, neighbours=30, at_most_items=10_000, person=PERSON, together=NOISE.together
)
"""Chosen on people of Online Retail who were set aside for it (bench/quality, the validation half of its splits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarItems(LearnsPairs):
    """Rank by the summed weights from the distinct items of the person's events and of the present context.

    `tuning`: how the total is solved. `half_life`: after how many days an item of the person's own speaks half as
    loud; None for no matter when. What is looked at now always speaks aloud.
    """

    name: str = "similar_items"
    reads: Reads = READS
    infers: bool = True
    learns: bool = True
    tuning: Tuning = TUNED
    noise: Noise = NOISE
    half_life: float | None = 60.0

    def rank(
        self, model: Neighbours | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The nearest items that are not themselves what one goes by; none if the model knows nothing of that."""
        del draw
        sources = cues(view)
        loud = {name: faded(cue.age(view.today), self.half_life) for name, cue in sources.items()}
        if model is None or not model.known(loud):
            return ()
        best: list[Scored] = []
        for place, total in descending(score(model, loud)):
            if len(best) == k:
                break
            item = ItemId(model.items[place])
            if item not in sources and item in candidates and candidates[item].available:
                reasons = (sources[name].weighing(weight) for name, weight in terms(model, loud, item))
                best.append(Scored(item=item, score=total, because=tuple(reasons)))
        return best


STRATEGY: Final[Strategy[Neighbours]] = SimilarItems()
