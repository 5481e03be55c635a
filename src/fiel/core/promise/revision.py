"""From one promise to the next: what changes in each use case, and whose agreement it touches.

Not how an agreement is weighed (`change`): this is the same comparison, told to whoever is about to publish.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from fiel.core.ids import UseCaseId, Version
from fiel.core.promise.change import Width, compare, covers
from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.usecase import Level, Promise, UseCase
from fiel.core.promise.version import notice_of, version_of


class Fate(StrEnum):
    """What becomes of a use case. `REWORDED`: it says something else and allows the same."""

    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit, which way it goes, and the levels at which it concerns somebody who agreed."""

    part: str
    width: Width
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What changes in one use case. `dormant`: the levels whose grants are unusable until the person agrees again."""

    use_case: UseCaseId
    fate: Fate
    before: Version | None
    after: Version | None
    edits: tuple[Edit, ...] = ()
    dormant: tuple[Level, ...] = ()

    @property
    def is_material(self) -> bool:
        """Whether it changes what may be done, and not only how it is said."""
        return self.fate is not Fate.REWORDED


def revise(before: Promise | None, after: Promise) -> tuple[Revision, ...]:
    """Every use case that is not as it was, in order of its name; all of them where nothing was promised before."""
    if before is None:
        before = replace(after, use_cases={})
    names = sorted(before.use_cases.keys() | after.use_cases.keys())
    found = (_revision(name, before, after) for name in names)
    return tuple(revision for revision in found if revision is not None)


def overreaching(before: Promise, after: Promise) -> Iterator[Remark]:
    """`compatible_with` settles what is undetermined; it cannot make a wider use case the one that was agreed to."""
    for name, current in after.use_cases.items():
        agreed = before.use_cases.get(name)
        if agreed is None or version_of(agreed) not in current.compatible_with:
            continue
        wider = [edit.part for edit in _edits(agreed, current) if edit.width is Width.WIDER]
        if wider:
            named = ", ".join(f"`{part}`" for part in wider)
            yield Remark(
                code=Code.WIDER_THAN_COMPATIBLE,
                where=("use_cases", name, "compatible_with", version_of(agreed)),
                message=f"not compatible with what was agreed to: wider in {named}",
                hint="leave the version out of `compatible_with`: whoever agreed to it must be asked again",
            )


def _revision(name: UseCaseId, before: Promise, after: Promise) -> Revision | None:
    agreed, current = before.use_cases.get(name), after.use_cases.get(name)
    if agreed is None or current is None:
        return Revision(
            use_case=name,
            fate=Fate.ADDED if agreed is None else Fate.REMOVED,
            before=version_of(agreed) if agreed else None,
            after=version_of(current) if current else None,
        )
    versions = version_of(agreed), version_of(current)
    if versions[0] != versions[1]:
        return Revision(
            use_case=name,
            fate=Fate.EDITED,
            before=versions[0],
            after=versions[1],
            edits=_edits(agreed, current),
            dormant=tuple(level for level in agreed.levels if not covers(agreed, current, level=level)),
        )
    if _said(agreed, before) != _said(current, after):
        return Revision(use_case=name, fate=Fate.REWORDED, before=versions[0], after=versions[1])
    return None


def _edits(agreed: UseCase, current: UseCase) -> tuple[Edit, ...]:
    """Each difference once, with the agreed levels it concerns; one that concerns none is beyond what was agreed to."""
    levels: dict[tuple[str, Width], list[Level]] = {}
    for level in sorted({*agreed.levels, *current.levels}):
        for difference in compare(agreed, current, level=level):
            concerned = levels.setdefault((difference.part, difference.width), [])
            if level in agreed.levels:
                concerned.append(level)
    return tuple(Edit(part=part, width=width, levels=tuple(found)) for (part, width), found in levels.items())


def _said(use_case: UseCase, promise: Promise) -> str:
    return notice_of(use_case, promise.areas[use_case.area], controller=promise.controller)
