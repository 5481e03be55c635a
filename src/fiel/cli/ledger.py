"""`fiel ledger checkpoint DIR`: the ledger's head, signed, to give to others, so that they can hold it to its word."""

from pathlib import Path

import click

from fiel.cli.opening import opened
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.operations.prove import checkpoint as signed_head


@click.group()
def ledger() -> None:
    """What the ledger vouches for."""


@ledger.command()
@promise_folder
@data_folder
@as_json
def checkpoint(*, folder: Path, data: Path | None, as_json: bool) -> None:
    """Print the signed checkpoint of DIR's ledger as it is now (C2SP tlog-checkpoint).

    Keep it elsewhere, or give it to somebody: `fiel verify DIR --ledger --checkpoint FILE` holds the ledger to it.
    """
    with opened(folder, data) as fiel:
        note = signed_head(fiel.house)
    if as_json:
        tell({"checkpoint": note})
    else:
        click.echo(note, nl=False)
