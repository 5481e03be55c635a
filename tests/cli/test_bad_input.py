"""What goes wrong outside: each is one sentence with what to do about it, exit code 1, and nothing is made or lost."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.shops import a_shop, run, told, written


def refused(found: Result, *words: str) -> None:
    """The command ended with 1, a sentence that holds the words, and no stack of calls."""
    assert found.exit_code == 1
    assert isinstance(found.exception, SystemExit)
    for word in words:
        assert word in found.stderr


def test_a_promise_that_cannot_be_served_makes_no_store(tmp_path: Path) -> None:
    """Without a sound promise neither a store nor a root key appears."""
    refused(run("serve", tmp_path), "fiel check")
    refused(run("keys", "issue", tmp_path, "--name", "a", "--scope", "collect"), "fiel check")
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way of the data folder is named, with the option that names another."""
    shop = a_shop(tmp_path)
    (tmp_path / "file").write_text("")
    refused(run("keys", "public", shop, "--data", tmp_path / "file" / "below"), "cannot be made", "--data DATA")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_a_root_key_that_others_may_read_opens_nothing(tmp_path: Path, mode: int) -> None:
    """A root key readable by group or world is refused by name, with the command that mends it."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    key = shop / ".fiel.key"
    key.chmod(mode)
    refused(run("keys", "list", shop), "may be read by others", f"chmod 600 {key}")
    key.chmod(0o600)
    assert told("keys", "list", shop) == {"keys": []}


def test_a_missing_root_key_is_never_replaced(tmp_path: Path) -> None:
    """Where keys were wrapped, a root key that is gone is asked for and not made anew."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    key = shop / ".fiel.key"
    aside = key.rename(tmp_path / "aside")
    refused(run("keys", "list", shop), "is not there", "restore it")
    assert not key.exists()
    aside.rename(key)
    assert run("keys", "list", shop).exit_code == 0


def test_lost_wrapped_keys_are_never_replaced(tmp_path: Path) -> None:
    """A store without its folder of keys is not given new ones."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    shutil.move(shop / ".fiel" / "keys", tmp_path / "keys")
    refused(run("keys", "list", shop), "are gone", "back-up")
    assert not (shop / ".fiel" / "keys").exists()


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    """Bytes that are no store are refused and left as they are."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    database = shop / ".fiel" / "fiel.db"
    database.write_bytes(b"no database at all, " * 400)
    refused(run("keys", "list", shop), "is not a store of Fiel")
    assert database.read_bytes() == b"no database at all, " * 400


def test_an_unknown_event_stops_before_anything(tmp_path: Path) -> None:
    """An event that the promise does not declare is named, with those that it does, and nothing is counted."""
    shop = a_shop(tmp_path)
    file = written(tmp_path / "a.jsonl", ['{"user": "1", "at": "2026-01-01", "item": "x"}'])
    refused(run("import", shop, "events", file, "--event", "sneeze"), "no event `sneeze`", "purchase, view")


def test_an_export_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there is told; a file that is there is left alone; what is written is its owner's alone."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    refused(run("export", shop, "--subject", "user:1", "--to", tmp_path / "no" / "a.json"), "cannot be written")
    target = tmp_path / "a.json"
    assert run("export", shop, "--subject", "user:1", "--to", target).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    first = target.read_bytes()
    refused(run("export", shop, "--subject", "user:1", "--to", target), "is there already")
    assert target.read_bytes() == first


def test_a_promise_that_allows_more_is_not_served(tmp_path: Path) -> None:
    """`serve` refuses an unpublished material change, says where, and leaves what is in force as it was."""
    shop = a_shop(tmp_path)
    told("token", shop, "--subject", "user:1")
    path = shop / "use_cases" / "order_help.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("retention: ", "retention: 1", 1), encoding="utf-8")
    refused(run("serve", shop, "--port", "0"), "order_help", "fiel publish")
    path.write_text(text, encoding="utf-8")
    assert run("diff", shop).output == "nothing changes\n"
