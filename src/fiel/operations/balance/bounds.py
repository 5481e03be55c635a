"""How little is enough: every bound inside of the declared one, tried against the strongest strategy on everything.

A weak yardstick would make taking less look free, so all the strategies that there are compete on everything kept, and
what a bound brings is told as a share of the best of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fiel.core.promise.change import GRAINS
from fiel.core.promise.narrowing import asks_again
from fiel.core.promise.usecase import Bound, Grain, UseCase
from fiel.core.use.decision import Strategy
from fiel.numeric.frontier import Mask, family, kept, share
from fiel.numeric.relevance import Interval, interval, quarters, ratio
from fiel.numeric.unicity import Attack, prepare, singled_out
from fiel.operations.balance.trial import Trial
from fiel.operations.balance.values import BoundScore

KNOWN: Final = (2, 3, 5)
"""How many of somebody's events an attacker knows."""

LOSS: Final = 0.1
"""A person who loses more nDCG than this loses by the bound."""

LONG: Final = timedelta(days=180)
"""A store that reaches so far back holds the last visits of almost everybody who comes at all."""

MOST_REFITS: Final = 8
"""Bounds for which models are made anew of what they keep, the smallest promising ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What bounds are held against: the strategy that is tried, and the gains of the strongest on everything kept."""

    strategy: Strategy[object]
    models: Mapping[str, object]
    gains: Sequence[float]
    tolerance: float
    progress: Callable[[int], None]


class Bounds:
    """The bounds of one use case, tried at one coarseness of times."""

    def __init__(self, trial: Trial, yardstick: Yardstick) -> None:
        """Draw what attackers know once, so that every bound meets the same attackers."""
        self._trial, self._yard = trial, yardstick
        self._tried = trial.on(yardstick.strategy, yardstick.models)
        self._quarters = quarters(trial.sizes())
        self._attacks = {dated: prepare(trial.log, draw=trial.draw, dated=dated) for dated in (False, True)}
        self._exposed = self._alone(kept(trial.log, Bound()))

    @property
    def strategy(self) -> Strategy[object]:
        """What is tried."""
        return self._yard.strategy

    def score(self, bound: Bound) -> BoundScore:
        """One bound: what it keeps and costs, and how relevant it is with the models made of everything.

        That is all there is to it where the strategy learns nothing; where it learns, `in_store` must follow.
        """
        mask = kept(self._trial.log, bound)
        gains = self._tried.gains(mask)
        self._yard.progress(1)
        relative, known = ratio(gains, self._yard.gains), self._found(mask, dated=False)
        scored = BoundScore(
            bound=bound,
            stored=share(mask),
            ndcg=interval(gains),
            share=relative,
            in_store=None,
            quarters=(),
            losers=(),
            lost=0.0,
            known=known,
            dated=self._found(mask, dated=True),
            hides=self._hides(bound, known[KNOWN[-1]]),
            asks_again=asks_again(self._trial.school.halved.use_case, bound),
            suffices=False,
        )
        is_all = not self.strategy.learns or scored.stored == 1
        return self._judged(scored, gains, in_store=relative if is_all else None)

    def in_store(self, scored: BoundScore) -> BoundScore:
        """The same with the model made of nothing but what the bound keeps, which is what would happen."""
        mask = kept(self._trial.log, scored.bound)
        models = self._trial.school.models([self.strategy.name], kept=self._trial.everybody(mask))
        gains = self._trial.on(self.strategy, models).gains(mask)
        return self._judged(scored, gains, in_store=ratio(gains, self._yard.gains))

    def is_promising(self, scored: BoundScore) -> bool:
        """Whether it may be enough with a model of its own: with models of everything it is not far from it."""
        slack = 2 * self._yard.tolerance
        return scored.share.mean >= 1 - slack and min(scored.quarters) >= 1 - 2 * slack and scored.hides

    def _judged(self, scored: BoundScore, gains: Sequence[float], *, in_store: Interval | None) -> BoundScore:
        """Who pays, and whether almost nothing is lost, surely and by nobody's quarter, and no more are singled out.

        Of a quarter of the people one knows half as well, so its own loss may be twice the tolerance.
        """
        tolerance = self._yard.tolerance
        parts = tuple(self._of(quarter, gains) for quarter in range(4))
        losses = [whole - gain > LOSS for gain, whole in zip(gains, self._yard.gains, strict=True)]
        enough = in_store is not None and in_store.low >= 1 - tolerance and min(parts) >= 1 - 2 * tolerance
        return replace(
            scored,
            in_store=in_store,
            quarters=parts,
            losers=tuple(self._mean(losses, quarter) for quarter in range(4)),
            lost=sum(losses) / len(losses) if losses else 0.0,
            suffices=enough and scored.hides,
        )

    def _hides(self, bound: Bound, found: float) -> bool:
        """Whether no more people are singled out than by everything, and by the same days and visits without a count.

        Fewer items can single somebody out more easily: short records lose the cover of the long ones.
        """
        if found > self._exposed or bound.keep is None:
            return found <= self._exposed
        return found <= self._alone(kept(self._trial.log, replace(bound, keep=None)))

    def _alone(self, mask: Mask) -> float:
        return singled_out(self._trial.log, mask, self._attacks[False], knows=KNOWN[-1])

    def _of(self, quarter: int, gains: Sequence[float]) -> float:
        whole = self._mean(self._yard.gains, quarter)
        return self._mean(gains, quarter) / whole if whole else 1.0

    def _mean(self, values: Sequence[float], quarter: int) -> float:
        own = [value for value, place in zip(values, self._quarters, strict=True) if place == quarter]
        return sum(own) / len(own) if own else 0.0

    def _found(self, mask: Mask, *, dated: bool) -> dict[int, float]:
        attack: Attack = self._attacks[dated]
        return {knows: singled_out(self._trial.log, mask, attack, knows=knows) for knows in KNOWN}


def declared_bound(case: UseCase) -> Bound | None:
    """The widest bound among the events of a use case, None if it needs none."""
    bounds = [need.bound for need in case.minimum(case.highest).events.values()]
    return max(bounds, key=lambda bound: bound.within or timedelta.max) if bounds else None


def candidates(declared: Bound, *, cut: date, today: date) -> tuple[list[Bound], list[Bound]]:
    """The bounds that can be measured on what is kept, and those that cannot."""
    reach = None if declared.within is None else declared.within - (today - cut)
    can: list[Bound] = [declared]
    cannot: list[Bound] = []
    for bound in family(declared):
        within = bound.within is not None and reach is not None and bound.within > reach
        visits = bound.or_visits > max(declared.or_visits, 1) and reach is not None and reach < LONG
        endless = bound.within is None and reach is not None
        (cannot if within or visits else can).append(replace(bound, within=declared.within) if endless else bound)
    return can, cannot


def coarser_grains(grain: Grain) -> Iterator[Grain]:
    """The grains that keep times less finely, the coarsest first."""
    yield from reversed(GRAINS[GRAINS.index(grain) + 1 :])
