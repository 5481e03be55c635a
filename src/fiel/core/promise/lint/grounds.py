"""What the rules judge by: the promise, what each strategy reads, and the laws that are known.

Not the strategies themselves: the promise is checked before anything can run, and knows them by what they read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from fiel.core.law import Jurisdiction
from fiel.core.promise.finding import Remark, Where
from fiel.core.promise.usecase import EventNeed, Promise, Rung, UseCase

ANY: Final = "*"
"""Among the properties a strategy reads: all that are declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appetite:
    """What a strategy reads, if it is there, and whether it concludes something from it, or only shows it.

    `context`: keys of the present context; `attributes`: whether it reads those that the use case declares;
    `properties`: of events, `ANY` for all that are declared; `lessons`: whether it reads attributes of those who teach.
    """

    context: frozenset[str] = frozenset()
    attributes: bool = False
    properties: frozenset[str] = frozenset()
    infers: bool = True
    lessons: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A promise before the rules: `reads` by the name of a strategy, `laws` by the code of a jurisdiction."""

    promise: Promise
    reads: Mapping[str, Appetite]
    laws: Mapping[str, Jurisdiction]

    def use_cases(self) -> Iterator[tuple[Where, UseCase]]:
        """Each use case with its place."""
        for name, use_case in self.promise.use_cases.items():
            yield ("use_cases", name), use_case

    def rungs(self) -> Iterator[tuple[Where, UseCase, Rung]]:
        """Each level of each use case with its place."""
        for where, use_case in self.use_cases():
            for rung in use_case.rungs:
                yield (*where, "levels", rung.level.word), use_case, rung

    def needs(self) -> Iterator[tuple[Where, UseCase, EventNeed]]:
        """Each need of an event with its place."""
        for where, use_case, rung in self.rungs():
            for need in rung.events:
                yield (*where, "events", need.event), use_case, need

    def appetite(self, rung: Rung) -> Appetite | None:
        """What the strategy of that level reads, or None if nobody knows the strategy."""
        return self.reads.get(rung.strategy)


Rule: TypeAlias = Callable[[Grounds], Iterator[Remark]]
"""One rule: a pure function from the grounds to all its breaches."""
