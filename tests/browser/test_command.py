"""`fiel check --ui`, as somebody types it: with a throw-away server, with an address, and with what cannot be meant."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from fiel.cli import fiel
from fiel.cli.check_ui import TOKEN
from fiel.cli.sandbox import Sandbox
from tests.browser.conftest import Hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def typed(*words: str, environ: Mapping[str, str] | None = None) -> Result:
    """What comes of typing it, in a thread of its own: this one has a browser already."""
    with ThreadPoolExecutor(max_workers=1) as another:
        return another.submit(CliRunner().invoke, fiel, ["check", *words], env=dict(environ or {})).result()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "say which promise"),
        (["--ui"], "throw-away"),
        (["--ui", "not-an-address"], "no address"),
        (["--press"], "go with `--ui`"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(words: list[str], said: str) -> None:
    """Exit code 2, with what to write instead."""
    result = typed(*words)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("wrong", ["nothing", "a used link"])
def test_whoever_cannot_come_in_is_told_so(browser: "Browser", box: Sandbox, wrong: str) -> None:
    """Without a token, or with one that opens nothing: exit code 1, what to do, and no token in what is said."""
    assert browser.is_connected()
    environ = {} if wrong == "nothing" else {TOKEN: "abc.def.ghi"}
    result = typed("--ui", box.url, environ=environ)
    assert result.exit_code == 1
    assert "make a new one" in result.output or "makes one" in result.output
    assert "abc.def.ghi" not in result.output


def test_an_address_where_nobody_answers_is_told(browser: "Browser") -> None:
    """Exit code 1, and the address."""
    assert browser.is_connected()
    result = typed("--ui", "http://127.0.0.1:9", environ={TOKEN: "abc"})
    assert result.exit_code == 1
    assert "does not answer" in result.output


@pytest.mark.proof
def test_a_promise_is_tried_in_a_throw_away_server(browser: "Browser", tmp_path: Path) -> None:
    """The demo's promise passes, buttons pressed; the report and its pictures are there, and nothing else is left."""
    assert browser.is_connected()
    report = tmp_path / "report"
    with as_file(files("fiel.demo") / "promise") as folder:
        before = sorted(path.name for path in folder.rglob("*"))
        result = typed(str(folder), "--ui", "--report", str(report))
        assert sorted(path.name for path in folder.rglob("*")) == before
    assert result.exit_code == 0, result.output
    assert "the pages pass every check" in result.output
    told = json.loads((report / "report.json").read_text(encoding="utf-8"))
    assert (told["holds"], told["pressed"], told["url"]) == (True, True, "")
    assert all((report / each["file"]).stat().st_size > 0 for each in told["pictures"])
    assert len(told["pictures"]) == 9 * 2 * 2 * 2


@pytest.mark.proof
def test_a_site_that_deceives_is_found_by_its_address(box: Sandbox, honest: Hostile, tmp_path: Path) -> None:
    """With an address nothing is pressed; what deceives is told check by check, and the exit code is 1."""
    honest.site.on = frozenset({"hidden_in_plain_sight"})
    token = tmp_path / "token"
    token.write_text(box.token())
    result = typed("--ui", honest.url, "--token-from", str(token), "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)["ui"]
    failed = {check["check"] for check in told["checks"] if check["verdict"] == "failed"}
    assert "hidden_in_plain_sight" in failed
    assert not told["pressed"]
