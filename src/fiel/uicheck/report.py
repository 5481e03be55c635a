"""The report on a folder: a page in each language to read and to file, all of it as JSON, and the pictures.

No token and no address of a page with anything personal in it stands in either; the pictures show what the test person
saw, and the page says so.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from fiel.core.errors import Unavailable
from fiel.uicheck.checks import ACCESS, PATTERNS
from fiel.uicheck.outcome import Check, Fault, Verdict
from fiel.uicheck.run import Report, Result

LANGUAGES: Final = ("es", "en")
PICTURES: Final = "pictures"
SHOWN: Final = 40
"""Faults of one check that the page lists; all of them are in the JSON."""

Words = Mapping[str, str]


@cache
def load_words() -> Mapping[str, Words]:
    """The report's sentences by language, each under its whole name."""
    folder = files("fiel.uicheck") / "locales"
    return {
        language: dict(_flat(tomllib.loads((folder / f"{language}.toml").read_text("utf-8")))) for language in LANGUAGES
    }


def said(fault: Fault, language: str) -> str:
    """A fault in one sentence."""
    return load_words()[language][f"fault.{fault.says}"].format_map(fault.named)


def as_json(report: Report) -> dict[str, object]:
    """The whole report as plain values."""
    return {
        "url": report.url,
        "at": report.at.isoformat(timespec="seconds"),
        "versions": dict(report.versions),
        "languages": list(report.languages),
        "pressed": report.pressed,
        "holds": report.holds,
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "checks": [_row(result) for result in report.results],
        "pictures": [{"file": f"{PICTURES}/{each.file}", "where": each.where} for each in report.pictures],
    }


def write(report: Report, folder: Path) -> list[Path]:
    """Write `report.json` and a page in each language; raises `Unavailable` if the folder cannot be written."""
    texts = {"report.json": json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"}
    texts |= {f"report.{language}.html": _page(report, language) for language in LANGUAGES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Unavailable(f"`{folder.as_posix()}` cannot be written: {error.strerror}") from error
    return [folder / name for name in texts]


def source_of(check: Check, language: str) -> str:
    """What asks for a check, in words: the guidelines' paragraph, the criterion, or the house."""
    words = load_words()[language]
    if not check.source:
        return words["source_own"]
    kind = "edpb" if check in PATTERNS else "wcag"
    return words[f"source_{kind}"].format(number=check.source)


def _row(result: Result) -> dict[str, object]:
    check = result.check
    return {
        "check": check.name,
        "source": source_of(check, "en"),
        "rule": load_words()["en"][f"check.{check.name}.rule"],
        "verdict": result.verdict.value,
        "looked": result.outcome.looked,
        "faults": [
            {"where": each.where, "fault": each.says, "says": {code: said(each, code) for code in LANGUAGES}}
            for each in result.outcome.faults
        ],
    }


def _page(report: Report, language: str) -> str:
    environment = Environment(
        loader=PackageLoader("fiel.uicheck"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    parts = {"patterns": PATTERNS, "access": ACCESS}
    return environment.get_template("report.html").render(
        words=load_words()[language],
        language=language,
        report=report,
        folder=PICTURES,
        counts={verdict.value: report.count(verdict) for verdict in Verdict},
        faults=sum(len(result.outcome.faults) for result in report.results),
        parts={name: [each for each in report.results if each.check in checks] for name, checks in parts.items()},
        said=lambda fault: said(fault, language),
        source=lambda check: source_of(check, language),
        shown=SHOWN,
    )


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
