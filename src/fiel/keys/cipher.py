"""The cipher: authenticated encryption with associated data, chosen by one byte, the suite, in whatever it seals.

AES-256-GCM-SIV (RFC 8452) forgives a nonce that comes twice, which a restored or cloned machine can bring about.
"""

from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from fiel.core.errors import Tampered

NONCE_BYTES: Final = 12


class Cipher(Protocol):
    """Seals bytes under a 32-byte key, bound to associated data."""

    @property
    def suite(self) -> int:
        """The byte that names it in what it seals."""
        ...

    def seal(self, key: bytes, plain: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The sealed bytes; the nonce is 12 bytes long and goes beside them."""
        ...

    def open(self, key: bytes, sealed: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The bytes again; raises `Tampered` for another key, nonce or binding, and for any change."""
        ...


class AesGcmSiv:
    """AES-256-GCM-SIV with a tag of 16 bytes."""

    __slots__ = ()

    @property
    def suite(self) -> int:
        """Suite 1."""
        return 1

    def seal(self, key: bytes, plain: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The ciphertext and its tag."""
        return AESGCMSIV(key).encrypt(nonce, plain, bound)

    def open(self, key: bytes, sealed: bytes, *, nonce: bytes, bound: bytes) -> bytes:
        """The plaintext; raises `Tampered`."""
        try:
            return AESGCMSIV(key).decrypt(nonce, sealed, bound)
        except (InvalidTag, ValueError):
            raise Tampered("sealed bytes do not open: they are not what was sealed here") from None


AES_GCM_SIV: Final = AesGcmSiv()
"""The cipher of keys and tokens, and of documents unless a test passes another one."""
