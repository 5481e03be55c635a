"""The laws of strategies find what they are for: each planted ranking breaks one, and that one turns red."""

from collections.abc import Callable
from typing import Final

import pytest

from fiel.testing.strategies import StrategyLaws, installed
from fiel.testing.trials import trial, trials
from tests.testing.planted import FAULTS, Planted

RED: Final = (AssertionError, pytest.fail.Exception)


class OfPlanted(StrategyLaws):
    """The laws, for what is planted here and has no entry point."""

    entry = "planted"


LAWS: Final = tuple(name for name in dir(StrategyLaws) if name.startswith("test_"))


def law(name: str) -> Callable[[Planted], None]:
    """One law as a function of the strategy."""
    found: Callable[[Planted], None] = getattr(OfPlanted(), f"test_{name}")
    return found


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in FAULTS.items() for fault in faults])
def test_a_planted_fault_is_found(name: str, fault: Planted) -> None:
    """A strategy with one fault breaks the law that is about it."""
    with pytest.raises(RED):
        law(name)(fault)


@pytest.mark.parametrize("name", FAULTS)
def test_without_a_fault_every_law_is_kept(name: str) -> None:
    """The control of the control: the same strategy without its fault keeps every law."""
    law(name)(Planted())


def test_every_law_has_its_fault() -> None:
    """A law that nobody has seen broken proves nothing."""
    assert {f"test_{name}" for name in FAULTS} == set(LAWS)


def test_an_entry_that_is_not_installed_is_named() -> None:
    """Asking for the laws of a strategy that is not installed says which."""
    with pytest.raises(LookupError, match="nowhere"):
        installed("nowhere")


def test_trials_are_the_same_for_everybody() -> None:
    """A number stands for one trial, so that a law that turned red can be seen red again."""
    assert list(trials()) == list(trials())
    assert trial(3) != trial(4)
