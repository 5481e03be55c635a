"""What was measured against what is promised: a level that does not earn its data, a benefit that is contradicted.

Not among the rules of a promise alone: figures come from a store, and are of the very version that is judged.
"""

from collections.abc import Iterator, Mapping

from fiel.core.ids import UseCaseId
from fiel.core.promise.finding import Code, Remark, Where
from fiel.core.promise.measured import Figure, Measured, earns
from fiel.core.promise.usecase import Level, Promise
from fiel.core.promise.version import version_of


def contradicted(promise: Promise, measured: Mapping[UseCaseId, Measured]) -> tuple[Remark, ...]:
    """What the last measurements say against a promise; of another version than its own they say nothing."""
    return tuple(
        remark
        for name, case in promise.use_cases.items()
        if name in measured and measured[name].version == version_of(case)
        for remark in _remarks(("use_cases", name), measured[name])
    )


def _remarks(where: Where, measured: Measured) -> Iterator[Remark]:
    figures = sorted((figure for figure in measured.figures if figure.right is not None), key=lambda each: each.level)
    for place, figure in enumerate(figures):
        rival = max(figures[:place], key=_share, default=None)
        if rival is not None and earns(rival, figure) is False:
            yield Remark(
                code=Code.UNEARNED_LEVEL,
                where=(*where, "levels", figure.level.word),
                message=f"right in {_told(figure)} of suggestions; `{rival.level.word}` asks for less: {_told(rival)}",
                hint="drop the level, or give it a better strategy and measure again",
            )
    if len(figures) > 1 and figures[0].level is Level.NONE and earns(figures[0], figures[-1]) is False:
        yield Remark(
            code=Code.CONTRADICTED_BENEFIT,
            where=(*where, "benefit", "person"),
            message=f"right in {_told(figures[-1])} of suggestions; with nothing of the person's: {_told(figures[0])}",
            hint="do not claim what is not so: find a better strategy, or drop the use case",
        )


def _share(figure: Figure) -> float:
    return figure.right.share if figure.right else 0.0


def _told(figure: Figure) -> str:
    return f"{_share(figure):.1%}"
