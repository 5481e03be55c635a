"""Sealed tokens: what Fiel tells itself through somebody else's hands, which can neither read nor change it.

Layout before base64url (RFC 4648 §5, no padding): version, nonce (12), ciphertext and tag.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from fiel.core.errors import Malformed, Tampered
from fiel.keys.cipher import AES_GCM_SIV, NONCE_BYTES
from fiel.keys.framing import TENANT, framed
from fiel.keys.root import Root, Use

LONGEST: Final = 1 << 12
"""Characters of the longest token that is looked at."""

_VERSION: Final = b"\x01"
_BOUND: Final = framed("fiel/1/token", TENANT, _VERSION)


class SealedTokens:
    """The `Tokens` of one root key."""

    __slots__ = ("_key",)

    def __init__(self, root: Root) -> None:
        """Derive the key."""
        self._key = root.derive(Use.TOKEN)

    def seal(self, plain: bytes) -> str:
        """The token for these bytes: another one each time, as long as they are. It may stand in an address."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AES_GCM_SIV.seal(self._key, plain, nonce=nonce, bound=_BOUND)
        return urlsafe_b64encode(_VERSION + nonce + sealed).rstrip(b"=").decode("ascii")

    def open(self, token: str) -> bytes:
        """What was sealed; raises `Malformed` for what was not sealed here, letter for letter."""
        raw = _decoded(token)
        nonce, sealed = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        try:
            return AES_GCM_SIV.open(self._key, sealed, nonce=nonce, bound=_BOUND)
        except Tampered:
            raise _malformed() from None


def _decoded(token: str) -> bytes:
    try:
        given = token.encode("ascii")
        raw = urlsafe_b64decode(given + b"=" * (-len(given) % 4)) if len(given) <= LONGEST else b""
    except ValueError:
        raise _malformed() from None
    # The decoder passes over foreign letters and loose bits: only the spelling that was given out is the token.
    if not raw.startswith(_VERSION) or urlsafe_b64encode(raw).rstrip(b"=") != given:
        raise _malformed()
    return raw


def _malformed() -> Malformed:
    return Malformed("the token was not made here", hint="give it exactly as it was received")
