"""`fiel balance DIR USE_CASE`: how relevant each level and bound is on one's own data, and how little is enough."""

from pathlib import Path

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.cli.progress import staged


@click.command()
@promise_folder
@click.argument("use_case")
@click.option(
    "--tolerance", type=click.FloatRange(0.001, 0.5), default=0.02, show_default=True, help="What may be lost."
)
@click.option("--strategy", metavar="NAME", help="Try the bounds with this one instead of the strongest.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Chance begins here: the same data, the same answer."
)
@data_folder
@as_json
def balance(  # noqa: PLR0913 - an argument for each option
    *, folder: Path, use_case: str, tolerance: float, strategy: str | None, seed: int, data: Path | None, as_json: bool
) -> None:
    """Measure how relevant USE_CASE is at each level and bound, on the data of people who let it be measured."""
    import random

    from fiel.core.ids import UseCaseId
    from fiel.operations.balance import Wish, remember
    from fiel.operations.balance import balance as weigh
    from fiel.web.balance.plain import plain

    wish = Wish(use_case=UseCaseId(use_case), tolerance=tolerance, strategy=strategy)
    with opened(folder, data) as fiel:
        with staged() as progress:
            found = weigh(fiel.house, wish, draw=random.Random(seed).random, progress=progress)  # noqa: S311 - no secret
        remember(fiel.house, found).result()
    if as_json:
        tell(plain(found))
