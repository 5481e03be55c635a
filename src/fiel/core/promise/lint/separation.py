"""Use cases kept apart: one that is only another one's data under a second name is a combination in disguise."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from fiel.core.ids import AreaId
from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.usecase import UseCase

MOST_IN_AN_AREA: Final = 12
"""How many use cases an area may ask about: more cannot be read, so a choice among them is none."""


def combination(grounds: Grounds) -> Iterator[Remark]:
    """Two areas do not use the same data for the same purpose."""
    first: dict[tuple[str, frozenset[str]], UseCase] = {}
    for where, use_case in grounds.use_cases():
        data = _data(use_case)
        twin = first.setdefault((use_case.purpose, data), use_case)
        if data and twin.area != use_case.area:
            yield Remark(
                code=Code.COMBINATION,
                where=(*where, "purpose"),
                message=f"same purpose and same data as `{twin.id}` of area `{twin.area}`: a combination in disguise",
                hint="make it one use case of one area, or name the purpose that sets this one apart",
            )


def crowded_area(grounds: Grounds) -> Iterator[Remark]:
    """An area asks no more than a person can weigh."""
    found = sorted(grounds.use_cases(), key=lambda pair: pair[1].area)
    for area, pairs in groupby(found, key=lambda pair: pair[1].area):
        within = list(pairs)
        if len(within) > MOST_IN_AN_AREA and area in grounds.promise.areas:
            yield _crowded(area, len(within))


def _crowded(area: AreaId, count: int) -> Remark:
    return Remark(
        code=Code.CROWDED_AREA,
        where=("areas", area),
        message=f"area `{area}` asks for {count} use cases, {MOST_IN_AN_AREA} at most",
        hint="drop or join some: nobody can weigh so many",
    )


def _data(use_case: UseCase) -> frozenset[str]:
    whole = use_case.minimum(use_case.highest)
    properties = (f"{need.event}.{name}" for need in whole.events.values() for name in need.properties)
    return whole.attributes.union(properties)


RULES = (combination, crowded_area)
