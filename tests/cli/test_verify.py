"""`fiel verify` and `fiel ledger`: a receipt with one public key and nothing else, a ledger against its own past."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fiel.bootstrap import open_fiel
from fiel.cli import fiel
from fiel.core.consent.choice import Status
from fiel.operations.prove import receipts
from fiel.operations.publish import publish
from fiel.settings import Settings
from tests.core.consent.receipts import receipt
from tests.core.consent.signers import SECRET, STRANGER
from tests.laws.world import a_promise
from tests.operations.houses import ANA, say

PEM = SECRET.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
STRANGERS_PEM = STRANGER.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True, slots=True)
class Files:
    """A receipt and keys on a disk."""

    receipt: Path
    key: Path
    other_key: Path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A genuine receipt, the key that signed it, and one that did not."""
    found = Files(tmp_path / "receipt.json", tmp_path / "public.pem", tmp_path / "other.pem")
    found.receipt.write_text(json.dumps(receipt(), ensure_ascii=False), encoding="utf-8")
    found.key.write_bytes(PEM)
    found.other_key.write_bytes(STRANGERS_PEM)
    return found


def run(*arguments: object) -> Result:
    """The command line."""
    return CliRunner().invoke(fiel, [str(argument) for argument in arguments])


def test_a_receipt_is_checked_with_the_key_alone(files: Files) -> None:
    """The person's text comes first, then all that was checked, and exit code 0."""
    found = run("verify", files.receipt, "--key", files.key)
    assert found.exit_code == 0
    assert found.output.startswith("Justificante de lo que elegiste\n")
    assert "genuine, checked offline:" in found.output
    assert "`given` up to `observed` for `suggestions`" in found.output
    assert "entry 6 of `shop.example/fiel`, signed when it had 7" in found.output


def test_a_program_is_told_the_same(files: Files) -> None:
    """With --json the same facts come as data."""
    found = run("verify", files.receipt, "--key", files.key, "--json")
    told = json.loads(found.output)
    assert (found.exit_code, told["genuine"], told["index"]) == (0, True, 6)
    assert told["entry"]["status"] == "given"
    assert told["checkpoint"]["size"] == 7


def test_no_word_of_a_forgery_is_shown(files: Files) -> None:
    """Of a receipt that is not genuine one learns why, nothing of what it says, and exit code 1."""
    document = json.loads(files.receipt.read_text(encoding="utf-8"))
    files.receipt.write_text(json.dumps({**document, "text": "You said yes to everything."}), encoding="utf-8")
    found = run("verify", files.receipt, "--key", files.key)
    assert found.exit_code == 1
    assert found.output == "not genuine: the holder of this key did not sign its text, record, entry and salt\n"
    told = json.loads(run("verify", files.receipt, "--key", files.key, "--json").output)
    assert told == {"genuine": False, "why": "forged", "checkpoint": None}


def test_another_key_is_not_enough(files: Files) -> None:
    """A whole receipt is not genuine to who trusts another key."""
    assert run("verify", files.receipt, "--key", files.other_key).exit_code == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"[]",
        b"\xff\xfe",
        b'{"text": 1.5}',
        b'{"text": NaN}',
        b'{"text": "a", "text": "b"}',
        b"[" * 100_000,
        b" " * ((1 << 20) + 1),
    ],
    ids=["nothing", "words", "a list", "no text", "a fraction", "no number", "twice", "deep", "large"],
)
def test_what_is_no_receipt_is_not_genuine(files: Files, content: bytes) -> None:
    """Whatever lies in the file, the answer is a sentence and exit code 1."""
    files.receipt.write_bytes(content)
    found = run("verify", files.receipt, "--key", files.key)
    assert (found.exit_code, found.output) == (
        1,
        "not genuine: it is no receipt, or something was added to it or taken away\n",
    )


def test_a_key_twice_is_read_by_nobody(files: Files) -> None:
    """A member that comes twice is refused, also where the last one is the genuine one."""
    whole = files.receipt.read_text(encoding="utf-8")
    files.receipt.write_text('{"text": "a lie", ' + whole.removeprefix("{"), encoding="utf-8")
    assert run("verify", files.receipt, "--key", files.key).exit_code == 1


def test_without_a_key_it_says_that_it_needs_one(files: Files) -> None:
    """Without a key there is nothing to believe: a usage error that says where the key comes from."""
    found = run("verify", files.receipt)
    assert found.exit_code == 2
    assert "`fiel keys public DIR` prints it" in found.output


def test_files_are_receipts_and_folders_ledgers(files: Files, tmp_path: Path) -> None:
    """A folder without --ledger and a file with it are usage errors."""
    assert run("verify", tmp_path, "--key", files.key).exit_code == 2
    assert run("verify", files.receipt, "--ledger").exit_code == 2
    assert run("verify", tmp_path / "missing").exit_code == 2


def test_what_is_no_key_is_said_to_be(files: Files) -> None:
    """A file that holds no Ed25519 public key is told apart from a receipt that does not hold."""
    files.key.write_text("no key")
    found = run("verify", files.receipt, "--key", files.key)
    assert (found.exit_code, "no Ed25519 public key" in found.output) == (1, True)


def test_verifying_loads_no_store(files: Files) -> None:
    """A receipt is checked by a program that opens no database and no socket, wherever the server is."""
    program = f"""
import sys
from click.testing import CliRunner
from fiel.cli import fiel
found = CliRunner().invoke(fiel, ["verify", {str(files.receipt)!r}, "--key", {str(files.key)!r}])
print(found.exit_code, *({{"apsw", "starlette", "fiel.stores", "fiel.bootstrap"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_a_receipt_of_a_real_store_proves_when_it_is_gone(tmp_path: Path) -> None:
    """What a Fiel gave out is checked with the public key that it printed, and nothing of its folder."""
    promise, file, key = tmp_path / "promise", tmp_path / "ana.json", tmp_path / "ledger.pem"
    promise.mkdir()
    with open_fiel(Settings.of(promise, environ={})) as opened:
        publish(opened.house, a_promise("base"), approved_by=("one", "two")).result()
        say(opened.house, ANA, Status.GIVEN)
        file.write_text(json.dumps(receipts(opened.house, ANA)[0]), encoding="utf-8")
        key.write_text(opened.vault.signer.public_pem)
    shutil.rmtree(promise)
    found = run("verify", file, "--key", key)
    assert (found.exit_code, "`given` up to `observed` for `picks`" in found.output) == (0, True)


def test_a_ledger_is_held_to_its_past(tmp_path: Path) -> None:
    """A checkpoint that was kept elsewhere still is the ledger's, after more was chosen and all was restarted."""
    promise = tmp_path / "promise"
    promise.mkdir()
    settings = Settings.of(promise, environ={})
    with open_fiel(settings) as opened:
        publish(opened.house, a_promise("base"), approved_by=("one", "two")).result()
        say(opened.house, ANA, Status.GIVEN)
    kept = tmp_path / "kept.note"
    kept.write_text(run("ledger", "checkpoint", promise).output, encoding="utf-8")
    assert json.loads(run("ledger", "checkpoint", promise, "--json").output) == {"checkpoint": kept.read_text()}
    with open_fiel(settings) as opened:
        say(opened.house, ANA, Status.WITHDRAWN)
    found = run("verify", promise, "--ledger", "--checkpoint", kept)
    assert found.exit_code == 0, found.output
    assert "the ledger holds: 4 leaves, 2 entries of 1 person, 1 earlier checkpoint" in found.output
    told = json.loads(CliRunner().invoke(fiel, ["verify", str(promise), "--ledger", "--json"]).stdout)
    assert (told["clean"], told["size"], told["findings"]) == (True, 4, [])


def test_a_ledger_that_does_not_hold_says_where(tmp_path: Path) -> None:
    """A checkpoint of another ledger is found, named, and exit code 1."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with open_fiel(Settings.of(tmp_path / name, environ={})) as opened:
            publish(opened.house, a_promise("base"), approved_by=("one", "two")).result()
    kept = tmp_path / "kept.note"
    kept.write_text(run("ledger", "checkpoint", tmp_path / "two").output, encoding="utf-8")
    found = run("verify", tmp_path / "one", "--ledger", "--checkpoint", kept)
    assert found.exit_code == 1
    assert "checkpoint_unreadable checkpoint number 1: unsigned" in found.output
    assert "the ledger does not hold" in found.output


def test_a_look_makes_nothing(tmp_path: Path) -> None:
    """Asking for the ledger of a folder that was never served makes no store and no key, and says so."""
    for arguments in (("ledger", "checkpoint", tmp_path), ("verify", tmp_path, "--ledger")):
        found = run(*arguments)
        assert (found.exit_code, "nothing was ever served" in found.output) == (1, True)
    assert list(tmp_path.iterdir()) == []
