"""Pages that are followed: every command that a reader is told to type runs, and prints what the page shows."""

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Block, Page, english, page
from tests.docs.walking import Walk, WentWrong, matches, steps, walk
from tests.house.tree import ROOT


def typed(found: Page) -> list[Block]:
    """The blocks that a reader types or saves, but for `make`, which the walk is itself a part of."""
    consoles = [each for each in found.blocks if each.word == "console" and not each.code.startswith("make ")]
    return [each for each in found.blocks if each in consoles or (each.word == "yaml" and each.code.startswith("# "))]


def followed(walking: Walk, found: Page) -> int:
    """Type and save all of a page; says how many commands ran."""
    ran = 0
    for block in typed(found):
        if block.word == "console":
            ran += walking.follow(block)
        else:
            walking.save(block)
    return ran


FOLLOWED = [path for path in [ROOT / "README.md", *english()] if typed(page(path))]


@pytest.mark.parametrize("path", FOLLOWED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_can_be_followed(path: Path) -> None:
    """From an empty folder, each command of a page ends well and prints what the page shows."""
    with walk() as walking:
        assert followed(walking, page(path))


def test_a_page_can_be_followed_without_curl() -> None:
    """On a machine without curl, what stands in for it asks and fails as curl does."""
    refused = Block(word="console", code="$ curl -s --fail-with-body http://127.0.0.1:8787/v1/nothing\n…\n")
    with walk(stand_in=True) as walking:
        assert followed(walking, page(ROOT / "README.md"))
        with pytest.raises(WentWrong, match="exit code 22"):
            walking.follow(refused)


def test_the_first_pages_are_followed() -> None:
    """The README and the tutorial are among the pages that are walked."""
    assert {ROOT / "README.md", DOCS / "tutorial" / "shop.en.md"} <= set(FOLLOWED)


@pytest.mark.parametrize(
    "code",
    [
        "$ echo one\ntwo\n",
        "$ false\n",
        "$ fiel chekc shop\n",
        "$ printf 'a\\nb\\n'\na\n",
        "$ true\na line\n",
        "$ exit 3\n",
    ],
)
def test_a_wrong_page_is_seen(code: str) -> None:
    """The control: another output, a command that fails, a missing or an added line, and a shell that ends are seen."""
    with walk() as walking, pytest.raises(WentWrong):
        walking.follow(Block(word="console", code=code))


def test_what_a_page_leaves_out() -> None:
    """`…` stands for anything in a line, and alone for any lines, but not for what stands around it."""
    assert matches("a … c\n…\nz", "a b c\nd\ne\nz\n")
    assert matches("…\nz", "z\n")
    assert not matches("a … c", "a b d\n")
    assert not matches("…\nz", "y\n")
    assert not matches("", "a\n")


def test_commands_go_on_in_the_next_line() -> None:
    """A command behind `$ ` goes on behind `> `; a block without `$ ` is commands and remarks."""
    [step] = steps(Block(word="console", code="$ echo \\\n> one\none\n"))
    assert (step.command, step.shown) == ("echo \\\none", "one")
    assert [step.command for step in steps(Block(word="console", code="# a remark\necho one\necho two\n"))] == [
        "echo one",
        "echo two",
    ]
