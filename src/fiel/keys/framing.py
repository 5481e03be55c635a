"""Fields in a row, each with its length before it, so that no two rows of fields share their bytes.

What is authenticated or named by a key is framed first: without lengths, ("ab", "c") and ("a", "bc") would be one name.
"""

from typing import Final

TENANT: Final = b"fiel"
"""Whose keys these are. One tenant a folder; it is bound into every seal, so that two could never be mixed."""


def framed(*fields: bytes | str) -> bytes:
    """The fields, each after its length in four bytes. Text is UTF-8; a lone surrogate has its own bytes, too."""
    raw = (field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field for field in fields)
    return b"".join(len(field).to_bytes(4, "big") + field for field in raw)
