"""What somebody chooses again, what goes with it and what most people choose, weighed against each other in one list.

When: level `observed`, where people repeat and also try what is new, as in most shops. Where they only repeat, a plain
count (`buy_again`) needs nobody's teaching; where they never do, `similar_items` shows only what is new.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> from fiel.core.use.compartment import Held
>>> from fiel.core.use.lesson import Lesson
>>> from fiel.numeric.contributions import summed
>>> shelf = {ItemId(name): Item(id=ItemId(name), title={"en": name}) for name in ("cup", "saucer", "rake")}
>>> baskets = [("cup", "saucer"), ("cup", "saucer"), ("rake",)]
>>> lessons = [Lesson.of(basket, month=date(2026, 2, 1)) for basket in baskets]
>>> model = STRATEGY.fit(summed(STRATEGY.contribution(lesson) for lesson in lessons))
>>> bought = Held(name="purchase", on=date(2026, 3, 1), visit=1, properties={"item": "cup"})
>>> view = View(level=Level.OBSERVED, today=date(2026, 3, 2), events=(bought,))
>>> [each.item for each in STRATEGY.rank(model, view, candidates=shelf, k=3, draw=lambda: 0.0)]
['cup', 'saucer', 'rake']

The score is a plain sum, so its terms are its reasons: the person's own fading count of the item, what their other
items say for it, and how many choose it lately. What is in season is lifted and what is over sinks. For that a person
adds their weight to the month they last chose an item in, and months fade only when the total is fitted: so forgetting
stays a subtraction. The settings were chosen on the month before the one that is predicted (bench/quality). An item
that is looked at now is a cue and is not offered.

Source: the count is that of Li, Jullien, Ariannezhad and de Rijke, "A Next Basket Recommendation Reality Check", TOIS
2023, arXiv 2109.14233; the similarity that of Steck, WWW 2019 and NeurIPS 2020 (`fiel.numeric.ease`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from math import fsum
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.compartment import Held
from fiel.core.use.cues import Cue, by_kind, cues, own, popular
from fiel.core.use.decision import Draw, Reads, Reason, Scored, Strategy, View
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import PERSON, Cells, monthly, share
from fiel.numeric.ease import Neighbours, Tuning, descending, fit, score, terms
from fiel.numeric.fading import faded
from fiel.numeric.noise import Noise
from fiel.numeric.pairs import NOISE, LearnsPairs

READS: Final = Reads(context=frozenset({"item"}), properties=frozenset({"item"}))

TUNED: Final = Tuning(
    ridge=30.0,
    dropout=0.2,
    rarity=0.2,
    neighbours=100,
    at_most_items=10_000,
    person=PERSON,
    together=NOISE.together,
    fading=15.0,
)
"""Chosen by `bench/quality` on the month before the last, of Online Retail and of Complete Journey."""

_LEAST: Final = 2.0**-100
"""Below what any item weighs."""

NOBODY: Final = fit({}, TUNED)
"""The model before anybody taught: it knows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend(LearnsPairs):
    """Rank by `again` × own fading count + `akin` × what the person's items speak for + `popular` × share of people.

    People count in the share as of late (`tuning.fading`), and by its root. Whatever is chosen more than usual lately
    is lifted: as what goes with something else by the power of `trend`, as something to repeat by that of `season`.
    `habit` and `interest` are half-lives in days: how long an event counts as something to repeat, and how long its
    item speaks for others; None for no matter when. A weight of zero leaves its part out.
    """

    formula: ClassVar[str] = "pairs and months over the root of items, in thousandths"
    name: str = "blend"
    reads: Reads = READS
    infers: bool = True
    learns: bool = True
    again: float = 1.0
    akin: float = 4.0
    popular: float = 0.1
    trend: float = 1.25
    season: float = 0.15
    habit: float | None = 120.0
    interest: float | None = 90.0
    tuning: Tuning = TUNED
    noise: Noise = NOISE

    def contribution(self, lesson: Lesson) -> Cells:
        """The person's weight for every pair of distinct items and every item, and for every item by its month."""
        return {**share(lesson.items), **monthly(lesson.items)}

    def rank(
        self, model: Neighbours | None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """The best of what is known and what is new; without a model what is known; none with nothing to go by."""
        del draw
        taught = NOBODY if model is None else model
        asked = self._asked(view, candidates)
        if not asked.histories and not taught.known(asked.loud):
            return ()
        offered = (
            (item, total)
            for item, total in self._ordered(taught, asked)
            if item not in asked.looked_at and item in candidates and candidates[item].available
        )
        return [
            Scored(item=item, score=total, because=self._because(taught, asked, item))
            for item, total in islice(offered, k)
        ]

    def _asked(self, view: View, candidates: Mapping[ItemId, Item]) -> "_Asked":
        sources = cues(view)
        return _Asked(
            sources=sources,
            loud={name: faded(cue.age(view.today), self.interest) for name, cue in sources.items()},
            looked_at=frozenset(name for name, cue in sources.items() if cue.on is None),
            histories=own(view, candidates),
            counted=lambda event: self.again * faded((view.today - event.on).days, self.habit),
        )

    def _ordered(self, model: Neighbours, asked: "_Asked") -> Iterator[tuple[ItemId, float]]:
        """All items with their scores, best first: those of the model, and the person's own that it does not know."""
        scores = self.akin * score(model, asked.loud) * model.trends**self.trend + self.popular * _shares(model)
        unknown: list[tuple[ItemId, float]] = []
        for item, events in asked.histories.items():
            count, place = fsum(map(asked.counted, events)), model.place(item)
            if place is None:
                unknown.append((item, count))
            else:
                scores[place] += count * _lift(model, place, self.season)
        known = ((ItemId(model.items[place]), total) for place, total in descending(scores))
        return merge(known, sorted(unknown, key=_best_first), key=_best_first)

    def _because(self, model: Neighbours, asked: "_Asked", item: ItemId) -> tuple[Reason, ...]:
        """The terms of the score: own events by kind, each item that speaks for this one, how many choose it."""
        place, events = model.place(item), asked.histories.get(item, ())
        season, akin_to = _lift(model, place, self.season), self.akin * _lift(model, place, self.trend)
        again = by_kind(item, events, weigh=lambda event: season * asked.counted(event))
        akin = [asked.sources[name].weighing(akin_to * weight) for name, weight in terms(model, asked.loud, item)]
        known = [] if place is None else [(model.owners[place], self.popular * _shares(model)[place])]
        others = [popular(people, weight=float(weight)) for people, weight in known]
        return tuple(sorted((each for each in (*again, *akin, *others) if each.weight > 0), key=_heaviest_first))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One view as a blend reads it: its cues and how loud each speaks, and the person's own events by item."""

    sources: Mapping[str, Cue]
    loud: Mapping[str, float]
    looked_at: frozenset[str]
    histories: Mapping[ItemId, Sequence[Held]]
    counted: Callable[[Held], float]


def _shares(model: Neighbours) -> npt.NDArray[np.float64]:
    """The root of how many people choose each item lately, as a share of the most chosen."""
    return np.sqrt(model.lately / np.float64(model.lately.max(initial=_LEAST)))


def _lift(model: Neighbours, place: int | None, power: float) -> float:
    """How much more the item there counts for being in season; 1 for one that the model does not know."""
    return 1.0 if place is None else float(model.trends[place]) ** power


def _heaviest_first(reason: Reason) -> float:
    return -reason.weight


def _best_first(scored: tuple[ItemId, float]) -> float:
    return -scored[1]


STRATEGY: Final[Strategy[Neighbours]] = Blend()
