"""`fiel learn DIR`: add what people teach, and publish models of it when enough of them changed."""

from dataclasses import asdict
from pathlib import Path

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, counted, data_folder, promise_folder, tell
from fiel.cli.progress import counting
from fiel.operations.learn import learn as teach


@click.command()
@promise_folder
@data_folder
@as_json
def learn(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """Learn from everybody who said yes to teaching in DIR's use cases."""
    with opened(folder, data) as fiel, counting("people") as count:
        learnt = teach(fiel.house, progress=count)
    if as_json:
        tell({"learnt": [asdict(each) for each in learnt]})
        return
    for each in learnt:
        fate = "published" if each.published else "withdrawn" if each.withdrawn else "not published yet"
        people = counted(each.people, "person teaches", "people teach")
        click.echo(f"{each.use_case}: {people}, {each.changed} changed now; {fate}")
