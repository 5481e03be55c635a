"""A finding as it is shown: where, what, the line it is about, a caret, and what to do."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from fiel.cli.options import counted
from fiel.core.promise.finding import Finding, Severity

WIDEST: Final = 120
"""How many characters of a line are shown."""

BEFORE: Final = 40
"""How many of them stand before the caret, in a line too long to be shown whole."""

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def excerpt(finding: Finding, sources: Mapping[str, str], *, folder: Path) -> str:
    """A finding in several lines; `folder` is put before the file, so that an editor can open it."""
    place = click.style(f"{(folder / finding.file).as_posix()}:{finding.line}:{finding.column}:", bold=True)
    code = click.style(finding.code.value, fg=COLOURS[finding.severity], bold=True)
    mild = " (warning)" if finding.severity is Severity.WARNING else ""
    head = f"{place} {code} {finding.message}{mild}"
    line = _line(finding, sources)
    if line is None:
        return f"{head}\n    {finding.hint}" if finding.hint else head
    shown, indent = _cropped(line, finding.column - 1)
    caret = click.style("^" * max(1, min(finding.length, len(shown) - len(indent))), fg=COLOURS[finding.severity])
    margin = " " * len(str(finding.line))
    return f"{head}\n  {finding.line} | {shown}\n  {margin} | {indent}{caret} {finding.hint}".rstrip()


def summary(findings: Sequence[Finding], *, use_cases: int) -> str:
    """The last line: how many of what in how many use cases."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    numbers = [(errors, "error"), (len(findings) - errors, "warning")]
    told = ", ".join(counted(number, noun) for number, noun in numbers if number) or "no findings"
    return f"{told} in {counted(use_cases, 'use case')}"


def _line(finding: Finding, sources: Mapping[str, str]) -> str | None:
    lines = sources.get(finding.file, "").split("\n")
    line = lines[finding.line - 1].rstrip("\r") if finding.line <= len(lines) else ""
    return "".join(letter if letter.isprintable() or letter == "\t" else "�" for letter in line) or None


def _cropped(line: str, column: int) -> tuple[str, str]:
    """The part of a line that is shown, and the blank that stands before its caret: tabs stay tabs."""
    start = max(0, column - BEFORE) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST]
    return shown, "".join("\t" if letter == "\t" else " " for letter in line[start:column])
