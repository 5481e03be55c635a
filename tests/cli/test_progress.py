"""How far something got, for whoever looks."""

from fiel.cli.progress import WIDTH, bar


def test_a_bar_is_as_full_as_the_work_is_done() -> None:
    """Nothing, half and all of it fill nothing, half and all of the bar; more than was foreseen does not overflow."""
    assert bar(0, 10) == f"[{'-' * WIDTH}] 0/10"
    assert bar(5, 10).count("#") == WIDTH // 2
    assert bar(12, 10) == f"[{'#' * WIDTH}] 12/10"


def test_without_an_end_there_is_only_a_count() -> None:
    """Where it is not known how much there is, no bar pretends to know."""
    assert bar(1234, 0) == "1,234"
