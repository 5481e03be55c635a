"""How relevant each level is: the same people, asked at every level of the use case through `decide` itself.

What is to be found is the first visit after the cut. A few of its items are on the page, as if the basket had begun;
they are taken out of what is to be found at every level, so that all are asked the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Level
from fiel.core.text import Value
from fiel.core.use.decision import POPULAR, Draw, Question, Slate, Tools, decide, hushed, impersonal
from fiel.numeric.relevance import gain, hit, interval, ndcg, right
from fiel.operations.balance.fitting import School
from fiel.operations.balance.halve import Half
from fiel.operations.balance.values import LevelScore
from fiel.operations.published import Published

BASKETS: Final = (1, 3)
"""How many items are on the page, where a level reads the page; where none does, none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One person before the cut, with the items on the page and those to be found."""

    half: Half
    shown: tuple[ItemId, ...]
    wanted: frozenset[ItemId]


def weigh_levels(
    school: School, published: Published, *, k: int, draw: Draw, progress: Callable[[int, int], None]
) -> tuple[LevelScore, ...]:
    """Each level with each size of basket; nothing if too few people came again to tell."""
    case = school.halved.use_case
    tools = Tools(
        strategies=school.strategies,
        models=school.models({POPULAR, *(rung.strategy for rung in case.rungs)}),
        withheld=school.withheld,
        draw=draw,
    )
    reads_page = any("item" in rung.context for rung in case.rungs)
    scores: list[LevelScore] = []
    baskets = BASKETS if reads_page else (0,)
    whole = len(baskets) * (1 + len(case.levels))
    for shown in baskets:
        tasks = tuple(_tasks(school, shown=shown, most=max(BASKETS) if reads_page else 0, draw=draw))
        if len(tasks) >= ENOUGH_PEOPLE:
            asking = _Asking(school=school, published=published, tools=tools, k=k)
            scores += asking.levels(tasks, shown=shown, progress=lambda more: progress(more, whole))
    return tuple(scores)


def _tasks(school: School, *, shown: int, most: int, draw: Draw) -> Iterator[_Task]:
    """Everybody who may be answered at every level, and whose next visit holds enough for the largest basket."""
    highest = school.halved.use_case.highest
    for place in school.halved.tested:
        half = school.halved.halves[place]
        basket = half.next_visit()
        if half.member.terms.level == highest and len(basket) > most:
            begun = _drawn(basket, shown, draw)
            yield _Task(half=half, shown=begun, wanted=frozenset(basket) - frozenset(begun))


def _drawn(basket: Sequence[ItemId], count: int, draw: Draw) -> tuple[ItemId, ...]:
    left = list(basket)
    return tuple(left.pop(int(draw() * len(left))) for _ in range(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """How a slate is asked for on the day of the cut."""

    school: School
    published: Published
    tools: Tools
    k: int

    def levels(self, tasks: Sequence[_Task], *, shown: int, progress: Callable[[int], None]) -> Iterator[LevelScore]:
        """The level nobody's data are needed for, then each one that the use case offers."""
        below: dict[Level, list[float]] = {}
        for level in (Level.NONE, *self.school.halved.use_case.levels):
            slates = [self.slate(task, level) for task in tasks]
            progress(1)
            asked = [
                ([each.item for each in slate.items], task.wanted) for slate, task in zip(slates, tasks, strict=True)
            ]
            gains = [ndcg(items, wanted, k=self.k) for items, wanted in asked]
            rival = max(below, key=lambda one: sum(below[one]), default=None)
            yield LevelScore(
                level=level,
                shown=shown,
                ndcg=interval(gains),
                hit=interval([hit(items, wanted, k=self.k) for items, wanted in asked]),
                right=interval([right(items, wanted, k=self.k) for items, wanted in asked]),
                more=gain(gains, below.get(Level.NONE, gains)),
                rival=rival,
                lead=None if rival is None else gain(gains, below[rival]),
                by=sum(slate.level == level for slate in slates),
            )
            below[level] = gains

    def slate(self, task: _Task, level: Level) -> Slate:
        """What this person would have been shown at this level, silence included."""
        case = self.school.halved.use_case
        context: dict[str, Value] = {"item": task.shown} if task.shown else {}
        question = Question(
            candidates=self.published.candidates, limit=self.k, today=self.school.halved.cut, context=context
        )
        if level is Level.NONE:
            return impersonal(case, question=question, tools=self.tools)
        terms = replace(task.half.member.terms, level=level)
        slate = decide(case, terms, held=task.half.before, question=question, tools=self.tools)
        return slate if slate.level is Level.NONE else hushed(slate, min_relevance=case.attention.min_relevance)
