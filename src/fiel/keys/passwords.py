"""Passwords as Argon2id hashes (RFC 9106), each with a salt of its own, in the form that names its own parameters."""

import secrets
from typing import Final

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from fiel.core.staff import spelt

MEMORY_KIB: Final = 19_456
PASSES: Final = 2
SALT_BYTES: Final = 16
HASH_BYTES: Final = 32


class HashedPasswords:
    """The `Passwords` of a house; `memory` and `passes` are what one guess costs."""

    __slots__ = ("_memory", "_passes")

    def __init__(self, *, memory: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._memory, self._passes = memory, passes

    def hashed(self, password: str) -> str:
        """The hash to keep: another one each time."""
        salt = secrets.token_bytes(SALT_BYTES)
        kind = Argon2id(salt=salt, length=HASH_BYTES, iterations=self._passes, lanes=1, memory_cost=self._memory)
        return kind.derive_phc_encoded(_bytes(password))

    def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password of that hash; without one it never is, after the same work."""
        if hashed is None:
            self.hashed(password)
            return False
        try:
            Argon2id.verify_phc_encoded(_bytes(password), hashed)
        except (InvalidKey, ValueError):
            return False
        return True


def _bytes(password: str) -> bytes:
    return spelt(password).encode("utf-8", "surrogatepass")
