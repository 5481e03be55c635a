"""The keys of callers: random, recognisable, and kept as a digest alone."""

import re
from hashlib import sha256

from fiel.keys.api_keys import digest_of, new_api_key


def test_a_key_says_what_it_is_and_is_random() -> None:
    """A server's key and a publishable one begin differently, carry 256 bits each, and never come twice."""
    for publishable, prefix in ((False, "fiel_sk_"), (True, "fiel_pk_")):
        keys = {new_api_key(publishable=publishable) for _ in range(200)}
        assert len(keys) == 200
        assert all(re.fullmatch(prefix + r"[A-Za-z0-9_-]{43}", key) for key in keys)


def test_a_key_is_kept_as_its_digest() -> None:
    """The digest is SHA-256 of the whole key, and any text that somebody sends has one."""
    assert digest_of("fiel_sk_x") == sha256(b"fiel_sk_x").digest()
    assert len({digest_of(text) for text in ("", "ñ", "\ud800", "fiel_sk_x", "fiel_pk_x")}) == 5
