"""`fiel token DIR`: a subject token, for development and tests."""

from pathlib import Path

import click

from fiel.cli.opening import started
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.core.ids import Identifier

LONGEST = 15


@click.command()
@promise_folder
@data_folder
@click.option("--subject", required=True, metavar="user:ID", help="Whom it proves: user:ID or anonymous:ID.")
@click.option("--minutes", default=LONGEST, show_default=True, type=click.IntRange(1, LONGEST), help="How long.")
@as_json
def token(*, folder: Path, data: Path | None, subject: str, minutes: int, as_json: bool) -> None:
    """Print a token that proves somebody to the Fiel of DIR. In production the host application makes these."""
    with started(folder, data) as fiel:
        now = fiel.house.clock.now()
        issued = fiel.vault.subjects.issue(Identifier.parse(subject), minutes=minutes, now=now)
    if as_json:
        tell({"token": issued, "minutes": minutes})
    else:
        click.echo(issued)
