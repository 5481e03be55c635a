"""The example in each strategy's docstring runs, for it is the first thing that is copied."""

import doctest
from importlib import import_module

import pytest

from tests.house.tree import PACKAGE, sources

NAMES = [module.name.removesuffix(".py") for module in sources(PACKAGE / "strategies") if module.name != "__init__.py"]


@pytest.mark.parametrize("name", NAMES)
def test_the_example_runs(name: str) -> None:
    """Each strategy shows in its docstring how it is asked, and what it answers there is what it answers."""
    found = doctest.testmod(import_module(f"fiel.strategies.{name}"))
    assert found.attempted > 2
    assert found.failed == 0
