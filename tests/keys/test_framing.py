"""Framing: two rows of fields share their bytes only if they are the same row."""

from hypothesis import given
from hypothesis import strategies as st

from fiel.keys.framing import framed

ROWS = st.lists(st.binary(max_size=3), max_size=4)


@given(ROWS, ROWS)
def test_rows_of_fields_never_collide(one: list[bytes], other: list[bytes]) -> None:
    """Two rows have the same bytes exactly when they have the same fields."""
    assert (framed(*one) == framed(*other)) == (one == other)


def test_moving_a_letter_between_fields_changes_the_bytes() -> None:
    """A letter that moves from one field to the next makes another row, which plain concatenation would not see."""
    assert framed("ab", "c") != framed("a", "bc")
    assert b"".join([b"ab", b"c"]) == b"".join([b"a", b"bc"])


@given(st.text(alphabet=st.characters(), max_size=4), st.text(alphabet=st.characters(), max_size=4))
def test_every_text_can_be_framed(one: str, other: str) -> None:
    """Any text has bytes, a lone surrogate too, and no two texts have the same."""
    assert (framed(one) == framed(other)) == (one == other)
