"""Without keys nobody links two compartments of one person better than 1.2 times by chance (threat T19, ADR 0002)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import apsw
import pytest

from fiel.keys.slots import MOST_SLOTS
from tests.keys.examples import IdentityCipher
from tests.privacy.crowd import Crowd, Habits, a_crowd
from tests.privacy.matcher import BLOCK, dumped, matched

BAR: Final = 1.2
NEARLY_ALL: Final = 0.9 * BLOCK
FEW: Final = 120
"""People in a control: what it finds is plain to see."""

SOME: Final = 300
"""People where what is found is little, and not to be taken for chance."""


@pytest.mark.parametrize("people", [800, pytest.param(4_000, marks=pytest.mark.proof)])
def test_nothing_links_two_compartments(people: int, tmp_path: Path) -> None:
    """The best of all resemblances in the database finds a person's other compartment as often as chance does."""
    crowd = a_crowd(tmp_path, people)
    found = matched(crowd.database, crowd.truth)
    assert found.times_chance <= BAR, found


def test_without_a_cipher_nearly_all_are_found(tmp_path: Path) -> None:
    """The control: where nothing is sealed or veiled, the same matcher finds nearly everybody."""
    crowd = a_crowd(tmp_path, FEW, cipher=IdentityCipher())
    assert matched(crowd.database, crowd.truth).times_chance >= NEARLY_ALL


@pytest.mark.parametrize("planted", ["at", "position"])
def test_one_planted_column_is_enough(planted: str, tmp_path: Path) -> None:
    """The control: one instant or one ledger position of standings in the clear, and nearly everybody is found."""
    crowd = a_crowd(tmp_path, FEW)
    plant(crowd, planted)
    found = matched(crowd.database, crowd.truth)
    assert found.times_chance >= NEARLY_ALL
    assert planted in found.by


def test_no_value_is_in_two_compartments(tmp_path: Path) -> None:
    """No value of eight bytes or more, whosever it is, stands beside two compartments."""
    crowd = a_crowd(tmp_path, FEW)
    seen: dict[bytes, tuple[str, bytes]] = {}
    for spot, features in dumped(crowd.database).items():
        for value in features.values():
            if isinstance(value, bytes) and len(value) >= 8:
                assert seen.setdefault(value, spot) == spot


def test_no_row_names_its_slot(tmp_path: Path) -> None:
    """No number of a slot stands in a row, for the file grows: it would tell which keys were made at one time."""
    connection = apsw.Connection(str(a_crowd(tmp_path, FEW).database))
    rows = connection.execute("SELECT slot FROM compartments UNION ALL SELECT slot FROM identities")
    hidden = [number for (number,) in rows if isinstance(number, int)]
    connection.close()
    assert len(hidden) > FEW
    assert min(hidden) >= MOST_SLOTS


def test_what_is_given_up_is_written_down(tmp_path: Path) -> None:
    """In which of a few sizes a document lies does tell something, as ADR 0002 admits."""
    crowd = a_crowd(tmp_path, SOME, varied=Habits(items=40))
    found = matched(crowd.database, crowd.truth)
    assert found.times_chance > BAR
    assert "size" in found.by


def plant(crowd: Crowd, column: str) -> None:
    """A table with one more thing about every compartment: what people share with themselves alone."""
    connection = apsw.Connection(str(crowd.database))
    connection.execute(f"CREATE TABLE planted (use_case, pseudonym, {column})")
    connection.execute("BEGIN")
    for row in planted_rows(crowd, shared=column == "at"):
        connection.execute("INSERT INTO planted VALUES (?, ?, ?)", row)
    connection.execute("COMMIT")
    connection.close()


def planted_rows(crowd: Crowd, *, shared: bool) -> Iterator[tuple[str, bytes, int]]:
    """Instants are shared by the choices of one person; positions in the ledger follow on each other."""
    for place, (use_case, people) in enumerate(crowd.truth.items()):
        for number, pseudonym in enumerate(people):
            if pseudonym is not None:
                yield use_case, pseudonym, number if shared else 4 * number + place
