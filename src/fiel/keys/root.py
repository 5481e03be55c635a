"""The root key: every other key is derived from it or wrapped under what is. It lies outside the data it protects.

Derivation is HKDF-Expand with SHA-256 (RFC 5869 §2.3): the root is uniformly random, so there is nothing to extract.
"""

import secrets
from enum import StrEnum
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from fiel.core.errors import KeyMissing, SettingsInvalid
from fiel.keys.private_file import create_private, read_private

KEY_BYTES: Final = 32
"""How long every key is, the root and what is derived from it."""


class Use(StrEnum):
    """What a derived key is for. Each is a label: changing one orphans whatever was named or sealed under it."""

    LOOKUP = "lookup"
    SUPPRESSION = "suppression"
    PSEUDONYM = "pseudonym"
    LEDGER = "ledger"
    MESSAGE = "message"
    KEYRING = "keyring"
    SLOTS = "slots"
    SIGNING = "signing"
    TOKEN = "token"  # noqa: S105 (a label, no secret)
    SUBJECT = "subject"
    VEIL = "veil"
    MARK = "mark"
    LOT = "lot"
    NOISE = "noise"
    ADDRESS = "address"


class Root:
    """Thirty-two secret bytes that leave this object only as keys derived from them."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        """Hold 32 uniformly random bytes."""
        self._secret = secret

    def derive(self, use: Use, scope: str = "") -> bytes:
        """The 32-byte key for one use within one scope, labelled `fiel/1/<use>/<scope>`."""
        label = f"fiel/1/{use}/{scope}".encode()
        return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=label).derive(self._secret)


def open_root(path: Path, *, fresh: bool) -> Root:
    """The root key kept at `path`; it is made there if there is none and `fresh`: nothing was ever wrapped.

    Raises `KeyMissing` if it is not there or others may read it, `SettingsInvalid` if it is not 32 bytes in a regular
    file, `Unavailable` if it cannot be made.
    """
    secret = read_private(path, what="the root key")
    if secret is None and fresh:
        create_private(path, secrets.token_bytes(KEY_BYTES))
        secret = read_private(path, what="the root key")
    if secret is None:
        raise KeyMissing(
            f"the root key `{path}` is not there, and keys exist that open under no other",
            hint="restore it from your own copy, or name where it lies",
        )
    if len(secret) != KEY_BYTES:
        raise SettingsInvalid(
            f"the root key `{path}` holds {len(secret)} bytes, and a root key has {KEY_BYTES}",
            hint="restore it from your own copy",
        )
    return Root(secret)
