"""Opening the Fiel of a promise's folder for a command.

Where nothing was ever published, the promise of the folder is taken up as it is: nobody agreed to another one yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fiel.bootstrap import Opened, load_appetites, load_laws, open_fiel
from fiel.cli.options import counted
from fiel.core.errors import SettingsInvalid, Unknown
from fiel.core.promise.usecase import Promise
from fiel.operations.publish import adopt
from fiel.registry import check_promise
from fiel.settings import Settings


@contextmanager
def opened(folder: Path, data: Path | None) -> Iterator[Opened]:
    """The Fiel that was started in a folder: a look never makes a store or a key.

    Raises `Unknown` if it never ran there, and as `open_fiel` does.
    """
    settings = Settings.of(folder, data=data)
    if not settings.data.is_dir():
        raise Unknown(f"nothing was ever served from `{folder.as_posix()}`", hint="name where data lie: `--data DATA`")
    with open_fiel(settings) as fiel:
        _prime(fiel)
        yield fiel


@contextmanager
def started(folder: Path, data: Path | None, *, serving: bool = False, letterbox: bool = False) -> Iterator[Opened]:
    """The Fiel of a folder, made if it is not there, with a promise in force. `letterbox`: letters go into a folder."""
    settings = replace(Settings.of(folder, data=data), letterbox=letterbox)
    if not settings.data.is_dir():
        sound_promise(folder)  # before anything is made for a promise that cannot be served
    with open_fiel(settings, serving=serving) as fiel:
        with fiel.house.store.read() as tx:
            in_force = tx.promises.current()
        if in_force is None:
            adopt(fiel.house, sound_promise(folder)).result()
        _prime(fiel)
        yield fiel


def sound_promise(folder: Path) -> Promise:
    """The promise of a folder, if `fiel check` finds no error in it; raises `SettingsInvalid`."""
    reading = check_promise(folder, reads=load_appetites(), laws=load_laws())
    if reading.errors or reading.promise is None:
        raise SettingsInvalid(
            f"the promise in `{folder.as_posix()}` has {counted(reading.errors, 'error')}",
            hint=f"`fiel check {folder.as_posix()}` shows them",
        )
    return reading.promise


def _prime(fiel: Opened) -> None:
    """Read what is in force once, so that there is always an answer for nobody in particular."""
    with fiel.house.store.read() as tx:
        if tx.promises.current() is not None:
            fiel.house.shelf.now(tx)
