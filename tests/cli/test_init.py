"""`fiel init`: a promise to start from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiel.cli import fiel
from fiel.registry import check_promise
from tests.registry.sound import LAWS, READS


@pytest.mark.parametrize(("options", "use_cases"), [([], 1), (["--example", "shop"], 6)])
def test_what_it_writes_passes_the_check(tmp_path: Path, options: list[str], use_cases: int) -> None:
    """The starter has one use case and the shop six, and neither has a finding."""
    folder = tmp_path / "new" / "promise"
    run = CliRunner().invoke(fiel, ["init", str(folder), *options])
    assert run.exit_code == 0, run.output
    reading = check_promise(folder, reads=READS, laws=LAWS)
    assert reading.findings == ()
    assert reading.promise is not None
    assert len(reading.promise.use_cases) == use_cases
    assert f"next: fiel check {folder}" in run.output


def test_the_starter_explains_itself(tmp_path: Path) -> None:
    """Both files of the starter carry comments."""
    CliRunner().invoke(fiel, ["init", str(tmp_path)])
    for name in ("fiel.yaml", "use_cases/suggestions.yaml"):
        assert (tmp_path / name).read_text().count("#") >= 5


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    """If one file is there, none is written, and the exit code is 1."""
    there = tmp_path / "use_cases" / "suggestions.yaml"
    there.parent.mkdir()
    there.write_text("mine")
    run = CliRunner().invoke(fiel, ["init", str(tmp_path)])
    assert run.exit_code == 1
    assert "suggestions.yaml` is there already" in run.stderr
    assert there.read_text() == "mine"
    assert not (tmp_path / "fiel.yaml").exists()


def test_it_answers_programs(tmp_path: Path) -> None:
    """With `--json`, one object names the folder and the files."""
    run = CliRunner().invoke(fiel, ["init", str(tmp_path), "--json"])
    answer = json.loads(run.stdout)
    assert answer["folder"] == str(tmp_path)
    assert all(Path(file).is_file() for file in answer["files"])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the folder's way is one sentence and exit code 1, not a stack of calls."""
    (tmp_path / "file").write_text("")
    run = CliRunner().invoke(fiel, ["init", str(tmp_path / "file" / "below")])
    assert run.exit_code == 1
    assert "cannot be written" in run.stderr
