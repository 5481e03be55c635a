"""`fiel diff`: what a promise changes, told to whoever publishes it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from fiel.cli import fiel
from fiel.core.ids import UseCaseId
from fiel.core.promise.version import version_of
from fiel.registry import read_texts
from tests.registry.sound import SOUND, edited


def written(texts: dict[str, str], folder: Path) -> str:
    """The texts in a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


def diff(tmp_path: Path, texts: dict[str, str], *options: str) -> Result:
    """The command run on the texts, against the sound promise."""
    old, new = written(SOUND, tmp_path / "old"), written(texts, tmp_path / "new")
    return CliRunner().invoke(fiel, ["diff", new, "--against", old, *options])


def test_it_says_when_nothing_changes(tmp_path: Path) -> None:
    """The same promise changes nothing."""
    run = diff(tmp_path, SOUND)
    assert (run.exit_code, run.output) == (0, "nothing changes\n")


def test_it_says_who_is_asked_again(tmp_path: Path) -> None:
    """A wider bound names the part, the level and the people it concerns."""
    run = diff(tmp_path, edited(("within: 90d", "within: 1 year")))
    assert run.exit_code == 0
    assert "wider" in run.output
    assert "events.purchase.within  (observed)" in run.output
    assert "whoever agreed to observed is asked again" in run.output


def test_it_says_when_nobody_is_asked_again(tmp_path: Path) -> None:
    """A narrower bound leaves every agreement."""
    assert "every agreement stands" in diff(tmp_path, edited(("within: 90d", "within: 30d"))).output


def test_it_answers_programs(tmp_path: Path) -> None:
    """With `--json`, each revision is an object."""
    run = diff(tmp_path, edited(("within: 90d", "within: 91d")), "--json")
    (revision,) = json.loads(run.stdout)["revisions"]
    assert revision["use_case"] == "offers"
    assert revision["dormant"] == ["observed"]
    assert revision["edits"] == [{"part": "events.purchase.within", "width": "wider", "levels": ["observed"]}]


def test_a_wider_use_case_cannot_call_itself_compatible(tmp_path: Path) -> None:
    """The finding is shown at its line, and the exit code is 1."""
    before = read_texts(SOUND).promise
    assert before is not None
    agreed = version_of(before.use_cases[UseCaseId("offers")])
    run = diff(
        tmp_path, edited(("within: 90d", "within: 91d"), ("retention:", f"compatible_with: [{agreed}]\nretention:"))
    )
    assert run.exit_code == 1
    assert "FIEL905" in run.output


def test_a_promise_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    """Its findings are told on standard error, and the exit code is 1."""
    run = diff(tmp_path, edited(("area: sales", "area: sale")))
    assert run.exit_code == 1
    assert "FIEL101" in run.stderr
    assert run.stdout == ""
