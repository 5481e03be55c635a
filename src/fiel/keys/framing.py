"""Fields in a row, each with its length before it, so that no two rows of fields share their bytes.

What is authenticated or named by a key is framed first: without lengths, ("ab", "c") and ("a", "bc") would be one name.
"""

from typing import Final

TENANT: Final = b"fiel"
"""Whose keys these are. One tenant a folder; it is bound into every seal, so that two could never be mixed."""


def framed(*fields: bytes | str) -> bytes:
    """The fields, each after its length in four bytes. Text is UTF-8; a lone surrogate has its own bytes, too."""
    parts: list[bytes] = []  # a plain loop: this runs several times for every document that is opened
    for field in fields:
        raw = field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field
        parts += (len(raw).to_bytes(4, "big"), raw)
    return b"".join(parts)
