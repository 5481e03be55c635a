"""What one runs beside or without a server: publish, keys, tokens, erase, export, learn, expire, doctor."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fiel.cli import fiel
from tests.cli.shops import SHOP_CASES, a_shop, run, told, written


def a_person(shop: Path, folder: Path) -> None:
    """Ana says yes to suggestions, by import."""
    row = {"user": "ana", "use_case": "suggestions", "status": "given", "level": "observed", "contributes": True}
    told("import", shop, "choices", written(folder / "choices.jsonl", [json.dumps(row)]))


def edited(shop: Path, use_case: str, *, before: str, after: str) -> None:
    """Change one use case."""
    file = shop / "use_cases" / f"{use_case}.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_first_promise_needs_nobody_and_records_who_is_named(tmp_path: Path) -> None:
    """Named approvers of a first promise are held to the rule of two; without any it is a first start."""
    shop = a_shop(tmp_path)
    alone = run("publish", shop, "--approved-by", "Ana", "--yes")
    assert (alone.exit_code, "must be approved by two different people" in alone.stderr) == (1, True)
    both = told("publish", shop, "--approved-by", "Ana", "--approved-by", "Luis")
    published = json.loads(json.dumps(both["published"]))
    assert {each["use_case"] for each in published} == SHOP_CASES
    assert told("publish", shop) == {"published": []}
    assert run("publish", shop).output == "nothing changes\n"


def test_legitimate_interest_needs_two_people(tmp_path: Path) -> None:
    """A change of a use case on legitimate interest is refused to one person, also if named twice; two may."""
    shop = a_shop(tmp_path)
    assert run("publish", shop, "--yes").exit_code == 0
    edited(shop, "new_arrivals", before="retention: 400d", after="retention: 300d")
    for names in ((), ("--approved-by", "Ana"), ("--approved-by", "Ana", "--approved-by", "Ana")):
        refused = run("publish", shop, "--yes", *names)
        assert (refused.exit_code, "approve" in refused.stderr) == (1, True)
    assert "new_arrivals" in run("diff", shop).output
    done = run("publish", shop, "--yes", "--approved-by", "Ana", "--approved-by", "Luis")
    assert (done.exit_code, "in force: 1 use case changed" in done.output) == (0, True)
    assert run("diff", shop).output == "nothing changes\n"
    assert run("verify", shop, "--ledger").exit_code == 0


def test_nobody_is_hurried_into_a_promise(tmp_path: Path) -> None:
    """Without --yes it asks, and no is no: the exit code is 1 and nothing changed."""
    shop = a_shop(tmp_path)
    assert run("publish", shop, "--yes").exit_code == 0
    edited(shop, "suggestions", before="within: 90d", after="within: 30d")
    asked = CliRunner().invoke(fiel, ["publish", str(shop), "--approved-by", "Ana"], input="n\n")
    assert (asked.exit_code, "put it in force?" in asked.output) == (1, True)
    assert "suggestions" in run("diff", shop).output


def test_keys_are_listed_and_never_shown_again(tmp_path: Path) -> None:
    """A key is printed once; its name is taken until it is revoked; the list says what it is for."""
    shop = a_shop(tmp_path)
    key = told("keys", "issue", shop, "--name", "crm", "--scope", "collect,decide", "--area", "sales")["key"]
    assert isinstance(key, str)
    assert key.startswith("fiel_sk_")
    again = run("keys", "issue", shop, "--name", "crm", "--scope", "read")
    assert (again.exit_code, "there is a key named `crm` already" in again.stderr) == (1, True)
    listed = run("keys", "list", shop, "--json")
    assert key not in listed.output
    (one,) = json.loads(listed.stdout)["keys"]
    assert (one["name"], one["scope"], one["areas"], one["revoked"]) == ("crm", ["collect", "decide"], ["sales"], False)
    rotated = told("keys", "rotate", shop, "--name", "crm")["key"]
    assert rotated not in {"", key}
    assert told("keys", "revoke", shop, "--name", "crm") == {"name": "crm", "revoked": True}
    assert [each["revoked"] for each in json.loads(run("keys", "list", shop, "--json").stdout)["keys"]] == [True, True]
    page = told("keys", "issue", shop, "--name", "page", "--scope", "collect", "--publishable")["key"]
    assert str(page).startswith("fiel_pk_")


def test_a_key_that_is_replaced_is_good_anew(tmp_path: Path) -> None:
    """The successor lasts as long as a new key would, or as long as is said, whatever was left of the old one."""
    shop = a_shop(tmp_path)
    told("keys", "issue", shop, "--name", "crm", "--scope", "read", "--days", "1")
    for days, more in ((365, ()), (30, ("--days", "30"))):
        replaced = told("keys", "rotate", shop, "--name", "crm", *more)
        left = datetime.fromisoformat(str(replaced["expires"])) - datetime.now(UTC)
        assert timedelta(days=days - 1) < left <= timedelta(days=days)
    plain = run("keys", "rotate", shop, "--name", "crm")
    assert (plain.exit_code, plain.output.startswith("fiel_sk_")) == (0, True)
    assert run("keys", "revoke", shop, "--name", "crm").output == "revoked: crm\n"
    gone = run("keys", "rotate", shop, "--name", "crm")
    assert (gone.exit_code, gone.stdout, "there is no key named `crm`" in gone.stderr) == (2, "", True)


def test_the_public_key_is_told_in_json_too(tmp_path: Path) -> None:
    """The ledger's public key and its name, as a file or as JSON."""
    shop = a_shop(tmp_path)
    answer = told("keys", "public", shop)
    assert answer["key"] == run("keys", "public", shop).output
    assert str(answer["origin"]).startswith("fiel/")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("keys", "issue", "--name", "a", "--scope", "everything"), 2),
        (("keys", "issue", "--name", "a", "--scope", "read,admin"), 2),
        (("keys", "issue", "--name", "a", "--scope", "read", "--area", "nowhere"), 1),
        (("keys", "issue", "--name", "a", "--scope", "read", "--use-case", "nothing"), 1),
        (("keys", "revoke", "--name", "nobody"), 2),
        (("keys", "rotate", "--name", "nobody"), 2),
        (("token", "--subject", "ana"), 1),
        (("token", "--subject", "user:ana", "--minutes", "16"), 2),
        (("token",), 2),
        (("token", "--subject", "user:ana", "--secret"), 2),
        (("erase", "--subject", "ana"), 1),
    ],
)
def test_what_cannot_be_done_is_a_sentence(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    """Wrong scopes, names and subjects end with a sentence on standard error and its exit code, without a traceback."""
    shop = a_shop(tmp_path)
    assert run("publish", shop, "--yes").exit_code == 0
    words = 2 if arguments[0] == "keys" else 1
    found = run(*arguments[:words], shop, *arguments[words:])
    assert found.exit_code == code
    assert isinstance(found.exception, SystemExit)
    assert found.stderr
    assert found.stdout == ""


def test_an_export_is_the_owners_alone(tmp_path: Path) -> None:
    """All that is held goes into one new file of mode 0600; a file that is there is left as it is."""
    shop = a_shop(tmp_path)
    a_person(shop, tmp_path)
    file = tmp_path / "ana.json"
    assert told("export", shop, "--subject", "user:ana", "--to", file) == {
        "file": str(file),
        "use_cases": 0,
        "uses": 0,
    }
    assert file.stat().st_mode & 0o777 == 0o600
    held = json.loads(file.read_bytes())
    assert {each["use_case"] for each in held["choices"]} == SHOP_CASES
    assert len(held["receipts"]) == 1
    file.write_text("mine")
    again = run("export", shop, "--subject", "user:ana", "--to", file)
    assert (again.exit_code, "is there already" in again.stderr, file.read_text()) == (1, True, "mine")


def test_an_erasure_says_what_it_did(tmp_path: Path) -> None:
    """The certificate names what was destroyed and what remains; a second one, that nothing was known."""
    shop = a_shop(tmp_path)
    a_person(shop, tmp_path)
    first = told("erase", shop, "--subject", "user:ana")
    assert first["was_known"] is True
    assert {"suggestions"} <= {each["use_case"] for each in json.loads(json.dumps(first["destroyed"]))}
    assert {each["what"] for each in json.loads(json.dumps(first["remains"]))} >= {"ledger", "suppression"}
    assert told("erase", shop, "--subject", "user:ana")["was_known"] is False
    back = written(tmp_path / "again.jsonl", ['{"user": "ana", "use_case": "suggestions", "status": "refused"}'])
    told("import", shop, "choices", back)
    plain = run("erase", shop, "--subject", "user:ana")
    assert (plain.exit_code, plain.output.startswith("erased at ")) == (0, True)


def test_an_erasure_is_printed_in_the_language_of_the_command_line(tmp_path: Path) -> None:
    """What remains is printed in English to whoever typed the command; the certificate speaks the person's language."""
    shop = a_shop(tmp_path)
    said = '{"user": "ana", "use_case": "suggestions", "status": "refused", "language": "es"}'
    told("import", shop, "choices", written(tmp_path / "choices.jsonl", [said]))
    plain = run("erase", shop, "--subject", "user:ana").output
    assert "  remains: ledger, The leaves of the ledger stay." in plain
    assert "Quedan" not in plain
    told("import", shop, "choices", written(tmp_path / "bea.jsonl", [said.replace("ana", "bea")]))
    [ledger, _] = json.loads(json.dumps(told("erase", shop, "--subject", "user:bea")["remains"]))
    assert ledger["why"].startswith("Quedan las hojas del registro.")


def test_upkeep_answers_programs_and_people(tmp_path: Path) -> None:
    """Learning, ageing and the doctor answer in JSON and in words; a new folder's keys and clock are well."""
    shop = a_shop(tmp_path)
    a_person(shop, tmp_path)
    learnt = json.loads(json.dumps(told("learn", shop)["learnt"]))
    assert {each["use_case"] for each in learnt} <= SHOP_CASES
    aged = told("expire", shop)
    assert {what: count for what, count in aged.items() if count} == {"people": 1}
    assert run("learn", shop).exit_code == 0
    assert "1 people" in run("expire", shop).output
    doctor = run("doctor", shop, "--json")
    looks = {each["what"]: each["well"] for each in json.loads(doctor.stdout)["looks"]}
    assert looks["root key"]
    assert looks["clock"]
    assert doctor.exit_code == int(not all(looks.values()))


@pytest.mark.parametrize("command", ["doctor", "learn", "expire", "diff"])
def test_a_look_makes_nothing(tmp_path: Path, command: str) -> None:
    """What looks after a folder that was never served says so and makes neither store nor key."""
    shop = a_shop(tmp_path)
    before = sorted(shop.rglob("*"))
    found = run(command, shop)
    assert (found.exit_code, "nothing was ever served" in found.stderr) == (1, True)
    assert sorted(shop.rglob("*")) == before


def test_nothing_is_coloured_where_it_is_not_wanted(tmp_path: Path) -> None:
    """With NO_COLOR the doctor's and the ledger's words are plain, also on a terminal."""
    shop = a_shop(tmp_path)
    assert run("publish", shop, "--yes").exit_code == 0
    for arguments in (["doctor", str(shop)], ["verify", str(shop), "--ledger"]):
        coloured = CliRunner().invoke(fiel, arguments, color=True)
        plain = CliRunner().invoke(fiel, arguments, color=True, env={"NO_COLOR": "1"})
        assert coloured.stdout != click.unstyle(coloured.stdout)
        assert plain.stdout == click.unstyle(plain.stdout)


def test_help_in_a_process_of_its_own_loads_nothing_heavy() -> None:
    """`fiel --help`, run as a script runs it, imports no numbers, no database and no server."""
    program = """
import sys
from fiel.__main__ import main
sys.argv = ["fiel", "--help"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "serve" in found.stdout
    assert {"numpy", "apsw", "starlette", "cryptography", "pyarrow"} & set(found.stderr.split()) == set()
