"""A draft by its lines, each with what is found in it: where a finding leads, without a script."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from fiel.core.promise.finding import Finding, Severity
from fiel.registry import DRAFT, Reading

WIDEST: Final = 400
"""Letters of one line that are shown; more are no use case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding: its rule's code, whether it forbids, where it leads (0: to no line of the draft), and its words."""

    code: str
    forbids: bool
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, cut where a finding points: before it, what it points at, and after. `found` are its findings."""

    number: int
    before: str
    marked: str
    after: str
    found: tuple[Found, ...]


def found_in(reading: Reading) -> tuple[Found, ...]:
    """All findings, in the order of the lines."""
    return tuple(_found(finding) for finding in reading.findings)


def lines_of(reading: Reading) -> tuple[Line, ...]:
    """Every line of the draft."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in reading.findings:
        if finding.file == DRAFT:
            found[finding.line].append(finding)
    text = reading.sources.get(DRAFT, "")
    return tuple(_line(number, line, found[number]) for number, line in enumerate(text.split("\n"), start=1))


def _found(finding: Finding) -> Found:
    return Found(
        code=finding.code.value,
        forbids=finding.severity is Severity.ERROR,
        line=finding.line if finding.file == DRAFT else 0,
        message=finding.message,
        hint=finding.hint,
    )


def _line(number: int, text: str, found: list[Finding]) -> Line:
    shown = "".join(letter if letter.isprintable() or letter == "\t" else "�" for letter in text.rstrip("\r"))[:WIDEST]
    start = found[0].column - 1 if found else len(shown)
    end = start + found[0].length if found else start
    return Line(
        number=number,
        before=shown[:start],
        marked=shown[start:end],
        after=shown[end:],
        found=tuple(map(_found, found)),
    )
