"""`fiel schema [DIR]`: the JSON Schema of a promise's files, so that an editor completes keys and names."""

from pathlib import Path

import click

from fiel.cli.options import tell
from fiel.registry import read_promise
from fiel.registry.schema import json_schema


@click.command()
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def schema(*, folder: Path | None) -> None:
    """Print one JSON Schema for `fiel.yaml` and for every file of `use_cases`.

    With DIR, it completes the areas, attributes, events and groups that DIR declares.
    """
    tell(json_schema(read_promise(folder).promise if folder else None))
