"""`fiel import`: events, items and choices from files, through the same gate as everything else."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from fiel.cli.intake import Intake
from fiel.cli.interruption import interruptible
from fiel.cli.opening import started
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.cli.rows import Row, batches, read_rows, total_of

TOGETHER: Final = 2_000
"""Rows in one transaction."""

MOST_NAMED: Final = 20
"""Malformed rows that are named one by one."""


@click.command("import")
@promise_folder
@click.argument("what", type=click.Choice(["events", "items", "choices"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "mapping", default="", metavar="NAME=COLUMN,…", help="Which column holds what.")
@click.option("--event", help="The event that each row is, for events.")
@data_folder
@as_json
def import_(  # noqa: PLR0913 - an argument for each option
    *, folder: Path, what: str, file: Path, mapping: str, event: str | None, data: Path | None, as_json: bool
) -> None:
    """Bring in a FILE (.parquet, .jsonl, .csv). A second run of the same file changes nothing.

    A choice that is not later than what stands is left out; one without `at` is taken only if it allows less.

    Exit code 1 if a row was malformed or the file ends in damage: what was sound is in, and the tally says how much.

    Events need `user` or `anonymous`, `at`, and the event's properties. Choices need `user` or `anonymous`, `use_case`
    and `status`, and say that you vouch for the notice having been shown. Items need `id` and `title`.
    """
    columns = _columns(mapping)
    if what == "events" and not event:
        raise click.UsageError("events need a name: --event purchase")
    with started(folder, data) as fiel:
        taken = Intake(fiel.house)
        if what == "events":
            taken.refuse_undeclared(event or "")
        steps: Mapping[str, Callable[[list[Row]], None]] = {
            "events": lambda rows: taken.events(rows, event=event or ""),
            "items": taken.items,
            "choices": taken.choices,
        }
        rows = taken.sound(read_rows(file, columns))
        with click.progressbar(length=total_of(file), label=what, file=sys.stderr) as bar, interruptible() as wished:
            for some in batches(rows, TOGETHER):
                taken.take(steps[what], some)
                bar.update(len(some))
                if taken.fault is not None or wished.is_set():
                    break
    _tell(taken, file, as_json=as_json, interrupted=wished.is_set())
    if taken.fault is not None:
        raise taken.fault
    if taken.wrong or wished.is_set():
        sys.exit(1)


def _columns(mapping: str) -> dict[str, str]:
    """`item=StockCode,user=CustomerID` as names and columns."""
    columns = {}
    for part in filter(None, mapping.split(",")):
        name, equals, column = part.partition("=")
        if not equals or not name.strip() or not column.strip():
            raise click.BadParameter(f"`{part}` is not NAME=COLUMN", param_hint="--map")
        columns[name.strip()] = column.strip()
    return columns


def _tell(taken: Intake, file: Path, *, as_json: bool, interrupted: bool) -> None:
    wrong = sorted(taken.wrong, key=lambda each: each.number)
    if interrupted:
        click.echo("fiel: interrupted; what is counted as kept is kept, and a second run goes on from there", err=True)
    if as_json:
        tell(
            {
                "file": file.name,
                "rows": taken.rows,
                "kept": dict(taken.kept),
                "dropped": [{"use_case": name, "why": why, "count": n} for (name, why), n in taken.dropped.items()],
                "malformed": [{"file": file.name, "row": each.number, "what": each.what} for each in wrong],
                "whole": taken.fault is None and not interrupted,
            }
        )
        return
    click.echo(f"{counted(taken.rows, 'row')} of {file.name}")
    for name, number in sorted(taken.kept.items()):
        click.echo(f"  kept     {number:>9,}  {name}")
    for (name, why), number in sorted(taken.dropped.items()):
        click.echo(f"  dropped  {number:>9,}  {name or 'named by no use case'}: {why}")
    for each in wrong[:MOST_NAMED]:
        click.echo(f"  {file.name}:{each.number}: {each.what}", err=True)
    if len(wrong) > MOST_NAMED:
        click.echo(f"  and {counted(len(wrong) - MOST_NAMED, 'more row')} malformed", err=True)
