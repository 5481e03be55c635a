"""The verb: gather under permits, halve, weigh the levels, weigh the bounds, and name the smallest that suffices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import UseCaseId
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Bound, UseCase
from fiel.core.use.decision import Draw
from fiel.numeric.frontier import kept
from fiel.numeric.relevance import Interval, interval
from fiel.operations.balance.bounds import (
    MOST_REFITS,
    Bounds,
    Yardstick,
    candidates,
    coarser_grains,
    declared_bound,
)
from fiel.operations.balance.fitting import School
from fiel.operations.balance.gather import Gathered, gather
from fiel.operations.balance.halve import halve
from fiel.operations.balance.levels import weigh_levels
from fiel.operations.balance.since import since
from fiel.operations.balance.telling import Asking, weigh_likely, weigh_telling
from fiel.operations.balance.trial import Trial
from fiel.operations.balance.values import Balance, BoundScore, LevelScore, LikelyScore, Telling
from fiel.operations.decide import MOST_ITEMS
from fiel.operations.house import House
from fiel.operations.published import Published

Progress = Callable[[str, int, int], None]
"""Told which part is being done, how much more of it is done, and how much it is in all (0: not known)."""

TOLERANCE: Final = 0.02
"""How much relevance may be lost before less is too little, where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be balanced: how many suggestions count, how much may be lost, and by which strategy (None: the best).

    `bounds`: whether bounds are tried, too, and not the levels alone.
    """

    use_case: UseCaseId
    k: int = 10
    tolerance: float = TOLERANCE
    strategy: str | None = None
    bounds: bool = True


def balance(house: House, wish: Wish, *, draw: Draw, progress: Progress = lambda _part, _more, _all: None) -> Balance:
    """Measure. Raises `Unknown` for what is not there, `Malformed` for a use case that does not declare `measure`."""
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    case = published.use_case(wish.use_case)
    _refuse(house, case, wish)
    gathered = gather(house, case.id, progress=lambda more: progress("people", more, 0))
    declared = declared_bound(case)
    halved = halve(gathered, bound=declared or Bound(), today=house.clock.now().date())
    school = School.of(house, halved, withheld=published.withheld[case.id])
    work = _Work(house=house, published=published, wish=wish, school=school, draw=draw, progress=progress)
    levels = work.levels()
    found = work.frontier(declared) if declared and wish.bounds else _Frontier()
    likely, telling = work.telling()
    return replace(work.told(gathered, levels, found), likely=likely, telling=telling)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frontier:
    """What trying the bounds brought."""

    strategy: str = ""
    strongest: str = ""
    strategies: dict[str, Interval] | None = None
    scores: tuple[BoundScore, ...] = ()
    smallest: BoundScore | None = None
    unmeasured: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One measurement under way."""

    house: House
    published: Published
    wish: Wish
    school: School
    draw: Draw
    progress: Progress

    def levels(self) -> tuple[LevelScore, ...]:
        """Every level of the use case."""
        return weigh_levels(
            self.school,
            self.published,
            k=self.wish.k,
            draw=self.draw,
            progress=lambda more, whole: self.progress("levels", more, whole),
        )

    def frontier(self, declared: Bound) -> _Frontier:
        """Every bound inside of the declared one."""
        halved, names = self.school.halved, self.school.available()
        if len(halved.tested) < ENOUGH_PEOPLE:
            return _Frontier()
        trial = Trial.of(self.school, self.published, grain=declared.grain, k=self.wish.k, draw=self.draw)
        models = self.school.models(names)
        mask = kept(trial.log, declared)
        gains = {name: trial.on(self.house.strategies[name], models).gains(mask) for name in names}
        strongest = max(names, key=lambda name: (sum(gains[name]), name))
        chosen = self.wish.strategy or strongest
        can, cannot = candidates(declared, cut=halved.cut, today=self.house.clock.now().date())
        yardstick = Yardstick(
            strategy=self.house.strategies[chosen],
            models=models,
            gains=gains[chosen if self.wish.strategy else strongest],
            tolerance=self.wish.tolerance,
            progress=lambda more: self.progress("bounds", more, len(can)),
        )
        tried = Bounds(trial, yardstick)
        scores = self._sure(tried, [tried.score(bound) for bound in can])
        coarser = self._coarser(_smallest(scores, narrowing=True), yardstick)
        sure = [score for score in coarser if score.suffices]
        return _Frontier(
            strategy=chosen,
            strongest=strongest,
            strategies={name: interval(gains[name]) for name in names},
            scores=(*scores, *coarser),
            smallest=sure[-1] if sure else _smallest(scores, narrowing=True),
            unmeasured=tuple(cannot),
        )

    def telling(self) -> tuple[LikelyScore | None, Telling | None]:
        """What the level that learns from what people told brings, and how little of it is enough."""
        asking = Asking.of(self.school, self.published, k=self.wish.k, draw=self.draw)
        if asking is None:
            return None, None
        telling = weigh_telling(
            asking,
            tolerance=self.wish.tolerance,
            progress=lambda more, whole: self.progress("telling", more, whole),
        )
        return weigh_likely(asking), telling

    def told(self, gathered: Gathered, levels: Sequence[LevelScore], found: "_Frontier") -> Balance:
        """All of it together."""
        halved, wish = self.school.halved, self.wish
        return Balance(
            use_case=wish.use_case,
            version=self.published.versions[wish.use_case],
            at=self.house.clock.now(),
            cut=halved.cut,
            last=halved.last,
            k=wish.k,
            tolerance=wish.tolerance,
            people=len(gathered.members),
            refused=gathered.refused,
            tested=len(halved.tested),
            declared=declared_bound(gathered.use_case),
            strategy=found.strategy,
            strongest=found.strongest,
            strategies=found.strategies or {},
            levels=tuple(levels),
            bounds=found.scores,
            unmeasured=found.unmeasured,
            smallest=found.smallest,
            least=_least(found),
            since=since([member.followed for member in gathered.members], gathered.use_case),
        )

    def _sure(self, tried: Bounds, scores: Sequence[BoundScore]) -> list[BoundScore]:
        """Make models anew for the smallest that seem to suffice, until one does; without it none of them counts."""
        open_ones = [score for score in scores if score.in_store is None and tried.is_promising(score)]
        checked: dict[Bound, BoundScore] = {}
        for score in sorted(open_ones, key=_size)[:MOST_REFITS]:
            checked[score.bound] = tried.in_store(score)
            self.progress("models", 1, MOST_REFITS)
            if checked[score.bound].suffices and not score.asks_again:
                break
        return [checked.get(score.bound, score) for score in scores]

    def _coarser(self, found: BoundScore | None, yardstick: Yardstick) -> list[BoundScore]:
        """The smallest with times as coarse as they can be: the coarsest first, until one suffices."""
        tried: list[BoundScore] = []
        for grain in coarser_grains(found.bound.grain) if found else ():
            trial = Trial.of(self.school, self.published, grain=grain, k=self.wish.k, draw=self.draw)
            bounds = Bounds(trial, yardstick)
            tried += self._sure(bounds, [bounds.score(replace(found.bound, grain=grain))]) if found else []
            if tried[-1].suffices:
                break
        return tried


def _least(found: _Frontier) -> BoundScore | None:
    """The least of all, even if it asks again: where that keeps no less, it is what only narrows."""
    least = _smallest(found.scores, narrowing=False)
    if least is None or found.smallest is None:
        return least
    return least if least.asks_again and least.stored < found.smallest.stored else found.smallest


def _smallest(scores: Sequence[BoundScore], *, narrowing: bool) -> BoundScore | None:
    """The sufficient bound that keeps the fewest events; of equals the one that hides people best."""
    enough = [score for score in scores if score.suffices and not (narrowing and score.asks_again)]
    return min(enough, key=_size, default=None)


def _size(score: BoundScore) -> tuple[float, float, float]:
    return score.stored, score.dated[5], score.known[5]


def _refuse(house: House, case: UseCase, wish: Wish) -> None:
    if case.measure is None:
        raise Malformed(
            f"use case `{case.id}` does not declare `measure`: nobody agreed to be measured",
            hint="declare `measure: {why: …}`, publish, and measure those who agree to it",
        )
    if wish.strategy is not None and wish.strategy not in house.strategies:
        raise Unknown(f"there is no strategy `{wish.strategy}`", hint=f"there are {', '.join(house.strategies)}")
    if not 0 < wish.tolerance < 1 or not 1 <= wish.k <= MOST_ITEMS:
        raise Malformed(f"`tolerance` is a share above 0 and below 1, `k` goes from 1 to {MOST_ITEMS}")
