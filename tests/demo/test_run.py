"""The demo's folder: filled once, and afterwards what people chose is kept."""

from pathlib import Path

import pytest

from fiel.core.promise.usecase import Level
from fiel.demo.acts import press
from fiel.demo.forgery import attack_ledger, one_bit_changed
from fiel.demo.people import ALMA, BRUNO, CARMEN, SUGGESTIONS
from fiel.demo.run import Filled, filled
from fiel.operations.show import show_choices

ONLY = [ALMA.customer, BRUNO.customer, CARMEN.customer]


def test_a_second_start_keeps_what_was_chosen(tmp_path: Path) -> None:
    """The shop is not filled again, and a choice made on its page stands."""
    with filled(tmp_path / "shop", only=ONLY) as first:
        assert first.measured is not None
        stand = next(
            each for each in show_choices(first.fiel.house, CARMEN.identifier) if each.use_case.id == SUGGESTIONS
        )
        form = {"use_case": SUGGESTIONS, "choice": "context", "notice": stand.notice}
        press(first.fiel.house, CARMEN, form, language="es")
    with filled(tmp_path / "shop", only=ONLY) as second:
        assert second.measured is None
        assert second.key != first.key
        stands = {each.use_case.id: each.allowed for each in show_choices(second.fiel.house, CARMEN.identifier)}
    assert stands[SUGGESTIONS] is Level.CONTEXT


def test_all_that_the_demo_writes_lies_in_its_folder(tmp_path: Path) -> None:
    """Removing the folder removes everything, the root key too."""
    with filled(tmp_path / "shop", only=ONLY):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_what_was_measured_adds_up(shop: Filled) -> None:
    """Each line met every use case that names a purchase, and was kept by it or dropped for a reason."""
    measured = shop.measured
    assert measured is not None
    lines, kept, dropped = measured["lines"], measured["kept"], measured["dropped"]
    assert isinstance(kept, dict)
    assert isinstance(dropped, dict)
    assert isinstance(lines, int)
    assert sum(kept.values()) + sum(dropped.values()) == 4 * lines
    assert 0 < float(str(measured["fields_kept_share"])) < 1


def test_a_forged_ledger_is_found_beside_the_true_one(shop: Filled) -> None:
    """One bit of one entry, changed in a copy, is found; the original holds."""
    answer = attack_ledger(shop.fiel.house, shop.fiel.settings)
    assert answer.original.is_clean
    assert not answer.forged.is_clean
    assert str(answer.position) in answer.forged.findings[0].where


@pytest.mark.parametrize("leaf", [b'{"a":"0f"}', b'{"a":"f9"}', b"7"])
def test_the_forger_changes_one_bit(leaf: bytes) -> None:
    """A forged leaf differs by one bit, and digits stay digits."""
    forged = one_bit_changed(leaf)
    turned = [before ^ after for before, after in zip(leaf, forged, strict=True) if before != after]
    assert turned == [1]
    assert [chr(byte).isdigit() for byte in leaf] == [chr(byte).isdigit() for byte in forged]
