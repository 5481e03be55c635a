"""The ledger's key: Ed25519 (RFC 8032). Whoever holds its public half checks checkpoints and receipts without Fiel."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from fiel.core.consent.checkpoint import key_hash
from fiel.core.errors import Malformed


class Ed25519Signer:
    """The `Signer` whose secret is one 32-byte seed."""

    __slots__ = ("_origin", "_public", "_secret", "_seed")

    def __init__(self, seed: bytes, *, origin: str | None = None) -> None:
        """Take the seed. `origin` names the ledger: `fiel/` and the first eight hex digits of the key, if not given.

        Raises `Malformed` for an origin that a checkpoint cannot carry.
        """
        self._seed = seed
        self._secret = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._secret.public_key().public_bytes_raw()
        self._origin = f"fiel/{self._public.hex()[:8]}" if origin is None else origin
        key_hash(self._origin, self._public)

    def called(self, origin: str) -> "Ed25519Signer":
        """The same key under another name of the ledger; raises `Malformed` as above."""
        return Ed25519Signer(self._seed, origin=origin)

    @property
    def origin(self) -> str:
        """The ledger's name in checkpoints."""
        return self._origin

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._public

    @property
    def public_pem(self) -> str:
        """The public half as a file for whoever checks receipts (RFC 8410)."""
        return self._secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message."""
        return self._secret.sign(message)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether it is the signature of that message by this key."""
        return verify(self._public, message, signature)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed the message; a key or signature that is none answers False."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_in(pem: bytes) -> bytes:
    """The 32 bytes of the Ed25519 key in a PEM file; raises `Malformed` for any other content."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise Malformed("this is no Ed25519 public key in PEM", hint="`fiel keys public` prints the ledger's")
    return key.public_bytes_raw()
