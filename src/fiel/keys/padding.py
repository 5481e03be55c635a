"""Padding: a plaintext behind its length and before zeros, so that a sealed size tells the bucket and no more."""

from typing import Final

from fiel.core.errors import Malformed, Tampered

BUCKETS: Final = (256, 1 << 10, 1 << 12, 1 << 14)
"""The sizes to which plaintexts are padded; beyond the last, its multiples."""

LARGEST: Final = 1 << 24
"""Bytes that can be sealed at once; a compartment is bounded far below."""

LENGTH_BYTES: Final = 4
"""What padding needs for itself."""


def padded(plain: bytes) -> bytes:
    """The plaintext after its length, filled with zeros up to its bucket; raises `Malformed` beyond `LARGEST`."""
    if len(plain) > LARGEST:
        raise Malformed(f"a document of {len(plain)} bytes is too large to be sealed", hint=f"{LARGEST} at most")
    size = LENGTH_BYTES + len(plain)
    last = BUCKETS[-1]
    bucket = next((bucket for bucket in BUCKETS if size <= bucket), -(-size // last) * last)
    return (len(plain).to_bytes(LENGTH_BYTES, "big") + plain).ljust(bucket, b"\0")


def unpadded(padding: bytes) -> bytes:
    """The plaintext that `padded` filled; raises `Tampered` for what it never made."""
    length = int.from_bytes(padding[:LENGTH_BYTES], "big")
    plain = padding[LENGTH_BYTES : LENGTH_BYTES + length]
    if length > LARGEST or padded(plain) != padding:
        raise Tampered("a sealed document holds another length than it has")
    return plain
