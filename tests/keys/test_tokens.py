"""Sealed tokens: they come back unread and unchanged, or not at all."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import Malformed
from fiel.keys.tokens import LONGEST, SealedTokens
from fiel.ports import Tokens
from tests.keys.examples import OTHER_ROOT, ROOT

TOKENS = SealedTokens(ROOT)
PLAIN = b"suggestions, a pseudonym, a record"


@given(st.binary(max_size=200))
def test_a_token_opens_to_what_was_sealed(plain: bytes) -> None:
    """Any bytes come back from their token, which has only letters that an address can carry."""
    port: Tokens = TOKENS
    token = port.seal(plain)
    assert port.open(token) == plain
    assert token.isascii()
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_token_shows_nothing_and_is_never_the_same() -> None:
    """The same bytes have another token each time, and are not to be found in it."""
    one, other = TOKENS.seal(PLAIN), TOKENS.seal(PLAIN)
    assert one != other
    assert urlsafe_b64encode(PLAIN).decode()[:12] not in one


def test_a_changed_token_is_refused() -> None:
    """One letter changed anywhere, one more or one less: the token does not open and is not repeated."""
    token = TOKENS.seal(PLAIN)
    swapped = {"A": "B"}
    changed = [token[:n] + swapped.get(token[n], "A") + token[n + 1 :] for n in range(len(token))]
    changed += [token[:n] for n in range(len(token))]
    changed += [token + tail for tail in ("A", "=", "==", "\n", " ", ".", "ñ", "\ud800")]
    changed += [token[:9] + "\n" + token[9:], " " + token, token.replace(token[5], "+", 1)]
    for each in changed:
        with pytest.raises(Malformed) as caught:
            TOKENS.open(each)
        assert not each or each not in caught.value.what


def test_a_token_has_one_spelling() -> None:
    """Loose bits in the last letter, which decode to the same bytes, make another text and so no token."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for length in range(3):
        token = TOKENS.seal(bytes(length))
        spellings = [token[:-1] + letter for letter in letters if letter != token[-1]]
        for each in spellings:
            with pytest.raises(Malformed):
                TOKENS.open(each)


def test_a_token_of_another_root_key_is_refused() -> None:
    """What another installation sealed means nothing here."""
    with pytest.raises(Malformed):
        TOKENS.open(SealedTokens(OTHER_ROOT).seal(PLAIN))


def test_a_token_that_is_too_long_is_not_looked_at() -> None:
    """A text longer than any token is refused, even one that was sealed here."""
    with pytest.raises(Malformed):
        TOKENS.open(TOKENS.seal(bytes(LONGEST)))
