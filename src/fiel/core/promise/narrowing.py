"""A use case with a smaller bound on what it keeps, and whether people would have to be asked again for it."""

from collections.abc import Set
from dataclasses import replace

from fiel.core.promise.change import GRAINS, Width, compare
from fiel.core.promise.usecase import Bound, UseCase


def narrowed(case: UseCase, bound: Bound) -> UseCase:
    """The use case with this bound on all its events, where it is not declared tighter already."""
    rungs = [
        replace(rung, events=tuple(replace(need, bound=tightest(need.bound, bound)) for need in rung.events))
        for rung in case.rungs
    ]
    return replace(case, rungs=tuple(rungs))


def tightest(declared: Bound, bound: Bound) -> Bound:
    """The bound as it would be written for one kind of event: never a longer age, a higher count or a finer time."""
    withins = [each.within for each in (declared, bound) if each.within is not None]
    counts = [each.keep for each in (declared, bound) if each.keep is not None]
    return Bound(
        within=min(withins, default=None),
        or_visits=bound.or_visits,
        keep=min(counts, default=None),
        grain=max(declared.grain, bound.grain, key=GRAINS.index),
    )


def untold(case: UseCase, attributes: Set[str]) -> UseCase:
    """The use case that asks nobody to tell these, and lets none of them teach."""
    rungs = tuple(replace(rung, attributes=rung.attributes - attributes) for rung in case.rungs)
    learn = case.learn and replace(case.learn, attributes=case.learn.attributes - attributes)
    return replace(case, rungs=rungs, learn=learn)


def asks_again(case: UseCase, bound: Bound) -> bool:
    """Whether people would have to be asked again if this bound were declared: it is wider somewhere."""
    edits = compare(case, narrowed(case, bound), level=case.highest)
    return any(edit.width is not Width.NARROWER for edit in edits)
