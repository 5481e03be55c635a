"""Where things lie and what was set: arguments first, then `FIEL_…` in the environment, then what suits most."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from fiel.core.errors import SettingsInvalid
from fiel.egress import PUBLIC, Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The folders of one Fiel: the promise, what is stored (`data`), and the root key, which lies outside of it.

    `origin` is the ledger's name in checkpoints; None for one made of its key. `reach`: how far requests may go out.
    """

    promise: Path
    data: Path
    root_key: Path
    origin: str | None = None
    reach: Reach = PUBLIC

    @property
    def keys(self) -> Path:
        """Where the wrapped keys lie: beside the store, useless without the root key."""
        return self.data / "keys"

    @classmethod
    def of(cls, promise: Path, *, data: Path | None = None, environ: Mapping[str, str] = os.environ) -> Self:
        """The settings for a promise's folder.

        `FIEL_DATA` says where data lie (else in `.fiel` of the promise's folder), `FIEL_ROOT_KEY` where the root key
        does (else beside the data folder, under its name with `.key`), `FIEL_ORIGIN` what the ledger is called,
        `FIEL_EGRESS` how far requests go out. Raises `SettingsInvalid` for what cannot be meant.
        """
        folder = data or Path(environ.get("FIEL_DATA") or promise / ".fiel")
        root_key = environ.get("FIEL_ROOT_KEY") or folder.with_name(folder.name + ".key")
        return cls(
            promise=promise,
            data=folder,
            root_key=Path(root_key),
            origin=environ.get("FIEL_ORIGIN") or None,
            reach=reach_of(environ.get("FIEL_EGRESS", "")),
        )


_REACHES: Final = frozenset({"private", "loopback"})


def reach_of(words: str) -> Reach:
    """How far the door out opens, from words between commas: `private`, `loopback`, both, or none."""
    named = {word.strip() for word in words.split(",")} - {""}
    if not named <= _REACHES:
        raise SettingsInvalid(
            "`FIEL_EGRESS` names what there is not",
            hint="`private` lets requests into your own networks, `loopback` to this machine; empty, to neither",
        )
    return Reach(private="private" in named, loopback="loopback" in named)
