"""A finding as it is shown."""

from pathlib import Path

import click

from fiel.cli.excerpt import WIDEST, excerpt, summary
from fiel.core.promise.finding import Code, Finding

SHOP = Path("shop")


def shown(text: str, finding: Finding) -> str:
    """The finding beside its line, without colours."""
    return click.unstyle(excerpt(finding, {finding.file: text}, folder=SHOP))


def finding(*, column: int = 7, length: int = 4, code: Code = Code.OUT_OF_RANGE, hint: str = "write more") -> Finding:
    """A finding on the second line of a file."""
    return Finding(
        code=code, file="use_cases/a.yaml", line=2, column=column, length=length, message="too few", hint=hint
    )


def test_a_finding_shows_its_line_and_points_at_it() -> None:
    """Place, code, message, then the line, then a caret under the words with the hint beside it."""
    assert shown("a:\n      keep: -3\n", finding()).split("\n") == [
        "shop/use_cases/a.yaml:2:7: FIEL015 too few",
        "  2 |       keep: -3",
        "    |       ^^^^ write more",
    ]


def test_tabs_keep_the_caret_in_its_place() -> None:
    """A tab before the words is a tab before the caret."""
    assert shown("a:\n\tkeep: -3\n", finding(column=2)).split("\n")[2] == "    | \t^^^^ write more"


def test_a_long_line_is_cut_around_its_fault() -> None:
    """A line too long for a screen is shown where it is wrong, and no longer than the screen."""
    line = "x" * 400 + "keep" + "y" * 400
    _, source, caret = shown(f"a:\n{line}\n", finding(column=401)).split("\n")
    assert len(source) <= WIDEST + len("  2 | ")
    assert source[caret.index("^") :].startswith("keep")


def test_a_line_cannot_obey_the_terminal() -> None:
    """Control characters of a source are shown, not sent."""
    assert "\x1b" not in shown("a:\n      keep\x1b[2J\n", finding())


def test_a_finding_without_a_line_still_says_what_to_do() -> None:
    """A missing file has no line to show, and a warning says that it is one."""
    told = shown("", finding(code=Code.BOUND_BY_COUNT))
    assert told == "shop/use_cases/a.yaml:2:7: FIEL502 too few (warning)\n    write more"
    assert shown("", finding(hint="")).endswith("too few")


def test_the_summary_counts() -> None:
    """Errors, warnings and use cases are counted, one of each in the singular."""
    assert summary([], use_cases=6) == "no findings in 6 use cases"
    assert summary([finding()], use_cases=1) == "1 error in 1 use case"
    both = [finding(), finding(), finding(code=Code.BOUND_BY_COUNT)]
    assert summary(both, use_cases=3) == "2 errors, 1 warning in 3 use cases"
