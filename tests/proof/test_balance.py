"""The shop's whole year, everybody agreeing: the tool finds by itself how little is enough."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

import pytest

from fiel.core.consent.choice import Status
from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import Bound, Level
from fiel.core.use.decision import Cells, Draw, Reads, Scored, Strategy, View
from fiel.core.use.lesson import Lesson
from fiel.demo import year
from fiel.demo.people import Answer
from fiel.operations.balance import Wish, balance
from fiel.strategies.popular import STRATEGY as POPULAR
from fiel.strategies.popular import Tiers
from tests.operations.balance.worlds import CASE, a_case, a_world, chance

pytestmark = pytest.mark.proof

GREEDY = Bound(within=timedelta(days=400), or_visits=5)
OFTEN = 60
"""Popular items that fill a list whose own items are few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """Rank by on how many days somebody chose an item, plus half its share of people, so that no place is left empty.

    A stand-in for what a shop would use; the yardstick of the measurement is the strongest that is installed.
    """

    name: str = "mixed"
    reads: Reads = Reads(properties=frozenset({"item"}))  # noqa: RUF009 - a frozen value
    infers: bool = True
    learns: bool = True
    formula: str = POPULAR.formula

    def contribution(self, lesson: Lesson) -> Cells:
        """One for each item."""
        return POPULAR.contribution(lesson)

    def fit(self, total: Cells) -> Mapping[ItemId, float]:
        """The share of people, of the most chosen, by item, most first."""
        tiers: Tiers = POPULAR.fit(total)
        return {item: people / tiers[0][0] for people, items in tiers for item in items}

    def release(self, model: Mapping[ItemId, float], total: Cells, *, seed: int) -> Mapping[ItemId, float]:
        """All of it."""
        del total, seed
        return model

    def pack(self, model: Mapping[ItemId, float]) -> bytes:
        """What its chance hangs on, if it had any."""
        return repr(list(model.items())).encode()

    def rank(
        self, model: Mapping[ItemId, float], view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """Own days first, the latest first where they are equal."""
        del candidates, draw
        days: defaultdict[ItemId, set[date]] = defaultdict(set)
        for event in view.events:
            days[ItemId(str(event.properties["item"]))].add(event.on)
        scores = {item: model[item] / 2 for item in list(model)[:OFTEN]}
        for item, on in days.items():
            scores[item] = len(on) - (view.today - max(on)).days / 10_000 + model.get(item, 0.0) / 2
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
        return [Scored(item=item, score=score) for item, score in best]


def test_two_fifths_of_the_year_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most 57 % of the events, all of the relevance, no quarter below 96 %, and no more than 35 % singled out."""
    yes = Answer(status=Status.GIVEN, share=1.0, level=Level.OBSERVED, teaches=True)
    monkeypatch.setattr(year, "answers_of", lambda _customer: {UseCaseId(CASE): yes})
    house = a_world([], case=a_case(GREEDY))
    mixed = cast("Strategy[object]", Mixed())
    # Beside the shop's own `blend`, which is better still, another bound is enough: what it finds there is in ADR 0008.
    others = {name: each for name, each in house.strategies.items() if name != "blend"}
    house = replace(house, strategies={**others, mixed.name: mixed})
    year.load(house)
    found = balance(house, Wish(use_case=CASE), draw=chance(0).random)
    assert (found.people, found.strongest) == (4_334, mixed.name)
    smallest = found.smallest
    assert smallest is not None
    assert smallest.in_store is not None
    assert smallest.stored <= 0.57
    assert smallest.in_store.mean >= 1.0
    assert min(smallest.quarters) >= 0.96
    assert smallest.known[5] <= 0.35
    context, observed = (score for score in found.levels if score.shown == 3 and score.level in (1, 4))
    assert observed.rival is context.level
    assert observed.earns is False
