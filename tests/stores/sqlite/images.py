"""What a disk would hold if the machine stopped at one point: a copy of folder and keys, to be opened again."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fiel.stores.sqlite import SqliteStore
from fiel.testing.seals import MemorySeals

MADE_ANEW = ("*-shm", "*.lock", "ballast")
"""Files that say nothing after a crash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One such copy: at which point, when how many acts had been answered, and by what is left."""

    point: str
    answered: int
    folder: Path
    seals: MemorySeals

    def again(self, folder: Path) -> "Image":
        """The same image in another folder, so that this one can be looked at again."""
        place = folder / self.folder.name
        shutil.copytree(self.folder, place)
        return replace(self, folder=place, seals=self.seals.copied())

    def open(self) -> SqliteStore:
        """The store after the crash."""
        return SqliteStore.open(self.folder, seals=self.seals, exclusive=True)


@dataclass(slots=True, kw_only=True)
class Camera:
    """A crash point that takes an image each time it is passed."""

    folder: Path
    seals: MemorySeals
    answered: Callable[[], int]
    images: list[Image] = field(default_factory=list)
    rolling: bool = False

    def __call__(self, point: str) -> None:
        """Take an image."""
        if not self.rolling:
            return
        copy = self.folder.with_name(f"{self.folder.name}-{len(self.images)}")
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns(*MADE_ANEW))
        self.images.append(Image(point=point, answered=self.answered(), folder=copy, seals=self.seals.copied()))
