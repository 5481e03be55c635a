"""The ladder of levels: least invasive first, each worth its own button, none lower than the data it uses."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.usecase import Level, Rung, Source

LEVEL_OF: Final[Mapping[Source, Level]] = {
    Source.DECLARED: Level.DECLARED,
    Source.OBSERVED: Level.OBSERVED,
    Source.INFERRED: Level.INFERRED,
    Source.ACQUIRED: Level.ACQUIRED,
}
"""The lowest level that may use an attribute from each source."""


def levels_out_of_order(grounds: Grounds) -> Iterator[Remark]:
    """Levels are written as the person reads them: least invasive first."""
    for where, use_case in grounds.use_cases():
        for before, after in pairwise(use_case.rungs):
            if after.level <= before.level:
                yield Remark(
                    code=Code.LEVELS_OUT_OF_ORDER,
                    where=(*where, "levels", after.level.word),
                    message=f"level `{after.level.word}` is less invasive than `{before.level.word}` before it",
                    hint="write the least invasive level first",
                )


def no_gentler_level(grounds: Grounds) -> Iterator[Remark]:
    """Whoever would let behaviour be kept is also offered something that keeps none."""
    for where, use_case in grounds.use_cases():
        first = min(use_case.levels, default=Level.NONE)
        if first >= Level.OBSERVED:
            yield Remark(
                code=Code.NO_GENTLER_LEVEL,
                where=(*where, "levels", first.word),
                message=f"the gentlest level offered is `{first.word}`: nothing between it and no use at all",
                hint="offer `context` or `declared` first, if the use case can work with it",
            )


def level_below_its_data(grounds: Grounds) -> Iterator[Remark]:
    """A level uses nothing more invasive than its name says."""
    for where, _, rung in grounds.rungs():
        for name in sorted(rung.attributes):
            attribute = grounds.promise.attributes.get(name)
            if attribute and rung.level < LEVEL_OF[attribute.source]:
                lowest = LEVEL_OF[attribute.source].word
                yield Remark(
                    code=Code.LEVEL_BELOW_ITS_DATA,
                    where=(*where, "attributes", name),
                    message=f"`{name}` is {attribute.source.value}, which is more than level `{rung.level.word}` says",
                    hint=f"move it to level `{lowest}` or beyond",
                )
        for need in rung.events:
            if rung.level < Level.OBSERVED:
                yield Remark(
                    code=Code.LEVEL_BELOW_ITS_DATA,
                    where=(*where, "events", need.event),
                    message=f"events are observed, which is more than level `{rung.level.word}` says",
                    hint="move it to level `observed` or beyond",
                )


def idle_level(grounds: Grounds) -> Iterator[Remark]:
    """Each level does something that the one before it does not; else its button changes nothing."""
    for where, use_case in grounds.use_cases():
        before: Rung | None = None
        for rung in use_case.rungs:
            adds = rung.context or rung.attributes or rung.events
            if not adds and (before is None or before.strategy == rung.strategy):
                yield Remark(
                    code=Code.IDLE_LEVEL,
                    where=(*where, "levels", rung.level.word),
                    message=f"level `{rung.level.word}` adds nothing to what comes before it",
                    hint="say what it uses, or leave it out: `none` is always offered",
                )
            before = rung


RULES = (levels_out_of_order, no_gentler_level, level_below_its_data, idle_level)
