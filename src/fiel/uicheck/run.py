"""All checks on one visitor's pages, and what came of them as one value that can be written down."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from fiel import __version__
from fiel.uicheck.checks import ALL
from fiel.uicheck.outcome import Check, Outcome, Verdict, together
from fiel.uicheck.visitor import Breadth, Visitor

SHOWN: Final = Breadth(widths=(390, 1280))
"""The widths of the pictures."""

Progress = Callable[[str], None]
"""Told the name of each check once it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One check, and what it came to."""

    check: Check
    verdict: Verdict
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as it was seen: its file, and what it shows."""

    file: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, when, and with what. `url` is empty where the pages were those of a throw-away server."""

    url: str
    at: datetime
    versions: Mapping[str, str]
    languages: tuple[str, ...]
    pressed: bool
    results: tuple[Result, ...]
    pictures: tuple[Picture, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found that must not be."""
        return all(result.verdict is not Verdict.FAILED for result in self.results)

    def count(self, verdict: Verdict) -> int:
        """How many checks came to a verdict."""
        return sum(result.verdict is verdict for result in self.results)


def run(visitor: Visitor, *, press: bool, now: datetime, progress: Progress, checks: Sequence[Check] = ALL) -> Report:
    """Every look of every check first, and the presses after all looks: these change what there is to look at."""
    looked = {check.name: together(look(visitor) for look in check.looks) for check in _told(checks, progress)}
    if press:
        for check in _told([check for check in checks if check.pressing], progress):
            looked[check.name] = together([looked[check.name], *(look(visitor) for look in check.pressing)])
    return Report(
        url=visitor.url,
        at=now,
        versions=_versions(visitor),
        languages=visitor.languages,
        pressed=press,
        results=tuple(_result(check, looked[check.name]) for check in checks),
    )


def take_pictures(visitor: Visitor, folder: Path) -> Iterator[Picture]:
    """Every page as a picture, at two widths, light and dark, in each language."""
    folder.mkdir(parents=True, exist_ok=True)
    for sight in visitor.sights():
        for view in sight.seen_at(SHOWN):
            name = view.place.name.strip("/").replace("/", "-").replace("{", "").replace("}", "") or "start"
            file = f"{name}-{view.language}-{view.width}-{'dark' if view.dark else 'light'}.png"
            view.page.screenshot(path=folder / file, full_page=True)
            yield Picture(file=file, where=view.where)


def _told(checks: Sequence[Check], progress: Progress) -> Iterator[Check]:
    for check in checks:
        yield check
        progress(check.name)


def _result(check: Check, outcome: Outcome) -> Result:
    return Result(check=check, verdict=Verdict.of(outcome), outcome=outcome)


def _versions(visitor: Visitor) -> Mapping[str, str]:
    """What looked: the programs by their versions."""
    found = {"fiel": __version__, "Chromium": visitor.chromium}
    for name in ("playwright", "axe-playwright-python"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
