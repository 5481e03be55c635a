"""A file's text as a tree of nodes that know where they are written; all that is no good YAML becomes a finding.

The only module that knows the YAML library. YAML 1.2: `no` is a word, `012` is twelve. Not what the nodes mean: see
`company` and `uses`.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from fiel.core.promise.finding import Code, Finding

LARGEST: Final = 256 * 1024
"""How many bytes a file may have."""

DEEPEST: Final = 20
"""How deep it may be nested."""

MOST_NODES: Final = 20_000
"""How many values it may hold once every alias is written out, so that no small file grows into a huge one."""

Scalar: TypeAlias = str | int | float | bool | None
_Node: TypeAlias = ScalarNode | SequenceNode | MappingNode

_HINTS: Final = {
    "mapping values are not allowed here": "put quotes around a text that holds `: `",
    "found character '\\t' that cannot start any token": "indent with spaces, not with tabs",
    "expected <block end>": "check the indentation: one level is two spaces",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one line of a file; line and column count from 1."""

    file: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One value of a file.

    `span` is where to point: at a single value itself, at the key of anything larger, or at the first key within it.
    `key` is where its key stands, None for what has none.
    """

    value: "Scalar | tuple[Node, ...] | Mapping[str, Node]"
    span: Span
    key: Span | None = None


class _Refused(Exception):
    """The tree is not read any further."""

    def __init__(self, span: Span, message: str, hint: str) -> None:
        super().__init__(message)
        self.span, self.message, self.hint = span, message, hint


def found(code: Code, span: Span, *, message: str, hint: str = "") -> Finding:
    """A finding at a span; what a terminal would obey instead of showing is left out of its words."""
    return Finding(
        code=code,
        file=span.file,
        line=span.line,
        column=span.column,
        length=span.length,
        message=_shown(message),
        hint=_shown(hint),
    )


def parse(file: str, text: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of a file and what is wrong with its YAML; no tree if it cannot be read at all."""
    start = Span(file=file, line=1, column=1, length=1)
    if len(text.encode()) > LARGEST:
        return None, (found(Code.TOO_MUCH, start, message=f"larger than {LARGEST // 1024} KiB"),)
    loader = YAML(typ="rt", pure=True)
    loader.max_depth = DEEPEST
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library only warns about is found below, or harmless
            root = loader.compose(text)
    except ReaderError as error:
        return None, (_unprintable(file, text, error),)
    except MarkedYAMLError as error:
        return None, (_syntax(file, error),)
    except (YAMLError, ValueError, AttributeError, AssertionError) as error:
        return None, (found(Code.NOT_YAML, start, message=f"not YAML: {_first_line(str(error))}"),)
    if root is None:
        return None, (found(Code.NOT_YAML, start, message="the file is empty"),)
    growth = _Growth(file)
    try:
        return growth.node(root, DEEPEST), tuple(growth.findings)
    except _Refused as refused:
        return None, (*growth.findings, found(Code.TOO_MUCH, refused.span, message=refused.message, hint=refused.hint))


class _Growth:
    """The library's nodes grown into ours, aliases written out, within the caps."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._left = MOST_NODES
        self.findings: list[Finding] = []

    def node(self, raw: _Node, depth: int, key: Span | None = None) -> Node:
        """Our node for theirs and all below it."""
        own = self._span(raw)
        self._left -= 1
        if self._left < 0:
            raise _Refused(own, f"more than {MOST_NODES} values", "write fewer values, or fewer aliases (`*name`)")
        if depth < 0:
            raise _Refused(own, f"nested deeper than {DEEPEST}", "an alias (`*name`) must not contain itself")
        if isinstance(raw, ScalarNode):
            return Node(value=self._scalar(raw, own), span=own, key=key)
        self._refuse_tag(raw, own)
        if isinstance(raw, SequenceNode):
            items = tuple(self.node(item, depth - 1) for item in raw.value)
            return Node(value=items, span=key or own, key=key)
        members = dict(self._members(raw, depth))
        first = next((member.key for member in members.values()), None)
        return Node(value=members, span=key or first or own, key=key)

    def _members(self, raw: MappingNode, depth: int) -> Iterator[tuple[str, Node]]:
        lines: dict[str, int] = {}
        for raw_key, raw_value in raw.value:
            span = self._span(raw_key)
            if not isinstance(raw_key, ScalarNode):
                self._find(Code.WRONG_TYPE, span, message="a key must be a word")
                continue
            name = str(raw_key.value)
            if name in lines:
                self._find(
                    Code.DUPLICATE_KEY, span, message=f"`{name}` stands here twice", hint=f"first on line {lines[name]}"
                )
                continue
            lines[name] = span.line
            yield name, self.node(raw_value, depth - 1, span)

    def _scalar(self, raw: ScalarNode, span: Span) -> Scalar:
        # Where a folded text (`>`) was folded, the reader leaves a mark of its own, for writing it again.
        text = str(raw.value).replace("\a", "") if raw.style == ">" else str(raw.value)
        if reader := _PLAIN.get(str(raw.ctag)):
            return reader(text)
        self._refuse_tag(raw, span)
        return text

    def _refuse_tag(self, raw: _Node, span: Span) -> None:
        if str(raw.ctag) not in _UNTAGGED:
            self._find(Code.NOT_YAML, span, message="tags (`!…`) are not read", hint="write the plain value")

    def _find(self, code: Code, span: Span, *, message: str, hint: str = "") -> None:
        self.findings.append(found(code, span, message=message, hint=hint))

    def _span(self, raw: _Node) -> Span:
        start, end = raw.start_mark, raw.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(file=self._file, line=start.line + 1, column=start.column + 1, length=max(length, 1))


def _number(text: str) -> Scalar:
    try:
        return int(text, 10)
    except ValueError:
        return text


def _fraction(text: str) -> Scalar:
    try:
        return float(text)
    except ValueError:
        return text


def _nothing(_: str) -> Scalar:
    return None


def _truth(text: str) -> Scalar:
    return text.lower() == "true"


_TAG: Final = "tag:yaml.org,2002:"
_PLAIN: Final[Mapping[str, Callable[[str], Scalar]]] = {
    f"{_TAG}null": _nothing,
    f"{_TAG}bool": _truth,
    f"{_TAG}int": _number,
    f"{_TAG}float": _fraction,
}
_UNTAGGED: Final = frozenset(f"{_TAG}{kind}" for kind in ("str", "seq", "map", "timestamp", "merge", "value"))
"""What a value is that bears no tag of its author's: dates and `<<` are words here."""


def _syntax(file: str, error: MarkedYAMLError) -> Finding:
    mark = error.problem_mark or error.context_mark
    problem = _first_line(error.problem or error.context or "cannot be read")
    hint = next((hint for start, hint in _HINTS.items() if problem.startswith(start)), "")
    if not isinstance(mark, StreamMark):
        return found(
            Code.NOT_YAML, Span(file=file, line=1, column=1, length=1), message=f"not YAML: {problem}", hint=hint
        )
    span = Span(file=file, line=mark.line + 1, column=mark.column + 1, length=1)
    if problem.startswith("maximum depth"):
        return found(Code.TOO_MUCH, span, message=f"nested deeper than {DEEPEST}")
    return found(Code.NOT_YAML, span, message=f"not YAML: {problem}", hint=hint)


def _unprintable(file: str, text: str, error: ReaderError) -> Finding:
    before = text[: error.position]
    line, column = before.count("\n") + 1, error.position - before.rfind("\n")
    span = Span(file=file, line=line, column=column, length=1)
    return found(Code.NOT_YAML, span, message="a character that cannot be printed", hint="delete it")


def _first_line(text: str) -> str:
    """The first line of the library's message."""
    return text.strip().partition("\n")[0]


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
