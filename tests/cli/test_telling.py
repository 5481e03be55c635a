"""What a server tells by itself, over real sockets: a webhook that is believed, and letters where one develops."""

import json
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from tests.cli.running import PATIENCE, Running, fiel, key_for, serving, well
from tests.cli.shops import a_shop, run
from tests.egress.listening import Heard, listening, saying

SECRET = "whsec_" + b64encode(b"k" * 32).decode()
GOOD = b"HTTP/1.1 204 No Content\r\n\r\n"
PATH = "/v1/subjects/user:ana"
REFUSED = {"status": "refused", "language": "es", "interface": "test"}


def endpoints(shop: Path, port: int) -> Path:
    """The shop's file of endpoints, where it is looked for."""
    file = shop / ".fiel.webhooks.toml"
    file.write_text(f'[crm]\nurl = "http://127.0.0.1:{port}/"\nsecret = "{SECRET}"\n', encoding="utf-8")
    file.chmod(0o600)
    return file


def until(found: Callable[[], object]) -> None:
    """Wait until something is there."""
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


def refuse(server: Running, key: dict[str, str]) -> None:
    """Ana says no."""
    assert server.ask("PUT", f"{PATH}/choices/suggestions", REFUSED, headers=key).status == 200


def told(heard: Heard) -> dict[str, object]:
    """The last event, if the public verifier believes it."""
    head, _, body = heard.requests[-1].partition(b"\r\n\r\n")
    lines = [line.partition(b": ") for line in head.split(b"\r\n")[1:]]
    whole = Webhook(SECRET).verify(body, {name.decode().lower(): value.decode() for name, _, value in lines})
    assert isinstance(whole, dict)
    return whole


def test_a_choice_reaches_an_endpoint_by_itself(tmp_path: Path) -> None:
    """A server tells what was chosen within moments, signed; what it could not tell, `fiel work` tells afterwards."""
    shop = a_shop(tmp_path)
    with listening(saying(GOOD)) as heard:
        endpoints(shop, heard.port)
        with serving(shop, log=tmp_path / "log", FIEL_EGRESS="loopback") as server:
            key = key_for(shop)
            refuse(server, key)
            until(lambda: heard.requests)
        assert told(heard)["type"] == "choice.refused"
        assert told(heard)["data"] == {"subject": "user:ana", "use_case": "suggestions", "position": 6}
        assert json.loads(well("work", shop, "--once", "--json", FIEL_EGRESS="loopback"))["sent"] == 0
        well("erase", shop, "--subject", "user:ana")
        assert json.loads(well("work", shop, "--once", "--json", FIEL_EGRESS="loopback"))["sent"] == 1
        assert told(heard)["type"] == "person.erased"
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "ana" not in log


def test_an_endpoint_out_of_reach_is_listed(tmp_path: Path) -> None:
    """Without leave no endpoint on this machine is told; the doctor says so, and nothing is lost."""
    shop = a_shop(tmp_path)
    with listening(saying(GOOD)) as heard:
        endpoints(shop, heard.port)
        with serving(shop, log=tmp_path / "log") as server:
            key = key_for(shop)
            refuse(server, key)
            until(lambda: "1 notice was not taken" in run("doctor", shop).output)
        assert heard.requests == []
        found = fiel("doctor", shop)
        assert found.returncode == 1
        assert "webhook:crm: 1 notice was not taken" in found.stdout
    assert "is this machine itself" in (tmp_path / "log").read_text(encoding="utf-8")


def test_secrets_that_others_may_read_are_refused(tmp_path: Path) -> None:
    """A file of endpoints that its group may read stops the start, with what to do about it."""
    shop = a_shop(tmp_path)
    endpoints(shop, 1).chmod(0o640)
    found = fiel("serve", shop, "--port", "0")
    assert found.returncode == 1
    assert "may be read by others" in found.stderr
    assert "chmod 600" in found.stderr
    assert SECRET not in found.stderr


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"FIEL_SMTP_URL": "smtps://fiel:hunter2@mail.example"}, "`FIEL_URL` is missing"),
        (
            {"FIEL_SMTP_URL": "smtps://fiel:hunter2@mail.example", "FIEL_URL": "https://privacy.example"},
            "`FIEL_MAIL_FROM`",
        ),
        (
            {"FIEL_SMTP_URL": "https://fiel:hunter2@mail.example", "FIEL_URL": "https://privacy.example"},
            "no mail server",
        ),
        ({"FIEL_URL": "http://privacy.example"}, "not encrypted"),
        ({"FIEL_URL": "https://privacy.example/path"}, "`FIEL_URL` is no place"),
        ({"FIEL_EGRESS": "everything"}, "`FIEL_EGRESS`"),
    ],
)
def test_half_a_setting_is_told(tmp_path: Path, environ: dict[str, str], said: str) -> None:
    """What cannot be meant stops the start in one sentence, which holds no password."""
    found = fiel("serve", a_shop(tmp_path), "--port", "0", **environ)
    assert found.returncode == 1
    assert said in found.stderr
    assert "hunter2" not in found.stderr


def test_letters_are_shown_where_one_develops(tmp_path: Path) -> None:
    """With `--letterbox` what would be mailed lies at `/dev/mail`, with links to this very server."""
    shop = a_shop(tmp_path)
    with serving(shop, "--letterbox", log=tmp_path / "log") as server:
        key = key_for(shop)
        asked = server.ask("PUT", f"{PATH}/contact", {"address": "ana@example.com"}, headers=key)
        assert asked.json["proved"] is True
        refuse(server, key)
        until(lambda: b"ana@example.com" in server.ask("GET", "/dev/mail").body)
        page = server.ask("GET", "/dev/mail").body.decode()
        name = page.split('href="/dev/mail/')[1].split('"')[0]
        assert server.url in server.ask("GET", f"/dev/mail/{name}").body.decode()
        assert b"<h1" in server.ask("GET", f"/dev/mail/{name}/html").body
        assert server.ask("GET", "/dev/mail/nothing").status == 404
    letters = list((shop / ".fiel" / "letters").iterdir())
    assert [letter.stat().st_mode & 0o777 for letter in letters] == [0o600]


def test_letters_are_shown_to_nobody_else(tmp_path: Path) -> None:
    """A server that others can reach has no letterbox, and one without the option has no such page."""
    shop = a_shop(tmp_path)
    for host in ("0.0.0.0", "192.0.2.1", "privacy.example"):  # noqa: S104 - refused, not bound
        found = run("serve", shop, "--letterbox", "--host", host, "--port", "0")
        assert (found.exit_code, "for this machine alone" in found.stderr) == (1, True)
    with serving(shop, log=tmp_path / "log") as server:
        assert server.ask("GET", "/dev/mail").status == 404
