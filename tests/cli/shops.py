"""The shop's promise in a folder, and commands run on it in this process."""

import json
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from fiel.cli import fiel

SHOP_CASES = {"buy_again", "gift_ideas", "new_arrivals", "newsletter_picks", "order_help", "suggestions"}


def run(*arguments: object) -> Result:
    """The command line, in this process."""
    return CliRunner().invoke(fiel, [str(argument) for argument in arguments])


def told(*arguments: object) -> dict[str, object]:
    """What a command that must end well answers in JSON."""
    found = run(*arguments, "--json")
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert isinstance(answer, dict)
    return answer


def a_shop(folder: Path) -> Path:
    """The shop's promise, not published yet."""
    shop = folder / "shop"
    assert run("init", shop, "--example", "shop").exit_code == 0
    return shop


def written(file: Path, lines: Sequence[str]) -> Path:
    """A file of lines."""
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file
