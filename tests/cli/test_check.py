"""`fiel check`: all findings at once, for people and for programs."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fiel.cli import fiel
from fiel.cli.installed import Installed
from tests.house.tree import PACKAGE
from tests.registry.sound import LAWS, READS, SOUND, USE_CASE, edited

INSTALLED = Installed(reads=READS, laws=LAWS)


def check(folder: Path, *options: str) -> Result:
    """The command run on a folder."""
    return CliRunner().invoke(fiel, ["check", str(folder), *options], obj=INSTALLED)


def written(texts: dict[str, str], folder: Path) -> Path:
    """The texts in a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_sound_promise_passes(tmp_path: Path) -> None:
    """Nothing found is one line and exit code 0."""
    run = check(written(SOUND, tmp_path))
    assert (run.exit_code, run.output) == (0, "no findings in 1 use case\n")


def test_a_finding_is_shown_with_its_line(tmp_path: Path) -> None:
    """A finding is its place, its code, its line, a caret and a hint; then comes the count, and exit code 1."""
    run = check(written(edited(("basis: consent", "basis: consnt")), tmp_path))
    assert run.exit_code == 1
    assert run.output.split("\n") == [
        f"{tmp_path.as_posix()}/{USE_CASE}:4:8: FIEL014 `basis` cannot be `consnt`",
        "  4 | basis: consnt",
        "    |        ^^^^^^ did you mean `consent`?",
        "1 error in 1 use case",
        "",
    ]


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_it_answers_programs(tmp_path: Path, option: list[str]) -> None:
    """With `--json`, each finding is an object, and the counts stand beside them."""
    run = check(written(edited(("basis: consent", "basis: consnt")), tmp_path), *option)
    assert run.exit_code == 1
    assert json.loads(run.stdout) == {
        "findings": [
            {
                "code": "FIEL014",
                "severity": "error",
                "file": USE_CASE,
                "line": 4,
                "column": 8,
                "length": 6,
                "message": "`basis` cannot be `consnt`",
                "hint": "did you mean `consent`?",
            }
        ],
        "errors": 1,
        "warnings": 0,
        "use_cases": 1,
    }


def test_a_warning_may_be_accepted_and_an_error_may_not(tmp_path: Path) -> None:
    """`--accept` leaves a warning out; the code of an error, or no code at all, is a usage error."""
    folder = written(edited(("within: 90d", "keep: 200")), tmp_path)
    assert check(folder).exit_code == 1
    assert check(folder, "--accept", "FIEL502").exit_code == 0
    assert check(folder, "--accept", "FIEL501").exit_code == 2
    assert check(folder, "--accept", "nonsense").exit_code == 2


def test_the_greedy_use_case_is_refused() -> None:
    """The greedy use case kept aside breaks at least eight rules, and all are told at once."""
    run = check(PACKAGE / "demo" / "greedy")
    assert run.exit_code == 1
    codes = {word for word in run.output.split() if word.startswith("FIEL")}
    assert len(codes) >= 8


def test_colours_end_where_they_are_not_wanted(tmp_path: Path) -> None:
    """A terminal gets colours, and with NO_COLOR it gets none."""
    folder = written(edited(("basis: consent", "basis: consnt")), tmp_path)
    coloured = CliRunner().invoke(fiel, ["check", str(folder)], obj=INSTALLED, color=True)
    assert coloured.output != click.unstyle(coloured.output)
    plain = CliRunner().invoke(fiel, ["check", str(folder)], obj=INSTALLED, color=True, env={"NO_COLOR": "1"})
    assert plain.output == click.unstyle(coloured.output)
