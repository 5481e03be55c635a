"""`fiel serve` and the commands beside it: how it starts, what it refuses, how it ends, whom it lets in meanwhile."""

import hmac
import json
import os
import socket
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from tests.cli.running import fiel, key_for, serving, well
from tests.cli.shops import a_shop, run

CASE = Path("use_cases/suggestions.yaml")


def edited(shop: Path, before: str, after: str) -> None:
    """Change one line of `suggestions`."""
    text = (shop / CASE).read_text(encoding="utf-8")
    assert before in text
    (shop / CASE).write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_first_way_into_the_console_is_told_once(tmp_path: Path) -> None:
    """The first start prints a link for a data protection officer beside its line of JSON, and the next start none."""
    shop = a_shop(tmp_path)
    for name, links in (("first", 1), ("second", 0)):
        with serving(shop, log=tmp_path / name) as server:
            assert server.ask("GET", "/readyz").status == 200
        assert (tmp_path / name).read_text().count("/console/join?t=") == links


def test_it_says_one_line_and_ends_when_told(tmp_path: Path) -> None:
    """One line of JSON when it answers, nothing more, and exit code 0 after SIGTERM; keys are the owner's alone."""
    shop = a_shop(tmp_path)
    with serving(shop, log=tmp_path / "log") as server:
        assert server.ask("GET", "/readyz").status == 200
        assert server.ask("GET", "/v1/use-cases/suggestions").status == 200
    assert server.code == 0
    assert [json.loads(line) for line in server.told] == [{"url": server.url, "pid": server.pid}]
    assert (shop / ".fiel.key").stat().st_mode & 0o077 == 0
    assert (shop / ".fiel").stat().st_mode & 0o077 == 0


def test_a_second_server_is_refused(tmp_path: Path) -> None:
    """One server a folder: the second ends with 1 and a sentence, and the first goes on."""
    shop = a_shop(tmp_path)
    with serving(shop, log=tmp_path / "log") as server:
        second = fiel("serve", shop, "--port", "0", "--json")
        assert (second.returncode, second.stdout) == (1, "")
        assert "another server works in" in second.stderr
        assert server.ask("GET", "/readyz").status == 200


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """A port that cannot be had is one sentence with what to do, and exit code 1."""
    shop = a_shop(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = run("serve", shop, "--port", str(taken.getsockname()[1]))
    assert found.exit_code == 1
    assert "cannot be had" in found.stderr
    assert "`--port 0` takes any" in found.stderr


def test_an_unpublished_change_is_refused_and_other_words_are_not(tmp_path: Path) -> None:
    """A material change must be published first; what is only said otherwise is taken up at once."""
    shop = a_shop(tmp_path)
    well("publish", shop, "--yes")
    edited(shop, "Suggest products for your next purchase", "Propose products for your next purchase")
    with serving(shop, log=tmp_path / "log") as server:
        title = server.ask("GET", "/v1/use-cases/suggestions").json["title"]
        assert isinstance(title, dict)
        assert title["en"].startswith("Propose")
    edited(shop, "within: 90d", "within: 91d")
    refused = fiel("serve", shop, "--port", "0", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "changes what may be done in suggestions" in refused.stderr
    assert f"`fiel publish {shop.as_posix()}` puts it in force" in refused.stderr


def test_keys_made_beside_a_server_count_at_once(tmp_path: Path) -> None:
    """A key issued, rotated or revoked beside a running server is believed, or not, at its next request."""
    shop = a_shop(tmp_path)

    def status(key: dict[str, str]) -> int:
        return server.ask("GET", "/v1/subjects/user:ana/data", headers=key).status

    with serving(shop, log=tmp_path / "log") as server:
        first = key_for(shop, name="first", scope="rights")
        assert status(first) == 200
        new = json.loads(well("keys", "rotate", shop, "--name", "first", "--json"))["key"]
        assert (status(first), status({"Authorization": f"Bearer {new}"})) == (401, 200)
        well("keys", "revoke", shop, "--name", "first")
        assert status({"Authorization": f"Bearer {new}"}) == 401
        assert fiel("verify", shop, "--ledger").returncode == 0
        assert json.loads(well("ledger", "checkpoint", shop, "--json"))["checkpoint"]


def test_a_ledger_is_called_what_was_set(tmp_path: Path) -> None:
    """What is set as the ledger's name stands in its checkpoints, the server's and those of every command."""
    shop, name = a_shop(tmp_path), "shop.example/fiel"
    with serving(shop, log=tmp_path / "log", FIEL_ORIGIN=name) as server:
        note = server.ask("GET", "/v1/ledger/checkpoint").body.decode()
    assert note.partition("\n")[0] == name
    assert note.splitlines()[-1].startswith(f"— {name} ")
    kept = tmp_path / "checkpoint"
    kept.write_text(well("ledger", "checkpoint", shop, FIEL_ORIGIN=name), encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == note
    assert fiel("verify", shop, "--ledger", "--checkpoint", kept, FIEL_ORIGIN=name).returncode == 0
    assert json.loads(well("keys", "public", shop, "--json", FIEL_ORIGIN=name))["origin"] == name
    assert well("ledger", "checkpoint", shop).startswith("fiel/")


@pytest.mark.parametrize("name", ["two words", "a+b", "a\x01b", os.fsdecode(b"\xff")])
def test_a_name_that_no_ledger_can_have_is_refused(tmp_path: Path, name: str) -> None:
    """A name that no checkpoint could carry ends the start with a sentence, before anything is signed under it."""
    shop = a_shop(tmp_path)
    found = fiel("serve", shop, "--port", "0", "--json", FIEL_ORIGIN=name)
    assert (found.returncode, found.stdout) == (1, "")
    assert "`FIEL_ORIGIN` cannot name a ledger" in found.stderr


def test_a_back_end_signs_with_the_secret_that_is_printed(tmp_path: Path) -> None:
    """What `fiel token --secret` prints signs tokens that the server believes; whoever asks for it is warned."""
    shop = a_shop(tmp_path)
    found = fiel("token", shop, "--secret")
    assert (found.returncode, found.stdout.count("\n")) == (0, 1)
    secret = found.stdout.strip()
    assert "can be anybody here" in found.stderr
    assert secret not in found.stderr
    assert json.loads(well("token", shop, "--secret", "--json")) == {"secret": secret, "algorithm": "HS256"}
    now = int(time.time())
    claims = {"aud": "fiel", "sub": "user:ana", "iat": now, "exp": now + 900}
    with serving(shop, log=tmp_path / "log") as server:
        for key, status in ((secret, 200), (secret[:-1] + "!", 401)):
            shown = {"Authorization": f"Bearer {signed(claims, key=key)}"}
            assert server.ask("GET", "/v1/subjects/me/choices", headers=shown).status == status
    assert secret not in (tmp_path / "log").read_text(encoding="utf-8")


def signed(claims: dict[str, object], *, key: str) -> str:
    """A JWT, as a back-end without a library would make it (RFC 7515 §A.1)."""
    parts = [b64(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    return ".".join([*parts, b64(hmac.digest(key.encode(), ".".join(parts).encode(), "sha256"))])


def b64(raw: bytes) -> str:
    """Base64 for addresses, without its padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def test_a_promise_published_beside_a_server_is_in_force(tmp_path: Path) -> None:
    """The server reads what was published by another program at its next request."""
    shop = a_shop(tmp_path)
    with serving(shop, log=tmp_path / "log") as server:
        before = server.ask("GET", "/v1/use-cases/suggestions").json["version"]
        edited(shop, "within: 90d", "within: 30d")
        well("publish", shop, "--approved-by", "Ana", "--yes")
        assert server.ask("GET", "/v1/use-cases/suggestions").json["version"] != before


def test_a_promise_with_errors_is_not_served(tmp_path: Path) -> None:
    """What `fiel check` refuses is neither served nor published, and the sentence says how to see why."""
    shop = a_shop(tmp_path)
    edited(shop, "basis: consent", "basis: consnt")
    for command in ("serve", "publish"):
        found = run(command, shop)
        assert found.exit_code == 1
        assert f"`fiel check {shop.as_posix()}` shows them" in found.stderr


def test_a_root_key_that_is_lost_or_open_to_others_is_told(tmp_path: Path) -> None:
    """Without its root key, or with one that others may read, nothing starts: a sentence, what to do, exit code 1."""
    shop = a_shop(tmp_path)
    well("publish", shop, "--yes")
    root = shop / ".fiel.key"
    root.chmod(0o644)
    found = run("serve", shop)
    assert (found.exit_code, "may be read by others" in found.stderr) == (1, True)
    assert f"chmod 600 {root}" in found.stderr
    root.rename(tmp_path / "elsewhere")
    found = run("serve", shop)
    assert (found.exit_code, "is not there" in found.stderr) == (1, True)
    assert "restore it" in found.stderr
    assert not root.exists()


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("publish", "--yes")])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Where data cannot lie, a sentence says so, with exit code 1 and no stack of calls."""
    shop = a_shop(tmp_path)
    (tmp_path / "file").write_text("")
    found = run(command[0], shop, "--data", tmp_path / "file" / "below", *command[1:])
    assert found.exit_code == 1
    assert "fiel: " in found.stderr
    assert "cannot be" in found.stderr
