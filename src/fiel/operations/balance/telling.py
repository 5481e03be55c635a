"""How little people need to tell: attribute by attribute, each time the one that brings most, until it is enough.

Forward selection on held-out time: the strategy learns from no other attribute and is shown no other, as it would be if
the promise named no other. Whom it does not answer then is answered with what everybody chooses. Nobody is answered by
a model that they taught themselves, or rare words would pass for a memory of what their owners did: people are in
`FOLDS` groups, and what a group added is subtracted for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Rung
from fiel.core.use.decision import POPULAR, Draw, Question, Reads, Scored, Strategy, Tools, View, impersonal
from fiel.core.use.lesson import Lesson
from fiel.numeric.auc import area, lift
from fiel.numeric.contributions import minus, summed
from fiel.numeric.relevance import Interval, interval, ndcg, ratio
from fiel.numeric.unicity import alone
from fiel.operations.balance.fitting import School
from fiel.operations.balance.halve import Half
from fiel.operations.balance.values import AttributesScore, LikelyScore, Telling
from fiel.operations.published import Published
from fiel.operations.teach import publishable

MOST_TESTED: Final = 1_500
"""People on whom each set of attributes is tried."""

MOST_PAIRED: Final = 100
"""Items, those that everybody chooses most, with which people make pairs."""

FOLDS: Final = 5

Names = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One level that reads what people told and nothing else, those it is tried on, and what others teach it.

    `people`: where those tested stand; `lessons`: what is taught, by group. `known`: what was tried already.
    """

    school: School
    published: Published
    rung: Rung
    k: int
    draw: Draw
    people: tuple[int, ...]
    lessons: tuple[tuple[Lesson, ...], ...]
    known: dict[Names, list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, school: School, published: Published, *, k: int, draw: Draw) -> "Asking | None":
        """The highest such level of the use case; None if it has none, or too few people came again to tell."""
        case, halved = school.halved.use_case, school.halved
        rungs = [rung for rung in case.rungs if _asks(school.strategies[rung.strategy].reads)]
        if not rungs or case.learn is None:
            return None
        rung = rungs[-1]
        people = tuple(at for at in halved.tested if halved.halves[at].member.terms.level >= rung.level)[:MOST_TESTED]
        if len(people) < ENOUGH_PEOPLE:
            return None
        teachers = [at for at, half in enumerate(halved.halves) if half.member.teaches]
        taught = list(zip(teachers, school.lessons(), strict=True))
        lessons = tuple(tuple(lesson for at, lesson in taught if at % FOLDS == fold) for fold in range(FOLDS))
        return cls(school=school, published=published, rung=rung, k=k, draw=draw, people=people, lessons=lessons)

    @property
    def attributes(self) -> Names:
        """What people tell for this level and those before it."""
        return self.school.halved.use_case.minimum(self.rung.level).attributes

    @property
    def strategy(self) -> Strategy[object]:
        """What is tried."""
        return self.school.strategies[self.rung.strategy]

    def gains(self, names: Names) -> list[float]:
        """The nDCG of everybody tested at their next visit, by these attributes alone."""
        if names not in self.known:
            instead = [each.item for each in self.impersonal(self.k)]
            slates = self.slates(names, shelf=self.published.candidates, k=self.k)
            self.known[names] = [
                ndcg([each.item for each in slate] or instead, self.half(place).next_visit(), k=self.k)
                for place, slate in zip(self.people, slates, strict=True)
            ]
        return self.known[names]

    def half(self, place: int) -> Half:
        """One of those tested."""
        return self.school.halved.halves[place]

    def slates(self, names: Names, *, shelf: Mapping[ItemId, Item], k: int) -> Iterator[Sequence[Scored]]:
        """What each one tested would be shown by these attributes, from this shelf; empty where they told none."""
        models = self.models(names)
        for place in self.people:
            half = self.half(place)
            told = names & half.member.terms.minimum.attributes
            facts = {name: fact for name, fact in half.before.facts.items() if name in told}
            view = View(level=self.rung.level, today=self.school.halved.cut, facts=facts)
            off = self.school.withheld.instead(half.before.off)
            yield self.strategy.rank(models[place % FOLDS], view, candidates=off.without(shelf), k=k, draw=self.draw)

    def models(self, names: Names) -> list[object]:
        """What all other groups teach each one, by these attributes alone."""
        sums = [summed(self.strategy.contribution(_only(names, each)) for each in fold) for fold in self.lessons]
        whole = summed(sums)
        school, case = self.school, self.school.halved.use_case.id
        return [publishable(school.house, self.strategy, minus(whole, own), use_case=case) for own in sums]

    def impersonal(self, k: int) -> Sequence[Scored]:
        """What everybody chooses."""
        case, school = self.school.halved.use_case, self.school
        question = Question(candidates=self.published.candidates, limit=k, today=school.halved.cut)
        models = school.models([POPULAR])
        tools = Tools(strategies=school.strategies, models=models, withheld=school.withheld, draw=self.draw)
        return impersonal(case, question=question, tools=tools).items

    def unique(self, names: Names) -> float:
        """The share of all people who are read whom these attributes alone tell from everybody else."""
        told = [half.before.facts for half in self.school.halved.halves]
        return alone([tuple((name, facts[name].value) for name in sorted(names & facts.keys())) for facts in told])


def weigh_telling(asking: Asking, *, tolerance: float, progress: Callable[[int, int], None]) -> Telling:
    """Attribute by attribute, until what is lost is surely within the tolerance."""
    every = asking.attributes
    whole = asking.gains(every)
    trials = len(every) * (len(every) + 1) // 2

    def scored(names: tuple[str, ...]) -> AttributesScore:
        gains = asking.gains(frozenset(names))
        share = ratio(gains, whole)
        return AttributesScore(
            attributes=names,
            ndcg=interval(gains),
            share=share,
            unique=asking.unique(frozenset(names)),
            suffices=is_enough(share, tolerance=tolerance) or len(names) == len(every),
        )

    def brought(name: str) -> tuple[float, str]:
        progress(1, trials)
        return sum(asking.gains(frozenset({*steps[-1].attributes, name}))), name

    steps = [scored(())]
    while not steps[-1].suffices:
        best = max(every.difference(steps[-1].attributes), key=brought)
        steps.append(scored((*steps[-1].attributes, best)))
    return Telling(
        level=asking.rung.level,
        strategy=asking.rung.strategy,
        whole=scored(tuple(sorted(every))),
        steps=tuple(steps),
        needless=_needless(asking, steps[-1]),
    )


def is_enough(share: Interval, *, tolerance: float) -> bool:
    """Whether surely no more is lost than the tolerance, or all of them are not surely better: then less will do.

    As between levels, it is what asks for more that has to earn it.
    """
    return share.low >= 1 - tolerance or share.high >= 1


def weigh_likely(asking: Asking) -> LikelyScore | None:
    """How well the level tells who chooses what at the next visit; None if too few people are answered by it."""
    alike = asking.impersonal(MOST_PAIRED)
    items = [each.item for each in alike]
    shelf = {item: asking.published.candidates[item] for item in items}
    slates = asking.slates(asking.attributes, shelf=shelf, k=len(items))
    rows: list[list[float]] = []
    wanted: list[list[bool]] = []
    for place, slate in zip(asking.people, slates, strict=True):
        if slate:
            scores, chosen = {each.item: each.score for each in slate}, asking.half(place).next_visit()
            rows.append([scores.get(item, 0.0) for item in items])
            wanted.append([item in chosen for item in items])
    if len(rows) < ENOUGH_PEOPLE:
        return None
    theirs = [[each.score for each in alike]] * len(rows)
    return LikelyScore(
        level=asking.rung.level,
        auc=area(rows, wanted),
        auc_none=area(theirs, wanted),
        lift=lift(rows, wanted),
        lift_none=lift(theirs, wanted),
    )


def _needless(asking: Asking, smallest: AttributesScore) -> Names:
    """What may be left out of the promise: nothing that another level reads, and never all of it."""
    case, strategies = asking.school.halved.use_case, asking.school.strategies
    others = [rung for rung in case.rungs if rung is not asking.rung and strategies[rung.strategy].reads.attributes]
    return asking.attributes.difference(smallest.attributes) if smallest.attributes and not others else frozenset()


def _only(names: Names, lesson: Lesson) -> Lesson:
    return replace(lesson, facts={name: value for name, value in lesson.facts.items() if name in names})


def _asks(reads: Reads) -> bool:
    return reads.lessons and not reads.properties and not reads.context
