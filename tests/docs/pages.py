"""The written pages as the tests read them: headings, code blocks, tables and links."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.tree import ROOT

DOCS = ROOT / "docs"
KINDS = ("tutorial", "how-to", "reference", "explanation")

_BLOCK = re.compile(r"^```(?P<word>[a-z]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAME = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One code block: the word behind its fence, and what it holds."""

    word: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in one language."""

    path: Path
    text: str

    @property
    def blocks(self) -> list[Block]:
        """The code blocks, in order."""
        return [Block(word=found["word"], code=found["code"]) for found in _BLOCK.finditer(self.text)]

    @property
    def prose(self) -> str:
        """The page without its code blocks."""
        return _BLOCK.sub("", self.text)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Depth and words of each heading."""
        return [(len(marks), words.strip()) for marks, words in _HEADING.findall(self.prose)]

    @property
    def tables(self) -> list[list[list[str]]]:
        """The tables, each as rows of cells."""
        found = re.findall(r"(?:^\|.*\|\n)+", self.prose + "\n", re.MULTILINE)
        return [[_cells(line) for line in table.splitlines()[2:]] for table in found]

    @property
    def links(self) -> list[str]:
        """Where it leads."""
        return _LINK.findall(self.prose)

    @property
    def names(self) -> list[str]:
        """What stands in backticks."""
        return _NAME.findall(self.prose)


@cache
def page(path: Path) -> Page:
    """A page that is there."""
    return Page(path=path, text=path.read_text(encoding="utf-8"))


def english() -> list[Path]:
    """The English pages of the four kinds."""
    return sorted(path for kind in KINDS for path in (DOCS / kind).glob("*.en.md"))


def twin(path: Path) -> Path:
    """The Spanish page beside an English one."""
    return path.with_name(path.name.replace(".en.md", ".es.md"))


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
