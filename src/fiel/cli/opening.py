"""Opening the Fiel of a promise's folder for a command, where there is one: a look never makes a store or a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from fiel.bootstrap import Opened, open_fiel
from fiel.core.errors import Unknown
from fiel.settings import Settings

data_folder = click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where data lie, if not in DIR/.fiel."
)
"""The folder of data, where it is not the usual one."""


@contextmanager
def opened(folder: Path, data: Path | None) -> Iterator[Opened]:
    """The Fiel of a folder; raises `Unknown` if it never ran there, and as `open_fiel` does."""
    settings = Settings.of(folder, data=data)
    if not settings.data.is_dir():
        raise Unknown(f"nothing was ever served from `{folder.as_posix()}`", hint="name where data lie: `--data DATA`")
    with open_fiel(settings) as fiel:
        yield fiel
