"""Writing a smaller bound into a use case's file, where it stands: every other letter and all comments stay.

The file is read again before it is written: if it does not say exactly what was meant, it is left as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.narrowing import narrowed, tightest
from fiel.core.promise.usecase import Bound, EventNeed, UseCase
from fiel.registry.amounts import duration
from fiel.registry.reading import read_promise, read_texts
from fiel.registry.source import Node, Span, parse


@dataclass(frozen=True, slots=True)
class _Edit:
    """Letters `start` to `end` of a text become `words`."""

    start: int
    end: int
    words: str


def rebound(folder: Path, name: UseCaseId, *, bound: Bound) -> Path:
    """Write a bound on all events of a use case into its file; answers which. Raises `Malformed` if it cannot."""
    reading = read_promise(folder)
    if reading.promise is None or name not in reading.promise.use_cases:
        raise Malformed(f"the folder has no use case `{name}` that can be read", hint="`fiel check DIR` says why")
    case = reading.promise.use_cases[name]
    file = file_of(reading.sources, name)
    text = reading.sources[file]
    written = edited(text, case, bound=bound)
    after = read_texts({**reading.sources, file: written}).promise
    if after is None or after.use_cases[name] != narrowed(case, bound):
        raise Malformed(
            f"`{file}` is written in a way that cannot be edited in place", hint=f"write it yourself: {bound}"
        )
    path = folder / file
    path.write_text(written, encoding="utf-8", newline="")
    return path


def edited(text: str, case: UseCase, *, bound: Bound) -> str:
    """The text of a use case's file with that bound on its events."""
    root, _ = parse("use_case", text)
    page = _Page(text)
    edits = [edit for need, node in _needs(root, case) for edit in page.edits(node, tightest(need.bound, bound))]
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


def file_of(sources: Mapping[str, str], name: UseCaseId) -> str:
    """The file in which a use case is written; raises `Malformed` if there is none."""
    for file, text in sources.items():
        root, _ = parse(file, text)
        if root is not None and isinstance(root.value, Mapping):
            said = root.value.get("use_case")
            if said is not None and said.value == name:
                return file
    raise Malformed(f"no file says `use_case: {name}`")


def _needs(root: Node | None, case: UseCase) -> Iterator[tuple[EventNeed, Mapping[str, Node]]]:
    """Each need of an event with the node that it was read from."""
    for rung in case.rungs:
        for need in rung.events:
            node = root
            for key in ("levels", rung.level.word, "events", need.event):
                node = node.value.get(key) if node is not None and isinstance(node.value, Mapping) else None
            if node is not None and isinstance(node.value, Mapping):
                yield need, node.value


def _values(bound: Bound) -> dict[str, str | None]:
    """The keys of a bound with what they say, None where there is nothing to say."""
    return {
        "within": f"{bound.within.days}d" if bound.within else None,
        "or_visits": str(bound.or_visits) if bound.or_visits else None,
        "keep": None if bound.keep is None else str(bound.keep),
        "time": bound.grain.value,
    }


def _words(bound: Bound) -> str:
    return ", ".join(f"{key}: {value}" for key, value in _values(bound).items() if value is not None)


class _Page:
    """A text, and where its lines begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def edits(self, node: Mapping[str, Node], bound: Bound) -> Iterator[_Edit]:
        """What to change of one bound: values replaced where they stand, keys put in, keys taken out."""
        fresh: list[str] = []
        for key, value in _values(bound).items():
            part = node.get(key)
            if part is None:
                fresh += [f"{key}: {value}"] if value is not None and (key, value) != ("time", "day") else []
            elif value is None:
                yield self._removal(part)
            elif not _says(part, value):
                start = self._at(part.span)
                yield _Edit(start, start + part.span.length, value)
        if fresh:
            stay = [part for key, part in node.items() if _values(bound).get(key) is not None]
            yield self._insertion(stay or list(node.values()), fresh)

    def _insertion(self, before: Sequence[Node], fresh: Sequence[str]) -> _Edit:
        """New keys before the first of some: on its line between braces, on lines of their own elsewhere."""
        first = min(self._at(part.key) for part in before if part.key is not None)
        indent = self._text[self._text.rfind("\n", 0, first) + 1 : first]
        is_block = not indent.strip() and not self._text[:first].rstrip().endswith(("{", ","))
        words = "".join(f"{each}\n{indent}" if is_block else f"{each}, " for each in fresh)
        return _Edit(first, first, words)

    def _removal(self, part: Node) -> _Edit:
        """A key with its value: the whole line where it has one, but for a comment on it, else up to the next key."""
        start, end = self._at(part.key or part.span), self._at(part.span) + part.span.length
        line = self._text.rfind("\n", 0, start) + 1
        close = self._text.find("\n", end) if "\n" in self._text[end:] else len(self._text)
        rest = self._text[end:close]
        if not self._text[line:start].strip() and not rest.lstrip().startswith((",", "}")):
            spaces = len(rest) - len(rest.lstrip())
            return _Edit(start, end + spaces, "") if rest.strip() else _Edit(line, min(close + 1, len(self._text)), "")
        return _Edit(start, end + len(rest) - len(rest.lstrip(" ,")), "")

    def _at(self, span: Span) -> int:
        return self._starts[span.line - 1] + span.column - 1


def _says(part: Node, value: str) -> bool:
    """Whether what is written means the same already, so that no word of the author's is changed without need."""
    written = str(part.value)
    return written == value or (duration(written) is not None and duration(written) == duration(value))
