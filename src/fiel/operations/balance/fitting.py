"""Models for a measurement: made of what willing people held before the cut, kept in memory, published nowhere.

Whoever let it be measured and did not say yes to teaching is answered by these models and adds nothing to them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from fiel.core.items import Withheld
from fiel.core.use.compartment import lesson_of
from fiel.core.use.decision import POPULAR, Strategy
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import summed
from fiel.operations.balance.halve import Halved
from fiel.operations.house import House
from fiel.operations.teach import publishable


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What is fitted from whom: the halves, the house, and the items nothing is concluded from.

    A model is blurred as it would be when published: what is measured is what people would get.

    `whole`: the models of everything kept, each made once.
    """

    halved: Halved
    house: House
    withheld: Withheld
    whole: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House, halved: Halved, *, withheld: Withheld) -> "School":
        """The house before these halves."""
        return cls(halved=halved, house=house, withheld=withheld)

    @property
    def strategies(self) -> Mapping[str, Strategy[object]]:
        """The installed strategies."""
        return self.house.strategies

    def models(self, names: Iterable[str], *, kept: Sequence[Sequence[int]] | None = None) -> dict[str, object]:
        """The models of those strategies that learn; `kept`: of each person only the events in these places."""
        if self.halved.use_case.learn is None:
            return {}
        learners = [name for name in names if self.strategies[name].learns]
        if kept is not None:
            return {name: self._fitted(name, kept) for name in learners}
        for name in learners:
            if name not in self.whole:
                self.whole[name] = self._fitted(name, None)
        return {name: self.whole[name] for name in learners}

    def available(self) -> tuple[str, ...]:
        """The strategies that may be compared: they rank, and read no property that is not declared."""
        case = self.halved.use_case
        declared = {name for need in case.minimum(case.highest).events.values() for name in need.properties}
        found = {
            name
            for name, strategy in self.strategies.items()
            if strategy.infers and strategy.reads.properties and strategy.reads.properties <= declared
            if case.learn is not None or not strategy.learns
        }
        return tuple(sorted(found | {POPULAR}))

    def _fitted(self, name: str, kept: Sequence[Sequence[int]] | None) -> object:
        strategy = self.strategies[name]
        total = summed(map(strategy.contribution, self.lessons(kept)))
        return publishable(self.house, strategy, total, use_case=self.halved.use_case.id)

    def lessons(self, kept: Sequence[Sequence[int]] | None = None) -> Iterator[Lesson]:
        """What each one who teaches would have taught on the day of the cut, of those events."""
        learning = self.halved.use_case.learn
        cap = learning.cap if learning else 0
        then = datetime.combine(self.halved.cut, time.max, tzinfo=UTC)
        for place, half in enumerate(self.halved.halves):
            if half.member.teaches:
                held = half.before
                if kept is not None:
                    held = replace(held, events=tuple(held.events[each] for each in kept[place]))
                withheld = self.withheld.and_also(held.off)
                terms = replace(half.member.terms, cap=min(cap, half.member.terms.cap or cap))
                yield lesson_of(held, terms=terms, withheld=withheld, now=then)
