"""`fiel staff`: links that let in once, and no account that nobody was invited to."""

import json
from pathlib import Path

from tests.cli.running import fiel


def test_a_team_is_invited_listed_and_shut_out(tmp_path: Path) -> None:
    """An invitation prints a link, the list says who is here, and who is shut stays so."""
    folder = str(tmp_path / "shop")
    assert fiel("init", folder).returncode == 0
    made = json.loads(fiel("staff", "invite", folder, "--role", "dpo", "--name", "Alma", "--json").stdout)
    assert made["link"] == made["url"]
    assert "/console/join?t=" in made["link"]
    again = json.loads(fiel("staff", "invite", folder, "--role", "dpo", "--name", "alma", "--json").stdout)
    assert again["link"] != made["link"]
    assert "/console/join?t=" in fiel("staff", "link", folder, "--role", "agent").stdout
    listed = json.loads(fiel("staff", "list", folder, "--json").stdout)["staff"]
    assert {(each["name"], each["role"], each["state"]) for each in listed} == {
        ("agent", "agent", "invited"),
        ("Alma", "dpo", "invited"),
    }
    assert fiel("staff", "disable", folder, "--name", "agent").returncode == 0
    assert "agent: agent; disabled" in fiel("staff", "list", folder).stdout


def test_what_cannot_be_meant_is_said(tmp_path: Path) -> None:
    """A name that stands for another role, one that is none, and nobody: each a wrong argument, without an account."""
    folder = str(tmp_path / "shop")
    fiel("init", folder)
    fiel("staff", "invite", folder, "--role", "dpo", "--name", "Alma")
    assert fiel("staff", "invite", folder, "--role", "agent", "--name", "Alma").returncode == 2
    assert fiel("staff", "invite", folder, "--role", "agent", "--name", " ").returncode == 2
    assert fiel("staff", "invite", folder, "--role", "chief").returncode == 2
    assert fiel("staff", "disable", folder, "--name", "nobody").returncode == 2
    assert "nobody" not in fiel("staff", "list", folder).stdout
