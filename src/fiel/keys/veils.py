"""Veils: short texts sealed under a key of the use case, for what must be readable when every data key is gone.

Nothing dies with a veil, and it hides nothing from who holds the root key: a standing must still say no after its
compartment was shredded. It takes away what a reader without keys could join by: instants, levels, ledger positions.
A mark names a row whose number alone would tell: who has no key sees logs and cannot say whose compartment has one.
A mask hides the number of a slot: the file of slots grows, so numbers would tell which keys were made at one time.
Layout of a veil: version, suite, nonce (12), ciphertext and tag; all of one length.
"""

import hmac
import secrets
import struct
from typing import Final

from fiel.core.errors import Malformed, Tampered
from fiel.core.ids import KeyId, UseCaseId
from fiel.keys.cipher import AES_GCM_SIV, NONCE_BYTES, Cipher
from fiel.keys.framing import TENANT, framed
from fiel.keys.padding import BUCKETS, LENGTH_BYTES, padded, unpadded
from fiel.keys.root import Root, Use
from fiel.ports import Spot

MARK_BYTES: Final = 16
LONGEST: Final = BUCKETS[0] - LENGTH_BYTES
"""Bytes that can be veiled: one bucket, so that no length tells anything."""

_VERSION: Final = 1
_HEADER: Final = struct.Struct(">BB12s")


class Veils:
    """The veils of one root key. Another `cipher` is for tests."""

    __slots__ = ("_cipher", "_keys", "_marks", "_root")

    def __init__(self, root: Root, *, cipher: Cipher = AES_GCM_SIV) -> None:
        """Keys, and what every veil of a use case is bound to, are made when it is first named, and kept."""
        self._root = root
        self._cipher = cipher
        self._keys: dict[UseCaseId, tuple[bytes, bytes]] = {}
        self._marks = root.derive(Use.MARK)

    def veil(self, spot: Spot, plain: bytes) -> bytes:
        """Seal at most `LONGEST` bytes; raises `Malformed` for more."""
        if len(plain) > LONGEST:
            raise Malformed(f"{len(plain)} bytes are too many to be veiled", hint=f"{LONGEST} at most")
        nonce = secrets.token_bytes(NONCE_BYTES)
        header = _HEADER.pack(_VERSION, self._cipher.suite, nonce)
        key, bound = self._key(spot[0])
        return header + self._cipher.seal(key, padded(plain), nonce=nonce, bound=bound + framed(header, spot[1]))

    def unveil(self, spot: Spot, veiled: bytes) -> bytes:
        """The bytes; raises `Tampered` if they were changed, or veiled for somebody else or another use case."""
        header = veiled[: _HEADER.size]
        if header[:2] != bytes((_VERSION, self._cipher.suite)) or len(header) < _HEADER.size:
            raise Tampered("a veiled row has another header than it was given")
        key, bound = self._key(spot[0])
        sealed = veiled[_HEADER.size :]
        return unpadded(self._cipher.open(key, sealed, nonce=header[2:], bound=bound + framed(header, spot[1])))

    def mark(self, spot: Spot, table: str) -> bytes:
        """Sixteen keyed bytes (HMAC-SHA-256) that name a spot in one table."""
        return hmac.digest(self._marks, framed(TENANT, table, *spot), "sha256")[:MARK_BYTES]

    def mask(self, key: KeyId) -> int:
        """Sixty-two keyed bits (HMAC-SHA-256), of use once: a key's name is random, and no two rows have the same."""
        digest = hmac.digest(self._marks, framed(TENANT, "slot", key), "sha256")
        return int.from_bytes(digest[:8], "big") >> 2

    def _key(self, use_case: UseCaseId) -> tuple[bytes, bytes]:
        found = self._keys.get(use_case)
        if found is None:
            key, bound = self._root.derive(Use.VEIL, use_case), framed("fiel/1/veil", TENANT, use_case)
            found = self._keys[use_case] = key, bound
        return found
