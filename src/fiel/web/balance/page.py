"""A balance as one page that stands alone: no script, no file beside it, light and dark, in one language."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from fiel.core.promise.usecase import UseCase
from fiel.operations.balance.values import Balance, LevelScore
from fiel.web.balance.chart import BOTTOM, LEFT, RIGHT, chart_of
from fiel.web.balance.table import (
    baskets,
    bounds_table,
    levels_table,
    methods_table,
    paying_table,
    since_table,
    telling_table,
)
from fiel.web.balance.wording import Wording
from fiel.web.templating import templates

STYLE: Final = files("fiel.web") / "static" / "balance.css"


def page_of(found: Balance, case: UseCase, wording: Wording) -> str:
    """The page, whole."""
    paying = found.smallest or found.whole
    return (
        templates()
        .get_template("balance.html")
        .render(
            language=wording.language,
            say=wording.say,
            style=style(),
            title=case.title.get(wording.language, case.id),
            sentence=wording.sentence(found),
            remarks=list(wording.remarks(found, case)),
            chart=chart_of(found, wording),
            edges={"bottom": BOTTOM, "left": LEFT, "right": RIGHT},
            bounds=bounds_table(found, wording) if found.bounds else None,
            paying=paying_table(paying, wording) if paying else None,
            methods=methods_table(found, wording),
            told=wording.told(found.telling, tolerance=found.tolerance) if found.telling else None,
            telling=telling_table(found.telling, wording) if found.telling else None,
            likely=wording.likely(found.likely) if found.likely else None,
            baskets=[
                (wording.basket(scores[0].shown), levels_table(found, scores, wording), _verdicts(scores, wording))
                for scores in baskets(found)
            ],
            since=(wording.since(found.since), since_table(found.since, wording)) if found.since else None,
            how=list(_how(found, wording)),
            day=wording.day(found.at.date()),
        )
    )


def style_source() -> str:
    """The page's style as a content security policy names it, for a server that allows no other."""
    return f"'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'"


@cache
def style() -> str:
    """The page's style, which is written into it."""
    return STYLE.read_text(encoding="utf-8")


def _verdicts(scores: Sequence[LevelScore], wording: Wording) -> list[str]:
    return [told for score in scores if (told := wording.verdict(score))]


def _how(found: Balance, wording: Wording) -> Iterator[str]:
    cut, last = wording.day(found.cut), wording.day(found.last)
    yield wording.say("how.cut", cut=cut, last=last, tested=found.tested, people=found.people, refused=found.refused)
    if found.levels:
        yield wording.say("how.levels")
    if found.telling:
        yield wording.say("how.told")
    if found.declared is not None and found.declared.within is not None:
        yield wording.say("how.aged", cut=cut)
    if found.bounds:
        yield wording.say("how.strongest", strongest=found.strongest)
        yield wording.say("how.store")
        once, twice = wording.part(found.tolerance), wording.part(2 * found.tolerance)
        yield wording.say("how.quarters", tolerance=once, twice=twice)
        yield wording.say("how.known")
        yield wording.say("how.lost", k=found.k)
    if found.since is not None:
        yield wording.say("how.since", days=found.since.window.days)
    if found.unmeasured:
        named = "; ".join(wording.bound(bound) for bound in found.unmeasured)
        yield wording.say("how.unmeasured", cut=cut, bounds=named)
