"""`fiel init DIR`: a promise to start from, which passes `fiel check` as it is written."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from fiel.cli.options import as_json, tell
from fiel.core.errors import Conflict, Unavailable

EXAMPLES = {"shop": ("fiel.demo", "promise")}
"""The whole promises one may start from: the package and the folder they are in."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--example", type=click.Choice(sorted(EXAMPLES)), help="Write this whole promise instead of a starter.")
@as_json
def init(*, folder: Path, example: str | None, as_json: bool) -> None:
    """Write a promise to start from into DIR.

    Nothing that is there is overwritten.
    """
    package, place = EXAMPLES[example] if example else ("fiel.cli", "starter")
    texts = dict(_texts(files(package) / place))
    written = write(texts, folder)
    if as_json:
        tell({"folder": str(folder), "files": [path.as_posix() for path in written]})
        return
    for path in written:
        click.echo(f"wrote {path.as_posix()}")
    click.echo(f"next: fiel check {folder.as_posix()}")


def write(texts: dict[str, str], folder: Path) -> list[Path]:
    """Write texts by name into a folder; raises `Conflict`, before anything is written, if one of them is there."""
    there = sorted(name for name in texts if (folder / name).exists())
    if there:
        raise Conflict(f"`{(folder / there[0]).as_posix()}` is there already", hint="name another folder")
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise Unavailable(f"`{folder.as_posix()}` cannot be written: {error.strerror}") from error
    return [folder / name for name in texts]


def _texts(place: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(place.iterdir(), key=lambda entry: (entry.is_dir(), entry.name)):
        if entry.is_dir():
            yield from _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield f"{prefix}{entry.name}", entry.read_text(encoding="utf-8")
