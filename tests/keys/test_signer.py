"""The ledger's key: what it signs is checked by its public half alone."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from fiel.core.consent.checkpoint import Checkpoint, open_note, sign_checkpoint
from fiel.core.consent.ledger import EMPTY
from fiel.core.errors import Malformed
from fiel.keys.signer import Ed25519Signer, public_key_in, verify
from fiel.ports import Signer

# RFC 8032, section 7.1, test 2
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
SIGNER = Ed25519Signer(SEED)


def test_the_published_vector_holds() -> None:
    """The key, the signature and its verification are Ed25519's (RFC 8032 §7.1)."""
    assert SIGNER.public_key == PUBLIC
    assert SIGNER.sign(b"\x72") == SIGNATURE
    assert verify(PUBLIC, b"\x72", SIGNATURE)


def test_a_signature_verifies_nothing_else() -> None:
    """Another message, key or signature, and what is no key or signature at all, answer no without raising."""
    assert not verify(PUBLIC, b"\x73", SIGNATURE)
    assert not verify(Ed25519Signer(bytes(32)).public_key, b"\x72", SIGNATURE)
    for n in range(64):
        assert not verify(PUBLIC, b"\x72", SIGNATURE[:n] + bytes([SIGNATURE[n] ^ 1]) + SIGNATURE[n + 1 :])
    for key in (b"", bytes(31), bytes(33), b"\xff" * 32):
        assert not verify(key, b"\x72", SIGNATURE)
    for signature in (b"", SIGNATURE[:63], SIGNATURE + b"\0"):
        assert not verify(PUBLIC, b"\x72", signature)


def test_the_ledger_is_named_by_its_key_or_by_its_owner() -> None:
    """Without a name the origin is the beginning of the key, so two installations never share one by accident."""
    port: Signer = SIGNER
    assert port.origin == "fiel/3d4017c3"
    named = SIGNER.called("shop.example/fiel")
    assert (named.origin, named.public_key) == ("shop.example/fiel", PUBLIC)


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_no_checkpoint_can_carry_is_refused(origin: str) -> None:
    """A name that is empty, or holds a space or a plus sign, is refused before anything is signed under it."""
    with pytest.raises(Malformed):
        SIGNER.called(origin)


def test_a_checkpoint_that_it_signs_opens() -> None:
    """The signer and `verify` are what the core's notes ask for."""
    head = Checkpoint(origin=SIGNER.origin, size=0, root=EMPTY)
    note = sign_checkpoint(head, public_key=SIGNER.public_key, sign=SIGNER.sign)

    def trusted(message: bytes, signature: bytes) -> bool:
        return verify(SIGNER.public_key, message, signature)

    assert open_note(note, name=SIGNER.origin, public_key=SIGNER.public_key, verify=trusted) == head


def test_the_public_key_goes_through_a_file() -> None:
    """The exported file is PEM and reads back to the same key."""
    assert SIGNER.public_pem.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert public_key_in(SIGNER.public_pem.encode()) == PUBLIC


def test_a_file_that_holds_no_such_key_is_refused() -> None:
    """A private key, a key of another kind, a cut file and any other text are refused, and nothing of them repeated."""
    secret = Ed25519PrivateKey.from_private_bytes(SEED).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    curve = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    pem = SIGNER.public_pem.encode()
    for content in (secret, curve, pem[:-40], b"", b"ssh-ed25519 AAAA", PUBLIC, b"\xff" * 50):
        with pytest.raises(Malformed) as caught:
            public_key_in(content)
        assert caught.value.what == "this is no Ed25519 public key in PEM"
