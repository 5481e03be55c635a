"""Veils: readable without any slot, of one length, and each its own spot's alone."""

from functools import reduce
from operator import and_, or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import Malformed, Tampered
from fiel.core.ids import KeyId, Pseudonym, UseCaseId
from fiel.keys.veils import LONGEST, Veils
from tests.keys.examples import OTHER_ROOT, ROOT

HERE = (UseCaseId("suggestions"), Pseudonym(b"p" * 16))
ELSEWHERE = ((UseCaseId("news"), HERE[1]), (HERE[0], Pseudonym(bytes(16))), (UseCaseId("suggestion"), HERE[1]))


@given(st.binary(max_size=LONGEST))
def test_what_is_veiled_is_read(plain: bytes) -> None:
    """Every short text comes back, also by another object of the same root key, and all veils are as long."""
    veiled = Veils(ROOT).veil(HERE, plain)
    assert Veils(ROOT).unveil(HERE, veiled) == plain
    assert len(veiled) == len(Veils(ROOT).veil(HERE, b""))


def test_no_veil_is_like_another() -> None:
    """The same text of the same spot is veiled anew each time."""
    veils = Veils(ROOT)
    assert len({veils.veil(HERE, b"yes") for _ in range(100)}) == 100


def test_a_veil_is_its_spots_alone() -> None:
    """Nothing reads for another use case, another person or under another root key."""
    veils = Veils(ROOT)
    veiled = veils.veil(HERE, b"yes")
    for spot in ELSEWHERE:
        with pytest.raises(Tampered):
            veils.unveil(spot, veiled)
    with pytest.raises(Tampered):
        Veils(OTHER_ROOT).unveil(HERE, veiled)


def test_every_changed_bit_is_seen() -> None:
    """One bit, a cut anywhere or bytes more, and nothing is read."""
    veils = Veils(ROOT)
    veiled = veils.veil(HERE, b"yes")
    bent = [veiled[:at] + bytes([veiled[at] ^ 1 << at % 8]) + veiled[at + 1 :] for at in range(len(veiled))]
    for changed in (*bent, *(veiled[:size] for size in range(len(veiled))), veiled + b"\0"):
        with pytest.raises(Tampered):
            veils.unveil(HERE, changed)


def test_what_is_long_is_not_veiled() -> None:
    """A text beyond the one length is refused, so that no length ever tells anything."""
    with pytest.raises(Malformed):
        Veils(ROOT).veil(HERE, bytes(LONGEST + 1))


def test_marks_lead_nowhere() -> None:
    """A mark is the same each time, and another for each table, use case, person and root key."""
    spots = (HERE, *ELSEWHERE)
    marks = [Veils(root).mark(spot, table) for root in (ROOT, OTHER_ROOT) for spot in spots for table in ("a", "b")]
    assert len({*marks, HERE[1]}) == len(marks) + 1
    assert Veils(ROOT).mark(HERE, "a") == marks[0]
    assert {len(mark) for mark in marks} == {16}


def test_masks_hide_numbers() -> None:
    """A mask is the same each time, another for each key and root key, and has its sixty-two bits set and unset."""
    keys = [KeyId(bytes([number]) * 16) for number in range(200)]
    masks = [Veils(root).mask(key) for root in (ROOT, OTHER_ROOT) for key in keys]
    assert len(set(masks)) == len(masks)
    assert Veils(ROOT).mask(keys[0]) == masks[0]
    assert reduce(or_, masks) == (1 << 62) - 1
    assert reduce(and_, masks) == 0
