"""`fiel learn DIR`: add what people teach, and publish models of it when enough of them changed."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import assert_never

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.cli.progress import counting
from fiel.cli.workers import working
from fiel.operations.learn import Learnt
from fiel.operations.learn import learn as teach
from fiel.operations.recount import Fate, Recounted
from fiel.operations.recount import recount as add_up


@click.command()
@promise_folder
@data_folder
@click.option("--recount", is_flag=True, help="First add up again what everybody added, and set right what differs.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Add up in N processes.")
@click.option("--dask", metavar="ADDRESS", help="Add up on the Dask cluster whose scheduler is at ADDRESS.")
@as_json
@click.pass_context
def learn(  # noqa: PLR0913 - an argument for each option
    ctx: click.Context,
    *,
    folder: Path,
    data: Path | None,
    recount: bool,
    workers: int | None,
    dask: str | None,
    as_json: bool,
) -> None:
    """Learn from everybody who said yes to teaching in DIR's use cases.

    Exit code 1 if --recount found totals that are not what everybody added.
    """
    if (workers or dask) and not recount:
        raise click.UsageError("--workers and --dask add up again: say --recount too")
    if workers and dask:
        raise click.UsageError("--workers or --dask, not both")
    recounted: tuple[Recounted, ...] = ()
    with opened(folder, data) as fiel:
        if recount:
            with working(workers=workers, dask=dask) as executor, counting("added up") as count:
                recounted = add_up(fiel.house, executor=executor, progress=count)
        with counting("people") as count:
            learnt = teach(fiel.house, progress=count)
    _tell(learnt, recounted, as_json=as_json)
    ctx.exit(int(any(each.fate is not Fate.RIGHT for each in recounted)))


def _tell(learnt: Sequence[Learnt], recounted: Sequence[Recounted], *, as_json: bool) -> None:
    if as_json:
        again = {"recounted": [asdict(each) for each in recounted]} if recounted else {}
        tell({**again, "learnt": [asdict(each) for each in learnt]})
        return
    for found in recounted:
        click.echo(f"{found.use_case}: {_found(found)}")
    for each in learnt:
        fate = "published" if each.published else "withdrawn" if each.withdrawn else "not published yet"
        people = counted(each.people, "person teaches", "people teach")
        click.echo(f"{each.use_case}: {people}, {each.changed} changed now; {fate}")


def _found(found: Recounted) -> str:
    people, wrong = counted(found.people, "person", "people"), ", ".join(found.wrong)
    match found.fate:
        case Fate.RIGHT:
            return f"the totals are {click.style('right', fg='green')}: what {people} added"
        case Fate.SET_RIGHT:
            was = click.style("wrong", fg="red")
            return f"the totals of {wrong} were {was}; they are what {people} added now, and its models are withdrawn"
        case Fate.UNREADABLE:
            closed = counted(found.unreadable, "compartment")
            differ = click.style("differ", fg="red")
            return (
                f"the totals of {wrong} {differ} from what {people} added, and {closed} cannot be read: "
                "nothing was changed. Restore the keys from a back-up, or erase those people, and count again"
            )
        case _:
            assert_never(found.fate)
