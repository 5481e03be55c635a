"""Sign-in by the employer's own provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 6749, 7636, 9700).

Only what the provider signed for this client, now, for this very round trip, says who somebody is; and it is believed
for one thing, which subject of which issuer they are. Names and addresses in the token are not looked at.
"""

import hmac
import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final, Protocol
from urllib.parse import quote_plus, urlencode

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from fiel.core.errors import Malformed, NotAllowed, NotAuthenticated, Unavailable
from fiel.core.staff import Federated
from fiel.egress import Errand, Reply
from fiel.ports import Leaving

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "Ed25519")
"""Signatures by a key that the provider alone has: none by a shared secret, and never `none` (RFC 8725 §3.1)."""

SKEW: Final = timedelta(seconds=60)
LONGEST_LIFE: Final = timedelta(minutes=15)
"""How long ago a token may have been issued: it was made for this round trip, a moment ago."""

KEPT: Final = timedelta(hours=1)
"""How long what the provider says of itself, and its keys, are believed before they are asked for again."""

ASKED_AGAIN: Final = timedelta(minutes=1)
"""How soon keys may be asked for again because one is not among them."""

LONGEST: Final = 1 << 14
LONGEST_NAME: Final = 255
_LATEST: Final = 2**40
_PAIRS: Final = frozenset({"RSA", "EC", "OKP"})


class Out(Protocol):
    """The door out: `fiel.egress`, or a test's own."""

    def send(self, errand: Errand) -> Reply:
        """Do one errand."""
        ...


@dataclass(frozen=True, slots=True)
class _Provider:
    """What a provider says of itself (OpenID Connect Discovery §3), when it was asked."""

    authorize: str
    token: str
    keys: str
    by_post: bool
    at: datetime


class OpenIdConnect:
    """The `SingleSignOn` of one provider. What it said of itself is kept for a while; nothing of anybody is."""

    def __init__(self, *, issuer: str, client: str, secret: str | None, out: Out, now: Callable[[], datetime]) -> None:
        """Know the provider by its issuer's address, and what it knows us by."""
        self._issuer, self._client, self._secret = issuer, client, secret
        self._out, self._now = out, now
        self._lock = Lock()
        self._provider: _Provider | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    @property
    def issuer(self) -> str:
        """Who says there who somebody is."""
        return self._issuer

    def leave(self, back_to: str) -> Leaving:
        """The way there, with what must come back unchanged."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client,
            "redirect_uri": back_to,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        where = self._known().authorize
        url = f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"
        return Leaving(url=url, state=state, nonce=nonce, verifier=verifier)

    def arrive(self, code: str, *, leaving: Leaving, back_to: str) -> Federated:
        """Who came back: the code is changed for a token there, and the token is verified here."""
        token = self._exchanged(code, verifier=leaving.verifier, back_to=back_to)
        return self._believed(self._opened(token), nonce=leaving.nonce)

    def _known(self) -> _Provider:
        with self._lock:
            known = self._provider
        if known is not None and self._now() - known.at < KEPT:
            return known
        said = self._asked(Errand(url=f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"))
        # Discovery §4.3: whoever answers must be the very issuer that was asked for.
        if said.get("issuer") != self._issuer:
            raise Unavailable("the sign-in provider calls itself by another name", hint="look at `FIEL_OIDC_ISSUER`")
        methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        found = _Provider(
            authorize=_text(said, "authorization_endpoint"),
            token=_text(said, "token_endpoint"),
            keys=_text(said, "jwks_uri"),
            by_post=isinstance(methods, list) and "client_secret_basic" not in methods,
            at=self._now(),
        )
        with self._lock:
            self._provider = found
        return found

    def _exchanged(self, code: str, *, verifier: str, back_to: str) -> str:
        provider = self._known()
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back_to,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self._secret is None or provider.by_post:
            fields["client_id"] = self._client
            if self._secret is not None:
                fields["client_secret"] = self._secret
        else:  # each part is encoded as a form is, before they are joined (RFC 6749 §2.3.1)
            both = f"{quote_plus(self._client)}:{quote_plus(self._secret)}"
            headers["Authorization"] = f"Basic {b64encode(both.encode()).decode()}"
        errand = Errand(url=provider.token, method="POST", headers=headers, body=urlencode(fields).encode())
        reply = self._sent(errand)
        if not reply.is_good:
            raise NotAuthenticated("the sign-in provider does not take the code")
        return _text(_json(reply), "id_token")

    def _opened(self, token: str) -> Mapping[str, object]:
        """What a token says, if a key of the provider's signed it; keys are asked for anew where none did."""
        if len(token) > LONGEST:
            raise _not_believed()
        for anew in (False, True):
            try:
                registry = jws.JWSRegistry(algorithms=list(ALGORITHMS))
                return jwt.decode(token, self._jwks(anew=anew), registry=registry).claims
            except (JoseError, ValueError, TypeError, KeyError):
                continue
        raise _not_believed()

    def _jwks(self, *, anew: bool) -> KeySet:
        with self._lock:
            kept = self._keys
        now = self._now()
        if kept is not None and now - kept[1] < (ASKED_AGAIN if anew else KEPT):
            return kept[0]
        said = self._asked(Errand(url=self._known().keys))
        listed = said.get("keys")
        if not isinstance(listed, list):
            raise Unavailable("the sign-in provider shows no keys")
        found = KeySet([key for each in listed if (key := _signing(each)) is not None])
        with self._lock:
            self._keys = (found, now)
        return found

    def _believed(self, claims: Mapping[str, object], *, nonce: str) -> Federated:
        """Who it is, if the token is this issuer's, for this client, now, and for this round trip (Core §3.1.3.7)."""
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        party = claims.get("azp", self._client if len(audiences) == 1 else None)
        said, subject = claims.get("nonce"), claims.get("sub")
        holds = (
            claims.get("iss") == self._issuer
            and self._client in audiences
            and party == self._client
            and isinstance(said, str)
            and hmac.compare_digest(said.encode(), nonce.encode())
            and self._is_now(claims)
        )
        if not holds or not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_NAME:
            raise _not_believed()
        return Federated(issuer=self._issuer, subject=subject)

    def _is_now(self, claims: Mapping[str, object]) -> bool:
        times = [claims.get(name) for name in ("exp", "iat")]
        numbers = [each for each in times if isinstance(each, int | float) and not isinstance(each, bool)]
        if len(numbers) != len(times) or any(not 0 <= each < _LATEST for each in numbers):
            return False
        ends, made = numbers
        now, skew = self._now().timestamp(), SKEW.total_seconds()
        return ends > now - skew and now - LONGEST_LIFE.total_seconds() <= made <= now + skew

    def _asked(self, errand: Errand) -> Mapping[str, object]:
        reply = self._sent(errand)
        if not reply.is_good:
            raise Unavailable(f"the sign-in provider answers {reply.status}")
        return _json(reply)

    def _sent(self, errand: Errand) -> Reply:
        try:
            return self._out.send(errand)
        except (Malformed, NotAllowed) as error:
            raise Unavailable("the sign-in provider is at no address that is gone to", hint=error.hint) from error


def _json(reply: Reply) -> Mapping[str, object]:
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Unavailable("the sign-in provider answers what cannot be read")
    return said


def _text(said: Mapping[str, object], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise Unavailable(f"the sign-in provider does not say its `{name}`")
    return found


def _signing(listed: object) -> Key | None:
    """A key that may sign tokens, None for any other: with a shared secret whoever reads it could sign."""
    if not isinstance(listed, dict) or listed.get("use", "sig") != "sig" or listed.get("kty") not in _PAIRS:
        return None
    try:
        return JWKRegistry.import_key(listed)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _not_believed() -> NotAuthenticated:
    return NotAuthenticated("what came back from the sign-in provider does not prove anybody")
