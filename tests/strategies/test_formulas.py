"""Each formula's name is held to its arithmetic: a store that learnt by the one is never subtracted from by another."""

from dataclasses import replace
from typing import cast

import pytest

from fiel.bootstrap import load_strategies
from fiel.core.use.decision import Cells, Strategy
from fiel.core.use.lesson import Lesson
from fiel.numeric.contributions import gram
from fiel.testing.fingerprint import fingerprint
from fiel.testing.strategies import installed
from tests.testing.planted import Planted

KNOWN = {
    "products of words and choices": "a7d91a0ae9f0c042",
    "nothing": "217dfe378d888901",
    "one for each item": "07bacfa9d87063a2",
    "pairs over the root of items, in thousandths": "1442a11308c82f76",
    "pairs and months over the root of items, in thousandths": "9d07af0940a583bd",
}
"""Name of a formula -> what it gives. A change here needs a new name; totals of the old one are then added up again."""


@pytest.mark.parametrize("name", sorted(load_strategies()))
def test_the_formula_is_the_one_of_its_name(name: str) -> None:
    """The arithmetic of a formula has not changed since its name was given."""
    strategy = installed(name)
    assert fingerprint(strategy) == KNOWN[strategy.formula]


def _half(lesson: Lesson) -> Cells:
    return gram(lesson.items, weight=500)


def _forgetful(lesson: Lesson) -> Cells:
    return {(item, ""): 1 for item, month in lesson.items.items() if month.year > 2025}


def test_another_arithmetic_is_seen() -> None:
    """The control: another weight, and another say of the month, each give another fingerprint."""
    plain = Planted()
    kinds = [plain, replace(plain, adding=_half), replace(plain, adding=_forgetful)]
    assert len({fingerprint(cast("Strategy[object]", each)) for each in kinds}) == 3
