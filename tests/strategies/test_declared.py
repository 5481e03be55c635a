"""What each built-in strategy says of itself, on which the lint rules and the hiding of sensitive items rest."""

import pytest

from fiel.core.use.decision import Reads
from fiel.testing.strategies import installed

ITEM = frozenset({"item"})


@pytest.mark.parametrize(
    ("name", "reads", "infers", "learns"),
    [
        ("popular", Reads(), True, True),
        ("rules", Reads(attributes=True), True, False),
        ("buy_again", Reads(properties=ITEM), True, False),
        ("similar_items", Reads(context=ITEM, properties=ITEM), True, True),
        ("propensity", Reads(attributes=True, lessons=True), True, True),
        ("facts", Reads(attributes=True, properties=frozenset({"*"})), False, False),
    ],
)
def test_each_strategy_says_what_it_is(name: str, *, reads: Reads, infers: bool, learns: bool) -> None:
    """What a strategy reads, whether it concludes anything and whether it learns are what its use cases promise."""
    strategy = installed(name)
    assert (strategy.name, strategy.reads, strategy.infers, strategy.learns) == (name, reads, infers, learns)
