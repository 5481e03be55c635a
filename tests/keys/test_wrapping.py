"""Wrapped keys: 64 bytes that open under one key, for one owner, in one generation."""

from dataclasses import replace

import pytest

from fiel.core.errors import KeyMissing
from fiel.keys.wrapping import RECORD_BYTES, Wrapped, unwrap, wrap

KEY, UNDER, NONCE = bytes(range(32)), bytes(range(32, 64)), bytes(range(12))
WRAPPED = wrap(KEY, under=UNDER, bound=b"here", nonce=NONCE, generation=3)


def test_a_wrapped_key_fills_a_record() -> None:
    """Nonce, sealed key and generation are 64 bytes, which read back to the same and open to the key."""
    record = WRAPPED.pack()
    assert len(record) == RECORD_BYTES == 64
    assert record[:12] == NONCE
    assert record[60:] == bytes([0, 0, 0, 3])
    assert unwrap(Wrapped.unpack(record), under=UNDER, bound=b"here") == KEY
    assert KEY not in record


def test_a_wrapped_key_opens_nowhere_else() -> None:
    """Another key above, another owner and a changed bit anywhere in the record, the generation too, open nothing."""
    record = WRAPPED.pack()
    changed = [record[:n] + bytes([record[n] ^ 1]) + record[n + 1 :] for n in range(RECORD_BYTES)]
    attempts = [(Wrapped.unpack(each), UNDER, b"here") for each in changed]
    attempts += [(WRAPPED, KEY, b"here"), (WRAPPED, UNDER, b"there"), (replace(WRAPPED, generation=0), UNDER, b"here")]
    for wrapped, under, bound in attempts:
        with pytest.raises(KeyMissing):
            unwrap(wrapped, under=under, bound=bound)
