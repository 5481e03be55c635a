"""Taking attributes out of a use case's file, where they stand: every other letter and all comments stay.

The file is read again before it is written: if it does not say exactly what was meant, it is left as it was.
"""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Final

from fiel.core.errors import Malformed
from fiel.core.ids import UseCaseId
from fiel.core.promise.narrowing import untold
from fiel.core.promise.usecase import UseCase
from fiel.registry.bounding import file_of
from fiel.registry.reading import read_promise, read_texts
from fiel.registry.source import Node, parse

_SPACES: Final = " \t"


def trim(folder: Path, name: UseCaseId, *, attributes: Set[str]) -> Path:
    """Take attributes out of a use case's file; answers which. Raises `Malformed` if it cannot be done in place."""
    reading = read_promise(folder)
    if reading.promise is None or name not in reading.promise.use_cases:
        raise Malformed(f"the folder has no use case `{name}` that can be read", hint="`fiel check DIR` says why")
    case = reading.promise.use_cases[name]
    file = file_of(reading.sources, name)
    written = trimmed(reading.sources[file], case, attributes=attributes)
    after = read_texts({**reading.sources, file: written}).promise
    if after is None or after.use_cases[name] != untold(case, attributes):
        named = ", ".join(f"`{each}`" for each in sorted(attributes))
        raise Malformed(f"`{file}` cannot be edited in place", hint=f"take out of it yourself: {named}")
    path = folder / file
    path.write_text(written, encoding="utf-8", newline="")
    return path


def trimmed(text: str, case: UseCase, *, attributes: Set[str]) -> str:
    """The text of a use case's file without these attributes, in its levels and in what teaches."""
    root, _ = parse("use_case", text)
    starts = [0]
    for each in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(each))
    spots = {(node.span.line, node.span.column, node.span.length) for node in _named(root, case, attributes)}
    for line, column, length in sorted(spots, reverse=True):
        start = starts[line - 1] + column - 1
        text = _without(text, start, start + length)
    return text


def _named(root: Node | None, case: UseCase, attributes: Set[str]) -> Iterator[Node]:
    """Where each of them is written."""
    places = [("levels", rung.level.word, "attributes") for rung in case.rungs]
    for place in (*places, ("learn", "attributes")):
        node = root
        for key in place:
            node = node.value.get(key) if node is not None and isinstance(node.value, Mapping) else None
        if node is not None and isinstance(node.value, tuple):
            yield from (each for each in node.value if each.value in attributes)


def _without(text: str, start: int, end: int) -> str:
    """The text without one entry of a list: its whole line behind a dash, else with the comma after or before it."""
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip() == "-":
        following = text.find("\n", end)
        return text[:line] + (text[following + 1 :] if following >= 0 else "")
    rest = text[end:].lstrip(_SPACES)
    if rest.startswith(","):
        return text[:start] + rest[1:].lstrip(_SPACES)
    return text[:start].rstrip(_SPACES).removesuffix(",") + text[end:]
