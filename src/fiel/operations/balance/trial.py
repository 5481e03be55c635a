"""A strategy tried on what a bound keeps: for everybody tested, what would be ranked, and how much of it was wanted.

What a bound keeps comes as columns, for speed; it is what `view_of` would show, and a test holds the two together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fiel.core.items import Withheld
from fiel.core.promise.usecase import Grain
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Draw, Strategy, View, without
from fiel.core.use.gate import coarse
from fiel.numeric.frontier import Log, Mask, Step, log_of, places
from fiel.numeric.relevance import ndcg
from fiel.operations.balance.fitting import School
from fiel.operations.balance.halve import Half
from fiel.operations.published import Published

MOST_TESTED: Final = 1_500
"""People on whom each bound is tried; more make the shares no more certain and the wait longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All that a strategy is tried with; `people` is where those tested stand, and `log` everybody's events."""

    school: School
    published: Published
    people: tuple[int, ...]
    log: Log
    grain: Grain
    k: int
    draw: Draw

    @classmethod
    def of(cls, school: School, published: Published, *, grain: Grain, k: int, draw: Draw) -> "Trial":
        """The trial at one coarseness of times."""
        log = log_of([tuple(_steps(half)) for half in school.halved.halves], cut=school.halved.cut, grain=grain)
        people = school.halved.tested[:MOST_TESTED]
        return cls(school=school, published=published, people=people, log=log, grain=grain, k=k, draw=draw)

    def sizes(self) -> tuple[int, ...]:
        """How long the history of each one tested is."""
        return tuple(len(self.school.halved.halves[place].before.events) for place in self.people)

    def everybody(self, mask: Mask) -> tuple[tuple[int, ...], ...]:
        """The places of what is kept of each person."""
        return tuple(places(self.log, mask, place) for place in range(self.log.people))

    def on(self, strategy: Strategy[object], models: Mapping[str, object]) -> "Tried":
        """A strategy with its model, ready to be tried on one bound after another."""
        return Tried(self, strategy, models.get(strategy.name))


class Tried:
    """One strategy with one model. Bounds that keep the same of a person are answered once."""

    def __init__(self, trial: Trial, strategy: Strategy[object], model: object | None) -> None:
        """Begin with nothing tried yet."""
        self._trial, self._strategy, self._model = trial, strategy, model
        self._known: dict[tuple[int, tuple[int, ...]], float] = {}

    def gains(self, mask: Mask) -> list[float]:
        """The nDCG of everybody tested, on what the mask keeps."""
        return [self._gain(place, places(self._trial.log, mask, place)) for place in self._trial.people]

    def _gain(self, place: int, kept: tuple[int, ...]) -> float:
        key = (place, kept)
        if key not in self._known:
            half = self._trial.school.halved.halves[place]
            off = self._trial.school.withheld.instead(half.before.off)
            ranked = self._strategy.rank(
                self._model,
                self._view(half, kept, off=off),
                candidates=off.without(self._trial.published.candidates),
                k=self._trial.k,
                draw=self._trial.draw,
            )
            self._known[key] = ndcg([scored.item for scored in ranked], half.wanted(), k=self._trial.k)
        return self._known[key]

    def _view(self, half: Half, kept: Sequence[int], *, off: Withheld) -> View:
        """What the strategy is shown: the highest level's view, with nothing on the page."""
        halved, withheld = self._trial.school.halved, self._trial.school.withheld
        events = tuple(_coarser(half.before.events[each], self._trial.grain) for each in kept)
        view = View(level=halved.use_case.highest, today=halved.cut, facts=half.before.facts, events=events)
        return without(view, withheld.and_also(off.groups) if self._strategy.infers else off)


def _steps(half: Half) -> Iterator[Step]:
    for event in half.before.events:
        item = event.properties.get("item")
        name = item if isinstance(item, str) else ""
        yield Step(item=name, on=event.on, back=half.before.visits - event.visit, kind=event.name)


def _coarser(event: Held, grain: Grain) -> Held:
    on = coarse(event.on, grain)
    return event if on == event.on else replace(event, on=on)
