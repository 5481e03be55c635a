"""The report: in both languages, whole, and without anything that could be markup or lead in."""

import json
import re
import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fiel.uicheck.checks import ALL
from fiel.uicheck.outcome import Fault, Outcome, Verdict, seen, together
from fiel.uicheck.report import LANGUAGES, load_words, said, write
from fiel.uicheck.run import Picture, Report, Result
from tests.house.tree import PACKAGE

FAULT = Fault(where="/preferences · es", says="picture", named={"what": "<b>suggestions</b>", "found": "img"})


def a_report(*faults: Fault) -> Report:
    """A report in which the first check came to these faults."""
    results = [
        Result(check=check, verdict=Verdict.of(outcome), outcome=outcome)
        for check, outcome in zip(ALL, [Outcome(looked=3, faults=faults), *[Outcome(looked=1)] * 21], strict=True)
    ]
    return Report(
        url="https://fiel.example.com",
        at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        versions={"fiel": "0.1.0"},
        languages=("es", "en"),
        pressed=False,
        results=tuple(results),
        pictures=(Picture(file="preferences-es-390-dark.png", where="/preferences · es · 390 px · dark"),),
    )


def test_every_check_and_every_fault_has_its_words() -> None:
    """Each check has a title and a rule in each language, each fault that code names its sentence; none is spare."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "uicheck").glob("*.py"))
    spanish, english = (load_words()[language] for language in LANGUAGES)
    assert spanish.keys() == english.keys()
    checks = {key.split(".")[1] for key in english if key.startswith("check.")}
    assert checks == {check.name for check in ALL}
    faults = {key.removeprefix("fault.") for key in english if key.startswith("fault.")}
    assert [name for name in faults if f'"{name}"' not in code and not name.startswith("far_")] == []
    assert set(re.findall(r'says="(\w+)"', code)) <= faults


def test_both_languages_fill_the_same_slots() -> None:
    """A sentence asks for the same in both languages."""

    def slots(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    spanish, english = (load_words()[language] for language in LANGUAGES)
    assert {key: slots(text) for key, text in spanish.items()} == {key: slots(text) for key, text in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_all_of_it(tmp_path: Path, language: str) -> None:
    """Each check by its title, the fault with its place, the date, the picture; what was found stays text."""
    write(a_report(FAULT), tmp_path)
    page = (tmp_path / f"report.{language}.html").read_text(encoding="utf-8")
    assert all(load_words()[language][f"check.{check.name}.title"] in page for check in ALL)
    assert "&lt;b&gt;suggestions&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "2026-11-24 12:00 UTC" in page
    assert 'src="pictures/preferences-es-390-dark.png"' in page
    assert "<script" not in page


def test_the_json_has_every_fault_in_both_languages(tmp_path: Path) -> None:
    """What the page leaves out for length is in the JSON."""
    many = [replace(FAULT, where=f"/preferences · {number}") for number in range(100)]
    write(a_report(*many), tmp_path)
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (told["holds"], told["counts"]) == (False, {"passed": 21, "failed": 1, "nothing": 0})
    assert [fault["says"]["en"] for fault in told["checks"][0]["faults"]] == [said(FAULT, "en")] * 100
    page = (tmp_path / "report.en.html").read_text(encoding="utf-8")
    assert "and 60 more" in page


def test_a_verdict_follows_from_what_was_seen() -> None:
    """Faults fail; nothing looked at is neither good nor bad; the same fault of one place counts once."""
    assert Verdict.of(Outcome(looked=0)) is Verdict.NOTHING
    assert Verdict.of(Outcome(looked=2)) is Verdict.PASSED
    assert Verdict.of(seen(2, [FAULT, FAULT])) is Verdict.FAILED
    assert together([seen(1, [FAULT]), seen(2, [FAULT])]) == Outcome(looked=3, faults=(FAULT,))
    assert a_report().holds
    assert not a_report(FAULT).holds
