"""A promise's folder as texts by name; what cannot be opened or is not text becomes a finding.

Not what the texts mean: see `source`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fiel.core.promise.finding import Code, Finding
from fiel.registry.company import FILE
from fiel.registry.source import LARGEST, Span, found
from fiel.registry.uses import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The texts by their path in the folder, `/` between its parts, and what was found while opening them."""

    texts: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def gather(folder: Path) -> Sources:
    """All texts of a promise, in order of their names."""
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    try:
        paths, passed_over = _files(folder), tuple(_passed_over(folder))
    except OSError as error:
        what = f"the folder cannot be opened: {error.strerror}"
        return Sources(texts={}, findings=(found(Code.UNREADABLE, _start(FILE), message=what),))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        text = _text(path, name)
        if isinstance(text, Finding):
            findings.append(text)
        else:
            texts[name] = text
    return Sources(texts=texts, findings=(*findings, *passed_over))


def missing(texts: Mapping[str, str], findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """The files without which a folder is no promise."""
    known = texts.keys() | {finding.file for finding in findings}
    if FILE not in known:
        yield found(
            Code.UNREADABLE,
            _start(FILE),
            message="there is no such file",
            hint="`fiel init DIR` writes one to start from",
        )
    if not any(name.startswith(f"{FOLDER}/") for name in known):
        yield found(
            Code.UNREADABLE,
            _start(FOLDER),
            message="there is no use case",
            hint="write one a file: `use_cases/NAME.yaml`",
        )


def _files(folder: Path) -> list[Path]:
    first = [folder / FILE] if (folder / FILE).exists() else []
    return first + sorted(path for path in (folder / FOLDER).glob("*.yaml") if not path.name.startswith("."))


def _text(path: Path, name: str) -> str | Finding:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return found(Code.UNREADABLE, _start(name), message=f"cannot be opened: {error.strerror}")
    if len(raw) > LARGEST:
        return found(Code.TOO_MUCH, _start(name), message=f"larger than {LARGEST // 1024} KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        span = Span(file=name, line=line, column=column, length=1)
        return found(Code.UNREADABLE, span, message="not UTF-8", hint="save the file as UTF-8")


def _passed_over(folder: Path) -> Iterator[Finding]:
    """Files that look as if they belonged to the promise and are not read."""
    below = [path for path in (folder / FOLDER).rglob("*.yaml") if path.parent != folder / FOLDER]
    for path in sorted([*folder.glob("fiel.yml"), *(folder / FOLDER).rglob("*.yml"), *below]):
        name = path.relative_to(folder).as_posix()
        read = FILE if path.parent == folder else f"{FOLDER}/{path.stem}.yaml"
        yield found(Code.FILE_NOT_READ, _start(name), message="this file is not read", hint=f"call it `{read}`")


def _start(name: str) -> Span:
    return Span(file=name, line=1, column=1, length=1)
