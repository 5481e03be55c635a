"""The vault when something is missing, damaged or open to others: it stops, and says what and where."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fiel.core.errors import FielError, KeyMissing, SettingsInvalid, Tampered, Unavailable
from fiel.keys.signer import Ed25519Signer
from fiel.keys.vault import Vault


def refused(root: Path, folder: Path, *, writer: bool = True) -> FielError:
    """How the vault is refused; what the refusal says has a hint, and leaves the folder to the next."""
    with pytest.raises(FielError) as caught:
        Vault.open(root, folder, writer=writer)
    assert caught.value.hint
    return caught.value


def test_a_root_key_among_the_keys_is_refused(folder: Path) -> None:
    """A copy of the folder of keys must never hold what opens it, and nothing is made until that is so."""
    for root in (folder / "root.key", folder / "deeper" / ".." / "root.key", folder):
        assert isinstance(refused(root, folder), SettingsInvalid)
    assert not folder.exists()


@pytest.mark.usefixtures("sealed")
def test_a_missing_root_key_is_not_replaced(root: Path, folder: Path) -> None:
    """Where keys exist, a missing root key stops the start instead of orphaning all that was sealed."""
    root.unlink()
    for writer in (True, False):
        assert isinstance(refused(root, folder, writer=writer), KeyMissing)
    assert not root.exists()


@pytest.mark.usefixtures("sealed")
def test_a_readable_root_key_is_refused(root: Path, folder: Path) -> None:
    """A root key that others may read stops the start, with the command that mends it."""
    root.chmod(0o644)
    assert refused(root, folder).hint == f"chmod 600 {root}"


@pytest.mark.usefixtures("sealed")
def test_a_wrong_root_key_is_named(root: Path, folder: Path) -> None:
    """Under another root key nothing opens, nothing changes, and the error says that this is why."""
    root.write_bytes(bytes(32))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for writer in (True, False):
        error = refused(root, folder, writer=writer)
        assert isinstance(error, Tampered)
        assert "not made under this root key" in error.what
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def cut(path: Path) -> None:
    """Leave a file without its last bytes."""
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("name", "damage", "expected"),
    [
        ("dek.slots", Path.unlink, (KeyMissing, "dek.slots")),
        ("dek.slots", lambda path: path.write_bytes(b""), (KeyMissing, "dek.slots")),
        ("dek.slots", cut, (Tampered, "cut short")),
        ("dek.slots", lambda path: path.write_bytes(b"x" * 99), (Tampered, "not a file of key slots")),
        ("keyring.slots", Path.unlink, (KeyMissing, "keyring.slots")),
        ("keyring.slots", lambda path: path.write_bytes(b""), (KeyMissing, "keyring.slots")),
        ("keyring.slots", cut, (Tampered, "cut short")),
        ("subject.secret", cut, (Tampered, "subject.secret")),
        ("subject.secret", lambda path: path.chmod(0o640), (KeyMissing, "may be read by others")),
    ],
)
@pytest.mark.usefixtures("sealed")
def test_damage_to_the_folder_is_named(
    root: Path,
    folder: Path,
    *,
    name: str,
    damage: Callable[[Path], object],
    expected: tuple[type[FielError], str],
) -> None:
    """A missing, emptied, cut or foreign file stops the writer's start, and the error names the file and the fault."""
    damage(folder / name)
    error = refused(root, folder)
    kind, told = expected
    assert isinstance(error, kind)
    assert told in error.what


@pytest.mark.usefixtures("sealed")
def test_files_that_were_exchanged_are_refused(root: Path, folder: Path) -> None:
    """The keyring in the place of the data keys is no file of data keys."""
    (folder / "keyring.slots").replace(folder / "dek.slots")
    assert isinstance(refused(root, folder), Tampered)


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("name", ["subject.secret", "keyring.slots", "dek.slots"])
def test_a_reader_needs_everything_to_be_there(root: Path, folder: Path, name: str) -> None:
    """A reader makes nothing: where one file is missing it says which."""
    (folder / name).unlink()
    error = refused(root, folder, writer=False)
    assert isinstance(error, KeyMissing)
    assert name in error.what
    assert not (folder / name).exists()


def test_a_reader_makes_nothing(tmp_path: Path, root: Path, folder: Path) -> None:
    """Before the first start a reader is told that there are no keys, and leaves no root key and no folder behind."""
    error = refused(root, folder, writer=False)
    assert isinstance(error, KeyMissing)
    assert "there are no keys" in error.what
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, root: Path) -> None:
    """A file where the folder should be is said so."""
    (tmp_path / "file").write_bytes(b"")
    assert isinstance(refused(root, tmp_path / "file"), Unavailable)
    assert isinstance(refused(root, tmp_path / "file" / "keys"), Unavailable)


def test_a_refused_start_lets_go_of_the_lock(root: Path, folder: Path) -> None:
    """Whatever stops a start halfway, the next one does not wait for it."""
    Vault.open(root, folder, writer=True).close()
    secret = (folder / "subject.secret").read_bytes()
    (folder / "subject.secret").write_bytes(secret[:-1])
    assert isinstance(refused(root, folder), Tampered)
    (folder / "subject.secret").write_bytes(secret)
    Vault.open(root, folder, writer=True).close()


def test_a_host_deposits_its_public_key(root: Path, folder: Path) -> None:
    """The Ed25519 keys in `hosts` are trusted for subject tokens; any other file there stops the start by its name."""
    Vault.open(root, folder, writer=True).close()
    (folder / "hosts").mkdir()
    (folder / "hosts" / "shop.pem").write_text(Ed25519Signer(bytes(32)).public_pem)
    (folder / "hosts" / "notes.txt").write_text("not a key")
    Vault.open(root, folder, writer=True).close()
    curve = generate_private_key(SECP256R1()).public_key()
    (folder / "hosts" / "other.pem").write_bytes(curve.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    error = refused(root, folder)
    assert isinstance(error, SettingsInvalid)
    assert "other.pem" in error.what
