"""The project's own files, as the tests of the house read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "fiel"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One Python file: its path under the folder that was read, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def functions(self) -> Iterator[Function]:
        """Every function and method, the nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @property
    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class, the nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


def source(name: str, text: str) -> Source:
    """A source made up by a test."""
    return Source(name=name, text=text, tree=ast.parse(text))


@cache
def sources(folder: Path, pattern: str = "*.py") -> tuple[Source, ...]:
    """All sources under a folder, in order of their path."""
    return tuple(
        source(path.relative_to(folder).as_posix(), path.read_text()) for path in sorted(folder.rglob(pattern))
    )
