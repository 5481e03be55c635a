"""An example of a rule: a promise that breaks it, and one near it that does not.

Where the rule is broken stands `#!` in the promise's own text. What no comment can mark is named in `at`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fiel.core.promise.finding import Code

MARK = "#!"

Texts = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Files by name, for a breach of `code` and for its absence."""

    code: Code
    fails: Texts
    passes: Texts
    at: tuple[tuple[str, int], ...] = ()

    @property
    def places(self) -> list[tuple[str, int]]:
        """Where the rule is broken: each file and line, in order."""
        marked = [
            (file, number)
            for file, text in self.fails.items()
            for number, line in enumerate(text.split("\n") if isinstance(text, str) else [], start=1)
            if MARK in line
        ]
        return sorted([*marked, *self.at])
