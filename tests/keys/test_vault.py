"""The vault: everything of one root key, made on the first start, found again, refused when something is wrong."""

import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fiel.core.errors import KeyMissing, Unavailable
from fiel.core.ids import Identifier, IdentifierKind, SubjectId, UseCaseId
from fiel.keys.vault import Vault, holds_keys
from fiel.ports import Names, Seals, Signer, Tokens
from tests.keys.examples import CANARY, HERE, Crash, Crashing, IdentityCipher, place

ANA = Identifier(IdentifierKind.USER, "ana")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def answers(vault: Vault) -> tuple[object, ...]:
    """What of a vault is the same at each start."""
    return (
        vault.names.lookup(ANA),
        vault.names.pseudonym(SubjectId(bytes(16)), UseCaseId("suggestions")),
        vault.signer.origin,
        vault.signer.sign(b"message"),
    )


def test_a_vault_is_the_four_ports(root: Path, folder: Path) -> None:
    """Names, seals, signer and tokens are what operations and stores ask for."""
    with Vault.open(root, folder, writer=True) as vault:
        names: Names = vault.names
        seals: Seals = vault.seals
        signer: Signer = vault.signer
        tokens: Tokens = vault.tokens
        assert tokens.open(tokens.seal(names.new_record() + signer.public_key + seals.new_key()))


def test_a_first_start_makes_everything_for_its_owner_alone(root: Path, folder: Path) -> None:
    """Root key, slots and secret are files of mode 0600, the folder has 0700, and no draft is left."""
    assert not holds_keys(folder)
    Vault.open(root, folder, writer=True).close()
    assert holds_keys(folder)
    files = [root, *folder.iterdir()]
    assert {path.name for path in files} == {"root.key", "dek.slots", "keyring.slots", "subject.secret"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_next_start_finds_everything_again(root: Path, folder: Path, sealed: tuple[int, bytes]) -> None:
    """Names, signatures, tokens, the shared secret and sealed documents are the same after a restart."""
    slot, document = sealed
    with Vault.open(root, folder, writer=True) as vault:
        first, token = answers(vault), vault.tokens.seal(b"token")
        way_in = vault.subjects.issue(ANA, minutes=5, now=NOW)
    for writer in (True, False):
        with Vault.open(root, folder, writer=writer) as vault:
            assert answers(vault) == first
            assert vault.tokens.open(token) == b"token"
            assert vault.subjects.verify(way_in, now=NOW) == ANA
            assert vault.seals.open(vault.seals.occupied()[0], document, binding=HERE) == CANARY
            assert vault.seals.occupied() == [slot]


def test_two_installations_share_nothing(tmp_path: Path) -> None:
    """Two first starts have other names, another ledger and another secret."""
    found = []
    for name in ("one", "other"):
        with Vault.open(tmp_path / f"{name}.key", tmp_path / name, writer=True) as vault:
            found.append((*answers(vault), vault.subjects.secret))
    assert all(one != other for one, other in zip(*found, strict=True))


def test_the_shared_secret_lies_sealed(root: Path, folder: Path) -> None:
    """The folder of keys alone gives nobody the secret, which verifies what it signed."""
    with Vault.open(root, folder, writer=True) as vault:
        secret = vault.subjects.secret.encode()
        token = vault.subjects.issue(ANA, minutes=1, now=NOW)
        assert vault.subjects.verify(token, now=NOW) == ANA
    assert all(secret not in path.read_bytes() for path in folder.iterdir())


def test_a_first_start_that_is_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    """After a crash at any point of the first start the next one succeeds."""
    whole = Crashing()
    Vault.open(tmp_path / "whole.key", tmp_path / "whole", writer=True, crash=whole).close()
    points = list(dict.fromkeys(whole.passed))
    assert points == ["slots.allocated", "slots.grown", "keyring.slots.allocated", "keyring.slots.grown"]
    for point in points:
        root, folder = tmp_path / f"{point}.key", tmp_path / point
        with pytest.raises(Crash):
            Vault.open(root, folder, writer=True, crash=Crashing(at=point))
        with Vault.open(root, folder, writer=True) as vault:
            slot = vault.seals.create(HERE.place, HERE.key)
            assert vault.seals.open(slot, vault.seals.seal(slot, CANARY, binding=HERE), binding=HERE) == CANARY


def test_making_and_destroying_a_key_passes_the_named_points(root: Path, folder: Path) -> None:
    """The first key of an area brings the area key; both have points of their own at which a crash can be tried."""
    crash = Crashing()
    with Vault.open(root, folder, writer=True, crash=crash) as vault:
        crash.passed.clear()
        slot = vault.seals.create(HERE.place, HERE.key)
        vault.seals.create(HERE.place, HERE.key)
        vault.seals.destroy([slot])
    area = ["keyring.slot.written", "keyring.slot.synced"]
    made = ["slot.written", "slot.synced"]
    assert crash.passed == [*area, *made, *made, "slot.zeroed", "slot.zero-synced"]


def test_others_see_what_a_writer_does(root: Path, folder: Path) -> None:
    """Beside one writer another opens its keys, and a reader sees what the first makes and destroys."""
    with Vault.open(root, folder, writer=True) as writer:
        with Vault.open(root, folder, writer=True) as other:
            slot = writer.seals.create(HERE.place, HERE.key)
            assert other.seals.open(slot, writer.seals.seal(slot, CANARY, binding=HERE), binding=HERE) == CANARY
        with Vault.open(root, folder, writer=False) as reader:
            slot = writer.seals.create(HERE.place, HERE.key)
            document = writer.seals.seal(slot, CANARY, binding=HERE)
            assert reader.seals.open(slot, document, binding=HERE) == CANARY
            writer.seals.destroy([slot])
            with pytest.raises(KeyMissing):
                reader.seals.open(slot, document, binding=HERE)
            with pytest.raises(Unavailable):
                reader.seals.create(HERE.place, HERE.key)
            with pytest.raises(Unavailable):
                reader.seals.destroy([slot])
    Vault.open(root, folder, writer=True).close()


def test_a_killed_writer_leaves_no_lock(root: Path, folder: Path) -> None:
    """The lock goes with the process that had it, however that ends."""
    script = (
        "import os, sys; from pathlib import Path; from fiel.keys import Vault;"
        "vault = Vault.open(Path(sys.argv[1]), Path(sys.argv[2]), writer=True); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(root), str(folder)], check=False)
    assert ended.returncode == -9
    Vault.open(root, folder, writer=True).close()


@pytest.mark.usefixtures("sealed")
def test_a_closed_vault_opens_nothing(root: Path, folder: Path) -> None:
    """After closing, twice even, no document opens."""
    vault = Vault.open(root, folder, writer=False)
    (slot,) = vault.seals.occupied()
    vault.close()
    vault.close()
    with pytest.raises(Unavailable):
        vault.seals.seal(slot, CANARY, binding=HERE)


def test_the_cipher_is_exchanged_for_documents_only(root: Path, folder: Path) -> None:
    """Under the control cipher a document lies open and its key is wrapped all the same."""
    with Vault.open(root, folder, writer=True, cipher=IdentityCipher()) as vault:
        slot = vault.seals.create(HERE.place, HERE.key)
        document = vault.seals.seal(slot, CANARY, binding=HERE)
        assert CANARY in document
        with pytest.raises(KeyMissing):
            vault.seals.open(slot, document, binding=replace(HERE, place=place(2)))
