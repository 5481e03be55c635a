"""The keys of callers: 256 random bits behind a prefix that says what they are. Only their digest is ever kept.

A plain SHA-256 is enough for that: unlike a password, a key of 256 random bits cannot be guessed.
"""

import secrets
from hashlib import sha256
from typing import Final

from fiel.core.ids import Digest
from fiel.keys.root import KEY_BYTES

SERVER: Final = "fiel_sk_"
PUBLISHABLE: Final = "fiel_pk_"


def new_api_key(*, publishable: bool) -> str:
    """A new key. It is shown to whoever asked for it, once."""
    return (PUBLISHABLE if publishable else SERVER) + secrets.token_urlsafe(KEY_BYTES)


def digest_of(key: str) -> Digest:
    """What is kept of a key, and by which it is found; any text has one."""
    return Digest(sha256(key.encode("utf-8", "surrogatepass")).digest())
