"""The root key: made once, kept from others, and the source of every derived key."""

import hmac
import os
import stat
import threading
from pathlib import Path

import pytest

from fiel.core.errors import FielError, KeyMissing, SettingsInvalid, Unavailable
from fiel.keys.root import Root, Use, open_root
from tests.keys.examples import OTHER_ROOT, ROOT


def test_a_derived_key_is_what_another_program_would_derive() -> None:
    """Derivation is the first block of HKDF-Expand (RFC 5869) over the label, so a change of label shows here."""
    for use in Use:
        label = f"fiel/1/{use.value}/suggestions".encode()
        assert ROOT.derive(use, "suggestions") == hmac.digest(bytes(range(32)), label + b"\x01", "sha256")


def test_no_two_uses_and_scopes_share_a_key() -> None:
    """Each use, each scope and each root key has keys of its own."""
    keys = [root.derive(use, scope) for root in (ROOT, OTHER_ROOT) for use in Use for scope in ("", "a", "b")]
    assert len(set(keys)) == len(keys)


def test_a_root_never_prints_its_secret() -> None:
    """What a log or a traceback shows of a root key holds no part of it."""
    secret = b"sixteen letters!" * 2
    assert "sixteen" not in repr(Root(secret))
    assert secret.hex()[:8] not in repr(Root(secret))


def test_a_first_start_makes_a_key_for_its_owner_alone(tmp_path: Path) -> None:
    """The key is 32 bytes in a file of mode 0600, and nothing else is left in the folder."""
    path = tmp_path / "root.key"
    open_root(path, fresh=True)
    assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_that_is_there_is_kept(tmp_path: Path) -> None:
    """A second start derives what the first derived, fresh or not."""
    first = open_root(tmp_path / "root.key", fresh=True).derive(Use.TOKEN)
    assert open_root(tmp_path / "root.key", fresh=True).derive(Use.TOKEN) == first
    assert open_root(tmp_path / "root.key", fresh=False).derive(Use.TOKEN) == first


def test_two_keys_made_are_different(tmp_path: Path) -> None:
    """A new key comes from chance."""
    one, other = (open_root(tmp_path / name, fresh=True) for name in ("one", "other"))
    assert one.derive(Use.TOKEN) != other.derive(Use.TOKEN)


def test_starts_at_the_same_moment_agree(tmp_path: Path) -> None:
    """Of many first starts at once, one makes the key and all have it."""
    derived: list[bytes] = []

    def start() -> None:
        derived.append(open_root(tmp_path / "root.key", fresh=True).derive(Use.TOKEN))

    starts = [threading.Thread(target=start) for _ in range(8)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert len(derived) == 8
    assert len(set(derived)) == 1


def refused(path: Path, *, fresh: bool = False) -> FielError:
    """How a root key is refused; what the refusal says names the file."""
    with pytest.raises(FielError) as caught:
        open_root(path, fresh=fresh)
    assert str(path) in caught.value.what
    assert caught.value.hint
    return caught.value


def test_a_missing_key_is_not_made_anew_over_data(tmp_path: Path) -> None:
    """Where something was wrapped before, a missing key is an error and no key is made."""
    assert isinstance(refused(tmp_path / "root.key"), KeyMissing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o777])
def test_a_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    """Any right of the group or of everybody is one too many, and the hint is the command that takes it away."""
    path = tmp_path / "root.key"
    path.write_bytes(bytes(32))
    path.chmod(mode)
    error = refused(path, fresh=True)
    assert isinstance(error, KeyMissing)
    assert error.hint == f"chmod 600 {path}"


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_key_for_its_owner_alone_is_taken(tmp_path: Path, mode: int) -> None:
    """The control: what the owner alone may do with the file is no matter."""
    path = tmp_path / "root.key"
    path.write_bytes(bytes(32))
    path.chmod(mode)
    assert open_root(path, fresh=False).derive(Use.TOKEN) == OTHER_ROOT.derive(Use.TOKEN)


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64, 10_000])
def test_a_key_of_another_length_is_refused(tmp_path: Path, length: int) -> None:
    """A cut or foreign file is never used as a key, and never overwritten."""
    path = tmp_path / "root.key"
    path.write_bytes(bytes(length))
    path.chmod(0o600)
    assert isinstance(refused(path, fresh=True), SettingsInvalid)
    assert path.read_bytes() == bytes(length)


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    """A folder and a pipe are refused at once; opening the pipe does not wait for a writer."""
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir(mode=0o700)
    os.mkfifo(pipe, 0o600)
    assert isinstance(refused(folder), SettingsInvalid)
    assert isinstance(refused(pipe), SettingsInvalid)


def test_a_link_to_a_key_is_followed(tmp_path: Path) -> None:
    """A secret mounted through a link is judged by the file it leads to."""
    (tmp_path / "key").write_bytes(bytes(32))
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "link").symlink_to("key")
    assert open_root(tmp_path / "link", fresh=False).derive(Use.TOKEN) == OTHER_ROOT.derive(Use.TOKEN)


def test_a_key_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """Without a folder to lie in, there is no key, and the error names where."""
    assert isinstance(refused(tmp_path / "nowhere" / "root.key", fresh=True), Unavailable)
