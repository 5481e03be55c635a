"""A double for `Passwords`: it hashes quickly, which is what a test wants and nobody else does."""

import os
from hashlib import sha256

from fiel.core.staff import spelt


class MemoryPasswords:
    """Salted SHA-256. `asked` counts how often work was done, so that a test can see that it is always done."""

    def __init__(self) -> None:
        self.asked = 0

    def hashed(self, password: str) -> str:
        """The hash to keep."""
        return self._hashed(os.urandom(8).hex(), password)

    def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password of that hash."""
        salt = (hashed or "").partition(":")[0]
        return self._hashed(salt, password) == hashed

    def _hashed(self, salt: str, password: str) -> str:
        self.asked += 1
        return f"{salt}:{sha256((salt + spelt(password)).encode()).hexdigest()}"
