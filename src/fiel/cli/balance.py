"""`fiel balance DIR USE_CASE`: how relevant each level and bound is on one's own data, and how little is enough."""

from collections.abc import Iterator
from pathlib import Path

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.cli.progress import staged
from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import UseCase
from fiel.operations.balance import Balance, Wish, remember
from fiel.operations.balance import balance as weigh
from fiel.registry.bounding import rebound
from fiel.registry.trimming import trim
from fiel.web.balance.page import page_of
from fiel.web.balance.plain import plain
from fiel.web.balance.table import baskets, bounds_table, levels_table, padded, since_table, telling_table
from fiel.web.balance.wording import Wording


@click.command()
@promise_folder
@click.argument("use_case")
@click.option("--apply", is_flag=True, help="Write the least that is enough into the file, if it only narrows.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of its own into this file."
)
@click.option(
    "--language", type=click.Choice(["es", "en"]), default="en", show_default=True, help="In which to tell it."
)
@click.option("--tolerance", type=float, default=0.02, show_default=True, help="How much relevance may be lost.")
@click.option("--strategy", metavar="NAME", help="Try the bounds with this one, against itself, not the strongest.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chance begins here: same data, same answer.")
@data_folder
@as_json
def balance(  # noqa: PLR0913 - an argument for each option
    *,
    folder: Path,
    use_case: str,
    apply: bool,
    report: Path | None,
    language: str,
    tolerance: float,
    strategy: str | None,
    seed: int,
    data: Path | None,
    as_json: bool,
) -> None:
    """Measure how relevant USE_CASE is at each level and bound, on the data of people who let it be measured.

    Nobody else's are read. What may be told of the levels is kept, for people to see beside each.
    """
    import random

    wish = Wish(use_case=UseCaseId(use_case), tolerance=tolerance, strategy=strategy)
    with opened(folder, data) as fiel:
        with staged() as progress:
            found = weigh(fiel.house, wish, draw=random.Random(seed).random, progress=progress)  # noqa: S311 - no secret
        remember(fiel.house, found).result()
        with fiel.house.store.read() as tx:
            case = fiel.house.shelf.now(tx).use_case(wish.use_case)
        wording = Wording(language=language, phrases=fiel.house.phrases[language])
    if report is not None:
        report.write_text(page_of(found, case, wording), encoding="utf-8")
    written = _apply(folder, case, found) if apply else None
    if as_json:
        sentences = {"sentence": wording.sentence(found), "attributes_sentence": _about_telling(found, wording)}
        tell({**plain(found), **sentences, "written": written and written.as_posix()})
        return
    click.echo("\n".join(_told(found, case, wording)))
    if written is not None:
        click.echo(
            f"\nwritten to {written.as_posix()}; `fiel diff` shows what it changes, `fiel publish` puts it in force"
        )


def _apply(folder: Path, case: UseCase, found: Balance) -> Path:
    """Write the least that is enough of both; raises `Malformed` if there is neither to write."""
    needless = found.telling.needless if found.telling else None
    if not needless:
        return _bound(folder, case, found)
    written = trim(folder, case.id, attributes=needless)
    try:
        return _bound(folder, case, found)
    except Malformed:
        return written


def _bound(folder: Path, case: UseCase, found: Balance) -> Path:
    """Write the bound of the smallest that suffices; raises `Malformed` if there is none to write."""
    if found.smallest is None:
        raise Malformed("there is no smaller bound that is enough: nothing was written")
    if found.smallest.bound == found.declared:
        raise Malformed("what is declared is already the least that is enough: nothing was written")
    declared = {rung.strategy for rung in case.rungs if rung.events}
    if found.strategy not in declared:
        own = ", ".join(sorted(declared))
        raise Malformed(
            f"this was measured with `{found.strategy}`, and the use case declares `{own}`: nothing was written",
            hint=f"declare the better one first, or measure what is declared: `--strategy {own}`",
        )
    return rebound(folder, case.id, bound=found.smallest.bound)


def _about_telling(found: Balance, wording: Wording) -> str | None:
    return wording.told(found.telling, tolerance=found.tolerance) if found.telling else None


def _told(found: Balance, case: UseCase, wording: Wording) -> Iterator[str]:
    yield click.style(wording.sentence(found), bold=True)
    yield from wording.remarks(found, case)
    if found.bounds:
        yield from ("", *padded(bounds_table(found, wording)))
    if found.telling is not None:
        yield from ("", click.style(wording.told(found.telling, tolerance=found.tolerance), bold=True))
        yield from padded(telling_table(found.telling, wording))
        yield from (wording.likely(found.likely),) if found.likely else ()
    for scores in baskets(found):
        yield from ("", click.style(wording.basket(scores[0].shown), bold=True))
        yield from padded(levels_table(found, scores, wording))
        yield from (f"  {told}" for score in scores if (told := wording.verdict(score)))
    if found.since is not None:
        yield from ("", click.style(wording.say("part.since"), bold=True), wording.since(found.since))
        yield from padded(since_table(found.since, wording))
