"""What several subcommands take: the promise's folder, `--json`."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

promise_folder = click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
"""The folder of a promise that exists."""

data_folder = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Where data lie, if not in DIR/.fiel."
)
"""The folder of data, where it is not the usual one."""

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
"""For whoever reads the answer by program."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """So many of what: one of a thing has no plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def tell(answer: Mapping[str, object]) -> None:
    """Print an answer as JSON on standard output."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
