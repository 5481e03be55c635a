"""Where things lie and what was set: arguments first, then `FIEL_…` in the environment, then what suits most."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from fiel.core.errors import SettingsInvalid

ORIGIN: Final = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?"
)
"""An origin as browsers write it; without encryption only on this very machine, to try things out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The folders of one Fiel: the promise, what is stored (`data`), and the root key, which lies outside of it.

    `origin` is the ledger's name in checkpoints; None for one made of its key. `frames`: whose pages may frame the
    preference centre.
    """

    promise: Path
    data: Path
    root_key: Path
    origin: str | None = None
    frames: tuple[str, ...] = ()

    @property
    def keys(self) -> Path:
        """Where the wrapped keys lie: beside the store, useless without the root key."""
        return self.data / "keys"

    @classmethod
    def of(cls, promise: Path, *, data: Path | None = None, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings for a promise's folder.

        `FIEL_DATA` says where data lie (else in `.fiel` of the promise's folder), `FIEL_ROOT_KEY` where the root key
        does (else beside the data folder, under its name with `.key`), `FIEL_ORIGIN` what the ledger is called, and
        `FIEL_FRAME_ANCESTORS` the origins, with spaces between, whose pages may hold the preference centre in a frame.
        Raises `SettingsInvalid` for one that is not an exact origin.
        """
        folder = data or Path(environ.get("FIEL_DATA") or promise / ".fiel")
        root_key = environ.get("FIEL_ROOT_KEY") or folder.with_name(folder.name + ".key")
        return cls(
            promise=promise,
            data=folder,
            root_key=Path(root_key),
            origin=environ.get("FIEL_ORIGIN") or None,
            frames=_frames(environ.get("FIEL_FRAME_ANCESTORS", "")),
        )


def _frames(text: str) -> tuple[str, ...]:
    """The origins named there; a wildcard, a path or a scheme that anybody could listen to is none."""
    origins = tuple(dict.fromkeys(text.split()))
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise SettingsInvalid(
                f"`{origin}` in `FIEL_FRAME_ANCESTORS` is not an exact origin",
                hint="write each like `https://shop.example`, spaces between, without a path",
            )
    return origins
