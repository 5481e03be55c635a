"""`/.well-known`: whom to tell of a weakness (RFC 9116), and the key that receipts are checked with (RFC 7517)."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Final, Literal

from starlette.responses import PlainTextResponse, Response

from fiel.web.api.wire import Told
from fiel.web.route import Call, Route
from fiel.web.security import OPEN

LASTS: Final = timedelta(days=180)
"""How long a security.txt that was fetched may be relied on; RFC 9116 §2.5.5 advises less than a year."""


class KeyWire(Told, frozen=True, kw_only=True):
    """An Ed25519 public key (RFC 8037). `kid` is its thumbprint (RFC 7638)."""

    kid: str
    x: str
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["EdDSA"] = "EdDSA"
    use: Literal["sig"] = "sig"


class KeysWire(Told, frozen=True, kw_only=True):
    """The keys that receipts and checkpoints are signed with."""

    keys: list[KeyWire]


async def get_security(call: Call) -> Response:
    """Whom to tell of a weakness."""
    contact = "".join(call.published().promise.controller.contact.split())
    uri = f"mailto:{contact}" if "@" in contact and "://" not in contact else contact
    expires = (call.house.clock.now() + LASTS).replace(microsecond=0)
    languages = ", ".join(call.published().promise.languages)
    return PlainTextResponse(f"Contact: {uri}\nExpires: {expires.isoformat()}\nPreferred-Languages: {languages}\n")


async def get_keys(call: Call) -> KeysWire:
    """The ledger's public key."""
    x = _unpadded(call.house.signer.public_key)
    thumbprint = _unpadded(sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest())
    return KeysWire(keys=[KeyWire(kid=thumbprint, x=x)])


def _unpadded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


ROUTES = (
    Route(
        method="GET",
        path="/.well-known/security.txt",
        act=get_security,
        about="Whom to tell of a weakness",
        leave=OPEN,
        media="text/plain",
    ),
    Route(
        method="GET",
        path="/.well-known/jwks.json",
        act=get_keys,
        about="The public key that receipts and checkpoints are checked with",
        leave=OPEN,
        gives=KeysWire,
    ),
)
