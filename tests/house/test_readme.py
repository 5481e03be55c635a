"""The first page in two languages: the same picture, commands, figures, commits and links."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

ENGLISH = (ROOT / "README.md").read_text()
SPANISH = (ROOT / "README.es.md").read_text()

CODE = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*(?![\w])")


def skeleton(text: str) -> dict[str, object]:
    """What does not depend on the language: headings and rows by number, code and links word for word, figures."""
    prose = CODE.sub("", text)
    return {
        "code": CODE.findall(text),
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        "rows": prose.count("\n|"),
        "points": prose.count("\n- "),
        "links": sorted(_of_either(link) for link in LINK.findall(prose)),
        "names": sorted(re.findall(r"`[^`\n]+`", prose)),
        "measured": [_measured(row) for row in re.findall(r"^\|.*\|$", prose, re.MULTILINE)],
    }


def _of_either(link: str) -> str:
    """A link without the language of the page it leads to."""
    return re.sub(r"\.(es|en)\.md$", ".md", link) if link not in ("README.md", "README.es.md") else "README"


def _measured(row: str) -> tuple[list[str], str]:
    """The figures of a row in its order, without the mark that a language sets in a number, and its last cell."""
    *cells, commit, _ = row.split("|")
    figures = [re.sub(r"[.,]", "", figure) for cell in cells for figure in FIGURE.findall(cell)]
    return figures, commit.strip() if re.fullmatch(r" [0-9a-f]{7} ", commit) else ""


def test_both_languages_say_the_same() -> None:
    """The Spanish page has the same structure, code, names, links, figures and commits as the English one."""
    assert skeleton(SPANISH) == skeleton(ENGLISH)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("make demo", "make dmo"), ("18 de 18", "17 de 18"), ("\n- ", "\n"), ("(CONTRIBUTING.md)", "(SECURITY.md)")],
)
def test_a_difference_is_seen(was: str, becomes: str) -> None:
    """The control: another command, figure, number of points or link is a difference."""
    assert was in SPANISH
    assert skeleton(SPANISH.replace(was, becomes, 1)) != skeleton(ENGLISH)


def within_reach(text: str) -> bool:
    """Whether a page puts the program on the path before it first types it, and by the command as it must be typed."""
    before, typed, _ = text.partition("\n$ fiel ")
    return bool(typed) and "```sh\n. .venv/bin/activate\n" in before


@pytest.mark.parametrize("text", [ENGLISH, SPANISH], ids=["en", "es"])
def test_the_program_is_put_within_reach(text: str) -> None:
    """Before the first `fiel` there is the line without which no shell knows it, and without the line that is seen."""
    assert within_reach(text)
    assert not within_reach(text.replace(". .venv/bin/activate\n", ""))


@pytest.mark.parametrize("text", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_link_leads_somewhere(text: str) -> None:
    """What the page links to inside the project is there."""
    inside = [link for link in LINK.findall(text) if not link.startswith("http")]
    assert inside
    assert [link for link in inside if not Path(ROOT / link).exists()] == []


@pytest.mark.parametrize("text", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_figure_names_its_commit(text: str) -> None:
    """A measured figure says at which commit it was taken."""
    table = text.split("|---|---|---|---|\n")[1].split("\n\n", maxsplit=1)[0].splitlines()
    assert table
    assert [row for row in table if not re.search(r"\| [0-9a-f]{7} \|$", row)] == []
