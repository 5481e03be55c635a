"""Canonical bytes against the RFC's own examples and an independent writer."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.canonical import DEEPEST, LARGEST, Plain, canonical
from fiel.core.errors import Malformed

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=24,
)


@given(st.dictionaries(st.text(), plain, max_size=6))
def test_canonical_bytes_equal_an_independent_writer(value: dict[str, Plain]) -> None:
    """Canonical bytes are RFC 8785's, byte for byte, whatever the texts hold."""
    assert canonical(value) == rfc8785.dumps(value)


def test_members_are_ordered_by_utf16_units() -> None:
    """The example of RFC 8785 §3.2.3: the order is not that of code points, where the emoji would come last."""
    ordered = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]
    assert ordered != sorted(ordered)
    written = canonical(dict.fromkeys(sorted(ordered))).decode()
    assert written == '{"\\r":null,"1":null,"\x80":null,"\xf6":null,"\u20ac":null,"\U0001f600":null,"\ufb33":null}'


def test_texts_are_escaped_as_the_rfc_shows() -> None:
    """The text example of RFC 8785 §3.2.2: short escapes where JSON has them, lower-case hexadecimal elsewhere."""
    assert canonical({"text": '€$\x0f\nA\'B"\\\\"/\x7f'}) == '{"text":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, LARGEST + 1, -LARGEST - 1, "\ud800", {"\ud800": 1}, {1: 2}, b"bytes", {"set"}, [[{"a": 0.5}]]],
    ids=repr,
)
def test_what_has_no_single_spelling_is_refused(value: Plain) -> None:
    """A value that two programs could spell in two ways gets no canonical bytes; the refusal does not show it."""
    with pytest.raises(Malformed) as refusal:
        canonical({"value": value})
    assert repr(value) not in str(refusal.value)


def test_integers_reach_as_far_as_json_is_exact() -> None:
    """The largest integer is the last that every JSON reader keeps, 2**53 − 1; so is the smallest."""
    assert canonical({"a": 9007199254740991, "b": -9007199254740991}) == b'{"a":9007199254740991,"b":-9007199254740991}'
    assert LARGEST == 9007199254740991


def test_nesting_has_a_floor() -> None:
    """What came from outside may be nested as deep as the limit and not deeper: it cannot exhaust the stack."""

    def nested(depth: int) -> dict[str, Plain]:
        value: dict[str, Plain] = {}
        for _ in range(depth - 1):
            value = {"in": value}
        return value

    assert canonical(nested(DEEPEST)).count(b"{") == DEEPEST
    with pytest.raises(Malformed):
        canonical(nested(DEEPEST + 1))
