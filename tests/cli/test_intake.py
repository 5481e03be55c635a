"""What an import counts: each row by what became of it, also where the store fails in the midst."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, cast

import pytest

from fiel.cli.intake import Intake
from fiel.cli.rows import Row
from fiel.core.errors import Unavailable
from fiel.core.ids import Identifier, IdentifierKind
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.ports import Store
from tests.laws.world import PICKS
from tests.operations.houses import opened


class FailingStore:
    """A store that refuses those writes whose turn is named, counted from 1."""

    def __init__(self, store: Store, *turns: int) -> None:
        self._store, self._turns, self._turn = store, turns, 0

    def write(self, act: Callable[[Any], object], *, urgent: bool = False) -> Future[object]:
        """Write, or not."""
        self._turn += 1
        if self._turn not in self._turns:
            return self._store.write(act, urgent=urgent)
        refused: Future[object] = Future()
        refused.set_exception(Unavailable(f"no room at {self._turn}"))
        return refused

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def failing(house: House, *turns: int) -> House:
    """The same house on a store that fails."""
    return replace(house, store=cast("Store", FailingStore(house.store, *turns)))


def yes(number: int, *, level: str = "observed", use_case: str = PICKS) -> Row:
    """A row in which one more person says yes."""
    return Row(number=number, fields={"user": f"u{number}", "use_case": use_case, "status": "given", "level": level})


def status(house: House, number: int) -> str:
    """What is on record of that person."""
    stands = show_choices(house, Identifier(IdentifierKind.USER, f"u{number}"))
    return next(stand.standing.status.value for stand in stands if stand.use_case.id == PICKS)


def test_a_fault_in_the_midst_loses_no_count() -> None:
    """Whatever was recorded before and after a write that failed is counted, and then the first fault is told."""
    house = opened()
    taken = Intake(failing(house, 2, 4))
    with pytest.raises(Unavailable, match="no room at 2"):
        taken.choices([yes(number) for number in range(1, 6)])
    assert taken.kept == {PICKS: 3}
    assert [status(house, number) for number in range(1, 6)] == ["given", "unknown", "given", "unknown", "given"]


def test_a_choice_that_is_not_offered_is_named_by_its_row() -> None:
    """A row that the promise does not offer is told by its own number, wherever it stands among sound ones."""
    taken = Intake(opened())
    taken.choices([yes(1), yes(2, level="inferred"), yes(3), yes(4, use_case="none"), yes(5)])
    assert taken.kept == {PICKS: 3}
    assert sorted(wrong.number for wrong in taken.wrong) == [2, 4]
    assert taken.dropped == {}


def test_choices_of_one_person_follow_the_file() -> None:
    """Of several rows about somebody the last stands, though all were handed over together."""
    house, words = opened(), ("given", "withdrawn", "given", "withdrawn")
    rows = [
        Row(number=number, fields={**yes(1).fields, "status": word, "at": f"2026-11-2{number}T12:00:00Z"})
        for number, word in enumerate(words, start=1)
    ]
    taken = Intake(house)
    taken.choices(rows)
    assert (taken.kept, status(house, 1)) == ({PICKS: 4}, "withdrawn")
