"""A formula's fingerprint: what a test of a strategy holds to the formula's name.

    def test_the_formula_is_the_one_of_its_name() -> None:
        assert (STRATEGY.formula, fingerprint(STRATEGY)) == ("two for each item", "2c17…")

Whoever changes the arithmetic and not the name sees that test turn red, before a store subtracts by the one what was
added by the other.
"""

from datetime import date
from hashlib import sha256
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.use.decision import Strategy
from fiel.core.use.lesson import Lesson

FIXED: Final = tuple(
    Lesson(
        items={ItemId(f"item {place}"): date(2026 - place // 12, 12 - place % 12, 1) for place in range(number)},
        facts={"age": number, "likes": ("jam", "tea"), "news": True, "size": 0.5} if number % 2 else {},
    )
    for number in (1, 2, 3, 7, 50)
)
"""Lessons of several lengths over several years, with facts of all kinds and without: what a formula may hang on."""


def fingerprint(strategy: Strategy[object]) -> str:
    """What the formula makes of fixed lessons, as 16 hexadecimal digits."""
    cells = [sorted(strategy.contribution(lesson).items()) for lesson in FIXED]
    return sha256(repr(cells).encode()).hexdigest()[:16]
