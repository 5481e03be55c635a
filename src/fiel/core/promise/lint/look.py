"""A company's look leaves everything readable: a choice that can hardly be read is none (GDPR art. 7(2), WCAG 2.2)."""

from collections.abc import Iterator, Mapping
from typing import Final

from fiel.core.promise.finding import Code, Remark, Where
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.theme import Faint, faint

FOLLOWS: Final[Mapping[str, str]] = {"quiet": "ink", "edge": "ink", "focus": "ink"}
"""Colours that a company does not set, with the one they follow from."""


def faint_theme(grounds: Grounds) -> Iterator[Remark]:
    """Text stands out by 4.5 to 1 and what is pressed by 3 to 1, by day and by night; the worst pair of each colour."""
    theme = grounds.promise.theme
    worst: dict[Where, Faint] = {}
    for each in faint(theme) if theme is not None else ():
        named = ("theme", "dark") if each.scheme == "dark" else ("theme",)
        where = (*named, FOLLOWS.get(each.above, each.above))
        if where not in worst or each.ratio / each.least < worst[where].ratio / worst[where].least:
            worst[where] = each
    for where, each in worst.items():
        told = "by night" if each.scheme == "dark" else "by day"
        yield Remark(
            code=Code.FAINT_THEME,
            where=where,
            message=f"{told}, `{each.above}` on `{each.below}` has a contrast of {each.ratio:.2f} to 1",
            hint=f"it takes {each.least:g} to 1 (WCAG 2.2): set them further apart",
        )


RULES = (faint_theme,)
