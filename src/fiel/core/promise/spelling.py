"""A word nobody knows, and the known one it was probably meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_NAMED: Final = 8
"""How many known words a hint lists; more help nobody."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the known word nearest to `word`, or a short list of what is known; empty if nothing is."""
    names = sorted(known)
    if close := get_close_matches(word, names, n=1, cutoff=0.6):
        return f"did you mean `{close[0]}`?"
    if not names:
        return ""
    listed = ", ".join(f"`{name}`" for name in names[:MOST_NAMED])
    return f"known: {listed}" + (" …" if len(names) > MOST_NAMED else "")
