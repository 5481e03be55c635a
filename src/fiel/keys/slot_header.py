"""The first 64 bytes of a slot file: what it is, how far it reaches, and under which root key it was made.

Two checksums tell two faults apart: the plain one says that the header is damaged, the keyed one that it is another
root key's file. The header is one record, so it is never half written.
"""

import hmac
import struct
from hashlib import sha256
from typing import Final

from fiel.core.errors import Tampered
from fiel.keys.framing import TENANT

HEADER_BYTES: Final = 64
RESTORE: Final = "restore the folder of keys from a back-up"
"""What to do when a file of the folder is gone or damaged."""

_FIELDS: Final = struct.Struct(">8sB7xQ")  # magic, version, bytes that the file has
_PLAIN_BYTES: Final = 8
_MAGIC: Final = b"FIELSLOT"
_VERSION: Final = 1


def header(size: int, *, key: bytes) -> bytes:
    """The header of a slot file that has `size` bytes, checked by `key`."""
    fields = _FIELDS.pack(_MAGIC, _VERSION, size)
    return fields + _plain(fields) + _keyed(fields, key)


def size_in(raw: bytes, *, key: bytes, name: str) -> int:
    """The size that a header speaks of; raises `Tampered`, naming the file, if it is not one or not this key's."""
    fields, plain, keyed = (
        raw[: _FIELDS.size],
        raw[_FIELDS.size : _FIELDS.size + _PLAIN_BYTES],
        raw[-sha256().digest_size :],
    )
    if len(raw) != HEADER_BYTES or not raw.startswith(_MAGIC):
        raise Tampered(f"`{name}` is not a file of key slots", hint=RESTORE)
    _, version, size = _FIELDS.unpack(fields)
    if not hmac.compare_digest(plain, _plain(fields)):
        raise Tampered(f"the header of `{name}` is damaged", hint=RESTORE)
    if not hmac.compare_digest(keyed, _keyed(fields, key)):
        raise Tampered(f"`{name}` was not made under this root key", hint="name the root key it was made under")
    if version != _VERSION:
        raise Tampered(f"`{name}` has version {version}, and this Fiel reads version {_VERSION}", hint="upgrade Fiel")
    return int(size)


def _plain(fields: bytes) -> bytes:
    return sha256(fields + TENANT).digest()[:_PLAIN_BYTES]


def _keyed(fields: bytes, key: bytes) -> bytes:
    return hmac.digest(key, fields + TENANT, "sha256")
