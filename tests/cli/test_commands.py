"""The command line as a whole: its table, its help, its exit codes."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from fiel.cli import COMMANDS, Commands, Row, fiel

HEAVY = {
    "ruamel.yaml",
    "numpy",
    "scipy",
    "pyarrow",
    "apsw",
    "cryptography",
    "starlette",
    "uvicorn",
    "msgspec",
    "jinja2",
}


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_each_row_leads_to_its_command(row: Row) -> None:
    """A row's target is a command of the row's name, and its line is short enough for one line of help."""
    command = fiel.get_command(click.Context(fiel), row.name)
    assert command is not None
    assert command.name == row.name
    assert 0 < len(row.about) <= 70
    assert not row.about.endswith(".")


def test_no_command_is_listed_twice() -> None:
    """Names in the table are unique."""
    assert len({row.name for row in COMMANDS}) == len(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    """`fiel --help` lists every command and imports none of them."""
    program = """
import sys
from click.testing import CliRunner
from fiel.cli import fiel
print(CliRunner().invoke(fiel, ["--help"]).output)
print(*sys.modules, file=sys.stderr)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert all(row.name in run.stdout and row.about.split()[0] in run.stdout for row in COMMANDS)
    loaded = set(run.stderr.split())
    assert "click" in loaded
    assert loaded & HEAVY == set()
    assert loaded & {row.target.partition(":")[0] for row in COMMANDS} == set()


def test_a_wrong_command_is_a_usage_error() -> None:
    """An unknown command, a missing folder and an unknown option end with 2."""
    for arguments in (["nonsense"], ["check"], ["check", "/no/such/folder"], ["init", "x", "--nonsense"]):
        assert CliRunner().invoke(fiel, arguments).exit_code == 2


def test_the_program_tells_its_version() -> None:
    """`fiel --version` is the program's name and version."""
    assert CliRunner().invoke(fiel, ["--version"]).output == "fiel 0.1.0\n"


def test_the_group_is_the_table() -> None:
    """The group has the commands of the table and no other."""
    assert isinstance(fiel, Commands)
    assert fiel.list_commands(click.Context(fiel)) == [row.name for row in COMMANDS]
    assert fiel.get_command(click.Context(fiel), "nonsense") is None
