"""A company's look leaves everything readable: a choice that can hardly be read is none (GDPR art. 7(2), WCAG 2.2)."""

from collections.abc import Iterator

from fiel.core.promise.finding import Code, Remark
from fiel.core.promise.lint.grounds import Grounds
from fiel.core.promise.theme import faint

_SET: dict[str, str] = {"sheet": "paper", "quiet": "ink", "edge": "ink", "focus": "ink"}
"""Colours that a company does not set, with the one that they follow from."""


def faint_theme(grounds: Grounds) -> Iterator[Remark]:
    """Text stands out by 4.5 to 1 and what is pressed by 3 to 1, by day and by night."""
    theme = grounds.promise.theme
    for each in faint(theme) if theme is not None else ():
        named = {"light": (), "dark": ("dark",)}[each.scheme]
        told = {"light": "by day", "dark": "by night"}[each.scheme]
        yield Remark(
            code=Code.FAINT_THEME,
            where=("theme", *named, _SET.get(each.above, each.above)),
            message=f"{told}, `{each.above}` on `{each.below}` has a contrast of {each.ratio:.2f} to 1",
            hint=f"it takes {each.least:g} to 1 (WCAG 2.2): set them further apart",
        )


RULES = (faint_theme,)
