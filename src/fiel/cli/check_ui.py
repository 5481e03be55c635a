"""The half of `fiel check` that looks at pages: at an address, or at a throw-away Fiel on the promise of DIR."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from fiel.cli.options import counted
from fiel.core.errors import SettingsInvalid
from fiel.uicheck.browser import chromium
from fiel.uicheck.checks import ALL
from fiel.uicheck.outcome import Verdict
from fiel.uicheck.report import PICTURES, as_json, load_words, said, write
from fiel.uicheck.run import Report, run, take_pictures
from fiel.uicheck.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SANDBOX: Final = "sandbox"
"""What `--ui` says when it names no address."""

TOKEN: Final = "FIEL_UI_TOKEN"  # noqa: S105 - the variable's name
"""The variable that holds a token, or a link that leads in."""

MARKS: Final = {Verdict.PASSED: "ok", Verdict.FAILED: "no", Verdict.NOTHING: "--"}
FIRST: Final = 5
"""Faults of one check that the command prints; the report has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be looked at, the pages at an address or of a folder, and how; `press`: buttons may be pressed."""

    address: str | None
    folder: Path | None
    press: bool
    token_from: Path | None
    report: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a look, and where the report went."""

    report: Report
    folder: Path | None

    @property
    def holds(self) -> bool:
        """Whether nothing was found that must not be."""
        return self.report.holds

    @property
    def answer(self) -> dict[str, object]:
        """All of it, for whoever reads it by program."""
        return as_json(self.report)

    def told(self) -> None:
        """Say what was found, check by check."""
        _tell(self.report)
        if self.folder is not None:
            click.echo(f"the report is in {self.folder.as_posix()}: report.es.html, report.en.html, report.json")


def wished(*, ui: str, folder: Path | None, press: bool, token_from: Path | None, report: Path | None) -> Wish:
    """What the options ask for; raises a usage error for what cannot be meant."""
    if ui != SANDBOX and urlsplit(ui).scheme not in {"http", "https"}:
        raise click.BadParameter(
            f"`{ui}` is no address: write `--ui https://…`, or `fiel check DIR --ui`", param_hint="--ui"
        )
    if ui == SANDBOX and folder is None:
        raise click.UsageError("say where the pages are, `--ui URL`; or DIR, to try its promise in a throw-away server")
    return Wish(address=None if ui == SANDBOX else ui, folder=folder, press=press, token_from=token_from, report=report)


def look(wish: Wish) -> Seen:
    """Look at the pages, and write the report if one is wished for.

    What the throw-away server has is nobody's: there buttons are pressed unasked.
    """
    press = wish.press or wish.address is None
    steps = len(ALL) + (sum(bool(check.pressing) for check in ALL) if press else 0)
    with chromium() as browser, _somebody(browser, wish) as visitor:
        # Before anything is pressed, so that the pictures show what was judged.
        pictures = tuple(take_pictures(visitor, wish.report / PICTURES)) if wish.report is not None else ()
        with click.progressbar(length=steps, label="looking", file=sys.stderr) as bar:
            found = run(visitor, press=press, now=datetime.now(UTC), progress=lambda _name: bar.update(1))
    report = replace(found, pictures=pictures, url=found.url if wish.address is not None else "")
    if wish.report is not None:
        write(report, wish.report)
    return Seen(report=report, folder=wish.report)


def _tell(report: Report) -> None:
    words = load_words()["en"]
    for result in report.results:
        title = words[f"check.{result.check.name}.title"]
        colour = {Verdict.PASSED: "green", Verdict.FAILED: "red"}.get(result.verdict)
        mark = click.style(MARKS[result.verdict], fg=colour, bold=True)
        click.echo(f"{mark}  {title}   {counted(result.outcome.looked, 'thing')} looked at")
        for fault in result.outcome.faults[:FIRST]:
            click.echo(f"      {fault.where}: {said(fault, 'en')}")
        if len(result.outcome.faults) > FIRST:
            click.echo(f"      and {len(result.outcome.faults) - FIRST:,} more")
    failed = report.count(Verdict.FAILED)
    click.echo(
        f"{counted(failed, 'check')} of {len(report.results)} failed" if failed else "the pages pass every check"
    )
    if not report.pressed:
        click.echo("no button was pressed: `--press` presses them, as a test person")


@contextmanager
def _somebody(browser: "Browser", wish: Wish) -> Iterator[Visitor]:
    """Somebody before the pages: at the address, or before a throw-away Fiel on the promise."""
    if wish.address is not None:
        yield Visitor(browser, wish.address, token=_token(wish.token_from))
        return
    if wish.folder is None:
        raise SettingsInvalid("there is neither an address nor a folder")
    from fiel.cli.sandbox import sandbox

    with sandbox(wish.folder) as box:

        def newcomer() -> Visitor:
            return Visitor(browser, box.url, token=box.newcomer())

        yield Visitor(browser, box.url, token=box.token(), newcomer=newcomer)


def _token(token_from: Path | None) -> str:
    """What leads in, from a file or the environment: on the command line everybody on the machine could read it."""
    if token_from is not None:
        with click.open_file(str(token_from), encoding="utf-8") as file:
            token = str(file.read()).strip()
    else:
        token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise SettingsInvalid(
            "nothing was shown that leads into the pages",
            hint=f"put a subject token or an entry link into `{TOKEN}`, or into a file: `--token-from FILE`, `-` for "
            "standard input; `fiel token DIR --subject user:test` makes one",
        )
    return token
