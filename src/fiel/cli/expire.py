"""`fiel expire DIR`: destroy what time has made due."""

from dataclasses import asdict
from pathlib import Path

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.cli.progress import counting
from fiel.operations.expire import expire as let_age


@click.command()
@promise_folder
@data_folder
@as_json
def expire(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """Let consents lapse, dormant grants end and old data go, for everybody in DIR."""
    with opened(folder, data) as fiel, counting("people") as count:
        aged = let_age(fiel.house, progress=count)
    if as_json:
        tell(asdict(aged))
    else:
        click.echo(", ".join(f"{count} {what}" for what, count in asdict(aged).items()))
