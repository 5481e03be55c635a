"""Sentences with a number in them: one of a thing is one."""

from pathlib import Path

import pytest

from fiel.cli.options import counted
from tests.cli.shops import a_shop, run


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, ("row",), "0 rows"),
        (1, ("row",), "1 row"),
        (2_000, ("row",), "2,000 rows"),
        (1, ("leaf", "leaves"), "1 leaf"),
        (3, ("leaf", "leaves"), "3 leaves"),
    ],
)
def test_one_has_no_plural(number: int, words: tuple[str, ...], told: str) -> None:
    """A count is told with its noun in the number that it has."""
    assert counted(number, *words) == told


def test_a_promise_with_one_error_has_one_error(tmp_path: Path) -> None:
    """What refuses to start says how many errors there are, in the number that they have."""
    shop = a_shop(tmp_path)
    case = shop / "use_cases" / "suggestions.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("basis: consent", "basis: consnt"), encoding="utf-8")
    assert "has 1 error\n" in run("serve", shop).stderr
    (shop / "use_cases" / "buy_again.yaml").write_text("nothing: 1\n", encoding="utf-8")
    assert "errors\n" in run("serve", shop).stderr
