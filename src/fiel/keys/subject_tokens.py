"""Subject tokens: by a JWT (RFC 7519) the host application says who is before it, for a quarter of an hour at most.

Either by the secret that it shares with Fiel (HS256) or by an Ed25519 key whose public half it deposited (RFC 8037,
RFC 9864). Which key a token is checked with follows from its algorithm alone, and each algorithm has keys of its own:
so no public key ever serves as a secret (RFC 8725 §2.1). Nothing in a token names a key or an address to ask.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import OctKey, OKPKey

from fiel.core.errors import Malformed, NotAuthenticated
from fiel.core.ids import Identifier

AUDIENCE: Final = "fiel"
LONGEST_MINUTES: Final = 15
SKEW_SECONDS: Final = 60
"""How far the host application's clock may be off."""

LONGEST: Final = 1 << 12
"""Characters of the longest token that is looked at."""

_LONGEST_SECONDS: Final = LONGEST_MINUTES * 60
_LATEST: Final = 2**40
"""Seconds beyond any date; a larger figure is no date."""

_PASSED_OVER: Final = frozenset({"alg", "typ", "kid"})
"""The header's fields that a token may carry; all but the first mean nothing here (RFC 8725 §3.10)."""


class _Ed25519Alone(jws.JWSRegistry):
    """Ed25519 by its own name and by the older one, `EdDSA`, which libraries still write (RFC 9864 §4.1.2)."""

    def get_alg(self, name: str) -> JWSAlgModel:
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


_BY_SECRET: Final = jws.JWSRegistry(algorithms=["HS256"])
_BY_DEPOSITED_KEY: Final = _Ed25519Alone(algorithms=["Ed25519"])


class SubjectTokens:
    """Verifies subject tokens, and issues them for development."""

    __slots__ = ("_deposited", "_secret", "_shared")

    def __init__(self, *, secret: str, deposited: Sequence[bytes] = ()) -> None:
        """Take the shared secret, and the public keys (32 bytes each) that host applications deposited."""
        self._shared = secret
        self._secret = OctKey.import_key(secret)
        self._deposited = [OKPKey.import_key(Ed25519PublicKey.from_public_bytes(key)) for key in deposited]

    @property
    def secret(self) -> str:
        """The shared secret, as the host application is to be given it: its letters are the key."""
        return self._shared

    def issue(self, subject: Identifier, *, minutes: int, now: datetime) -> str:
        """A token for a subject; raises `Malformed` unless it lasts 1 to 15 minutes."""
        if not 1 <= minutes <= LONGEST_MINUTES:
            raise Malformed(f"a subject token lasts 1 to {LONGEST_MINUTES} minutes")
        issued = int(now.timestamp())
        claims = {
            "aud": AUDIENCE,
            "sub": f"{subject.kind}:{subject.value}",
            "iat": issued,
            "exp": issued + minutes * 60,
            "jti": secrets.token_urlsafe(12),  # two of one second are two, where each may be used once
        }
        return jwt.encode({"alg": "HS256"}, claims, self._secret, registry=_BY_SECRET)

    def verify(self, token: str, *, now: datetime) -> Identifier:
        """Who is before the host application; raises `NotAuthenticated`, which repeats nothing of the token."""
        claims = self._signed(token)
        audience = claims.get("aud")
        if audience != AUDIENCE and not (isinstance(audience, list) and AUDIENCE in audience):
            raise NotAuthenticated("the subject token is for somebody else", hint="set `aud` to `fiel`")
        _check_times(claims, now.timestamp())
        subject = claims.get("sub")
        try:
            return Identifier.parse(subject if isinstance(subject, str) else "")
        except Malformed:
            hint = "set `sub` to `user:ID` or `anonymous:ID`"
            raise NotAuthenticated("the subject token names no subject", hint=hint) from None

    def _signed(self, token: str) -> dict[str, object]:
        """The claims of a token that a trusted key signed."""
        if len(token) > LONGEST:
            raise _not_signed()
        try:
            header = jws.extract_compact(token.encode()).headers()
            if not header.keys() <= _PASSED_OVER:
                raise _not_signed()
            if header.get("alg") == "HS256":
                return jwt.decode(token, self._secret, registry=_BY_SECRET).claims
            return self._signed_by_deposited_key(token)
        except (JoseError, ValueError, RecursionError):
            raise _not_signed() from None

    def _signed_by_deposited_key(self, token: str) -> dict[str, object]:
        for key in self._deposited:
            try:
                return jwt.decode(token, key, registry=_BY_DEPOSITED_KEY).claims
            except JoseError:
                continue
        raise _not_signed()


def _check_times(claims: dict[str, object], now: float) -> None:
    issued, expires, begins = (_seconds(claims.get(name)) for name in ("iat", "exp", "nbf"))
    if issued is None or expires is None or ("nbf" in claims and begins is None):
        raise NotAuthenticated("the subject token is not dated", hint="set `iat` and `exp` in seconds since 1970")
    if not 0 < expires - issued <= _LONGEST_SECONDS:
        raise NotAuthenticated("the subject token lasts too long", hint=f"{LONGEST_MINUTES} minutes at most")
    if max(issued, begins or 0) > now + SKEW_SECONDS:
        raise NotAuthenticated("the subject token is not valid yet", hint="compare the clocks of the two machines")
    if expires <= now - SKEW_SECONDS:
        raise NotAuthenticated("the subject token has expired", hint="issue a new one")


def _seconds(claim: object) -> float | None:
    """A date in a claim (RFC 7519 §2: a number, perhaps with a fraction), None for anything else."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not 0 <= claim < _LATEST:
        return None
    return float(claim)


def _not_signed() -> NotAuthenticated:
    return NotAuthenticated(
        "the subject token is not signed by a key that is trusted here",
        hint="sign it with the shared secret (HS256), or with a deposited Ed25519 key (EdDSA)",
    )
