"""A key wrapped under another one, in 64 bytes: nonce (12), ciphertext and tag (48), generation (4).

Unlike AES key wrap (RFC 3394) it is bound to associated data, so that a wrapped key is worth nothing elsewhere.
Sixty-four divides a disk's sector: a record is never half written.
"""

import struct
from dataclasses import dataclass
from typing import Final

from fiel.core.errors import KeyMissing, Tampered
from fiel.keys.cipher import AES_GCM_SIV
from fiel.keys.framing import TENANT, framed

RECORD_BYTES: Final = 64
_RECORD: Final = struct.Struct(">12s48sI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A wrapped key. `generation` says which generation of the key above wrapped it, from 0."""

    nonce: bytes
    sealed: bytes
    generation: int

    def pack(self) -> bytes:
        """The record's 64 bytes."""
        return _RECORD.pack(self.nonce, self.sealed, self.generation)

    @classmethod
    def unpack(cls, record: bytes) -> "Wrapped":
        """Read a record of 64 bytes; what it holds is a claim until `unwrap` opens it."""
        nonce, sealed, generation = _RECORD.unpack(record)
        return cls(nonce=nonce, sealed=sealed, generation=generation)


def wrap(key: bytes, *, under: bytes, bound: bytes, nonce: bytes, generation: int) -> Wrapped:
    """A key sealed under another one, bound to `bound` and to its generation."""
    sealed = AES_GCM_SIV.seal(under, key, nonce=nonce, bound=_binding(bound, generation))
    return Wrapped(nonce=nonce, sealed=sealed, generation=generation)


def unwrap(wrapped: Wrapped, *, under: bytes, bound: bytes) -> bytes:
    """The key; raises `KeyMissing` if this is not the key that was wrapped under that binding."""
    associated = _binding(bound, wrapped.generation)
    try:
        return AES_GCM_SIV.open(under, wrapped.sealed, nonce=wrapped.nonce, bound=associated)
    except Tampered:
        raise KeyMissing("the slot holds no key for this: it was emptied, used again or changed") from None


def _binding(bound: bytes, generation: int) -> bytes:
    return framed("fiel/1/wrap", TENANT, bound, generation.to_bytes(4, "big"))
