"""Subject tokens: whoever the host application vouched for, for a quarter of an hour, and nobody else."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fiel.core.errors import Malformed, NotAuthenticated
from fiel.core.ids import Identifier, IdentifierKind
from fiel.keys.subject_tokens import LONGEST, SubjectTokens

SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"
HOST, SECOND_HOST, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
TOKENS = SubjectTokens(secret=SECRET, deposited=[key.public_key().public_bytes_raw() for key in (HOST, SECOND_HOST)])
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ANA = Identifier(IdentifierKind.USER, "ana@example.com")
CLAIMS: dict[str, object] = {"aud": "fiel", "sub": "user:ana@example.com", "iat": SECONDS, "exp": SECONDS + 900}


def part(value: object) -> str:
    """One part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_secret(claims: object, *, secret: str | bytes = SECRET, **header: object) -> str:
    """A token as a host application's own library would make it with a secret; `header` may lie."""
    signed = f"{part({'alg': 'HS256', 'typ': 'JWT'} | header)}.{part(claims)}"
    key = secret.encode() if isinstance(secret, str) else secret
    return f"{signed}.{part(hmac.digest(key, signed.encode(), 'sha256'))}"


def by_key(claims: object, *, key: Ed25519PrivateKey = HOST, **header: object) -> str:
    """A token signed by a host application's private key; `header` may lie."""
    signed = f"{part({'alg': 'EdDSA', 'typ': 'JWT'} | header)}.{part(claims)}"
    return f"{signed}.{part(key.sign(signed.encode()))}"


def refusal(token: str, *, now: datetime = NOW) -> str:
    """What the refusal of a token says; it repeats no part of the token and no claim."""
    with pytest.raises(NotAuthenticated) as caught:
        TOKENS.verify(token, now=now)
    told = f"{caught.value.what} {caught.value.hint} {caught.value}"
    assert "ana@" not in told
    assert not any(piece in told for piece in token.split(".") if len(piece) > 8)
    assert caught.value.__cause__ is None
    return caught.value.what


@pytest.mark.parametrize(
    "token",
    [
        by_secret(CLAIMS),
        by_secret(CLAIMS, kid="1"),
        by_key(CLAIMS),
        by_key(CLAIMS, alg="Ed25519"),
        by_key(CLAIMS, key=SECOND_HOST, kid="any"),
        by_key(CLAIMS | {"aud": ["shop", "fiel"], "nbf": SECONDS, "iss": "shop"}),
        by_key(CLAIMS | {"iat": SECONDS + 0.25, "exp": SECONDS + 60.5}),
    ],
)
def test_a_token_of_the_host_names_its_subject(token: str) -> None:
    """What the secret or any deposited key signed, under either name of the algorithm, gives the subject."""
    assert TOKENS.verify(token, now=NOW) == ANA


def test_an_anonymous_subject_is_one_too() -> None:
    """A browser that has not said who it is may be vouched for."""
    token = by_secret(CLAIMS | {"sub": "anonymous:b-1"})
    assert TOKENS.verify(token, now=NOW) == Identifier(IdentifierKind.ANONYMOUS, "b-1")


@pytest.mark.parametrize("minutes", [1, 15])
def test_an_issued_token_verifies_for_its_minutes(minutes: int) -> None:
    """A token for development is good until its end and a minute of skew, and no second longer."""
    token = TOKENS.issue(ANA, minutes=minutes, now=NOW)
    end = NOW + timedelta(minutes=minutes, seconds=60)
    assert TOKENS.verify(token, now=end - timedelta(seconds=1)) == ANA
    assert "expired" in refusal(token, now=end)
    assert TOKENS.verify(token, now=NOW - timedelta(seconds=60)) == ANA
    assert "not valid yet" in refusal(token, now=NOW - timedelta(seconds=61))


@pytest.mark.parametrize("minutes", [-1, 0, 16, 10**9])
def test_no_token_is_issued_for_longer(minutes: int) -> None:
    """Nothing issues what verification would refuse."""
    with pytest.raises(Malformed):
        TOKENS.issue(ANA, minutes=minutes, now=NOW)


def test_the_secret_is_what_signs() -> None:
    """The letters handed to the host application are the key, in any library, as the hand-made token shows."""
    assert TOKENS.secret == SECRET
    assert SubjectTokens(secret=SECRET).verify(by_secret(CLAIMS, secret=TOKENS.secret), now=NOW) == ANA


HOST_PUBLIC = HOST.public_key()


@pytest.mark.parametrize(
    "token",
    [
        f"{part({'alg': 'none'})}.{part(CLAIMS)}.",
        f"{part({'alg': 'none'})}.{part(CLAIMS)}.{part(b'x')}",
        f"{part({'alg': 'None'})}.{part(CLAIMS)}.{part(b'x')}",
        f"{part({'typ': 'JWT'})}.{part(CLAIMS)}.{part(b'x')}",
        f"{part({'alg': None})}.{part(CLAIMS)}.{part(b'x')}",
        f"{part({'alg': ['HS256']})}.{part(CLAIMS)}.{part(b'x')}",
        by_secret(CLAIMS, secret="another secret, long enough to be one"),
        by_secret(CLAIMS, secret=b"\0" * 32),
        by_secret(CLAIMS, alg="HS384"),
        by_secret(CLAIMS, alg="hs256"),
        by_secret(CLAIMS, alg="EdDSA"),
        by_secret(CLAIMS, alg="none"),
        by_secret(CLAIMS, secret=HOST_PUBLIC.public_bytes_raw()),
        by_secret(CLAIMS, secret=HOST_PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)),
        by_secret(CLAIMS, secret=HOST_PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
        by_key(CLAIMS, key=STRANGER),
        by_key(CLAIMS, key=STRANGER, jwk={"kty": "OKP", "crv": "Ed25519", "x": part(bytes(32))}),
        by_key(CLAIMS, alg="HS256"),
        by_key(CLAIMS, alg="Ed448"),
        by_key(CLAIMS, alg="RS256"),
        by_key(CLAIMS, jku="https://host.example/keys"),
        by_key(CLAIMS, x5u="https://host.example/keys"),
        by_key(CLAIMS, crit=["exp"]),
        by_key(CLAIMS, crit=["b64"], b64=False),
        by_secret(CLAIMS, crit=["b64"], b64=False),
        by_secret(CLAIMS, b64=False),
        by_secret(CLAIMS, kid=7),
        by_secret(CLAIMS, zip="DEF"),
        by_secret([CLAIMS]),
        by_secret(b"not json"),
        by_secret(b"[" * 3000),
        f"{part(b'[]')}.{part(CLAIMS)}.{part(b'x')}",
        f"{part(b'{')}.{part(CLAIMS)}.{part(b'x')}",
        f"{part(b'[' * 380)}.{part(CLAIMS)}.{part(b'x')}",
        "",
        ".",
        "..",
        "a.b.c",
        "ñ.ñ.ñ",
        "\ud800.b.c",
        by_secret(CLAIMS) + "\n",
        by_secret(CLAIMS) + ".",
        " " + by_secret(CLAIMS),
        by_secret(CLAIMS) + "." + part(b"x") + "." + part(b"x"),
        by_secret(CLAIMS | {"padding": "p" * LONGEST}),
    ],
)
def test_what_no_trusted_key_signed_is_refused(token: str) -> None:
    """No algorithm, another one, a public key used as a secret, a key of the token's own and any debris are refused."""
    assert refusal(token) == "the subject token is not signed by a key that is trusted here"


def test_every_changed_letter_is_refused() -> None:
    """A token in which one letter of header or claims was changed says nothing; its signature allows no other text."""
    token = by_key(CLAIMS)
    for n in range(token.rindex(".")):
        changed = token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :]
        assert refusal(changed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"aud": "shop"}, "somebody else"),
        ({"aud": ["shop"]}, "somebody else"),
        ({"aud": "fiel "}, "somebody else"),
        ({"aud": None}, "somebody else"),
        ({"aud": {"fiel": 1}}, "somebody else"),
        ({"sub": None}, "no subject"),
        ({"sub": "ana@example.com"}, "no subject"),
        ({"sub": "staff:ana@example.com"}, "no subject"),
        ({"sub": "user:"}, "no subject"),
        ({"sub": "user:" + "a" * 257}, "no subject"),
        ({"sub": "user:ana\n"}, "no subject"),
        ({"sub": ["user:ana@example.com"]}, "no subject"),
        ({"exp": SECONDS + 901}, "too long"),
        ({"exp": SECONDS + 86_400}, "too long"),
        ({"exp": SECONDS}, "too long"),
        ({"exp": SECONDS - 1}, "too long"),
        ({"iat": SECONDS - 961, "exp": SECONDS - 61}, "expired"),
        ({"iat": SECONDS - 960, "exp": SECONDS - 60}, "expired"),
        ({"iat": SECONDS + 61, "exp": SECONDS + 100}, "not valid yet"),
        ({"nbf": SECONDS + 61}, "not valid yet"),
        ({"nbf": "soon"}, "not dated"),
        ({"nbf": None}, "not dated"),
        ({"exp": None}, "not dated"),
        ({"iat": None}, "not dated"),
        ({"iat": True, "exp": 5}, "not dated"),
        ({"exp": str(SECONDS + 60)}, "not dated"),
        ({"exp": float("inf")}, "not dated"),
        ({"exp": float("nan")}, "not dated"),
        ({"exp": 10**400}, "not dated"),
        ({"iat": -1}, "not dated"),
    ],
)
def test_a_signed_token_that_says_something_else_is_refused(change: dict[str, object], told: str) -> None:
    """Audience, subject and dates are each asked for, and the refusal tells the host application which one is wrong."""
    for token in (by_secret(CLAIMS | change), by_key(CLAIMS | change)):
        assert told in refusal(token)


@pytest.mark.parametrize("claim", ["aud", "sub", "iat", "exp"])
def test_every_claim_is_needed(claim: str) -> None:
    """A token that leaves out one of the four claims is refused."""
    assert refusal(by_secret({name: value for name, value in CLAIMS.items() if name != claim}))


def test_without_deposited_keys_only_the_secret_signs() -> None:
    """Where no host application deposited a key, none is trusted."""
    tokens = SubjectTokens(secret=SECRET)
    with pytest.raises(NotAuthenticated):
        tokens.verify(by_key(CLAIMS), now=NOW)
    assert tokens.verify(by_secret(CLAIMS), now=NOW) == ANA
