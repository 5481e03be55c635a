"""Rows of files, one at a time: Parquet, JSON lines and CSV, each row with its number, never more than a step needs."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import Identifier, IdentifierKind, ItemId, Notice, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import Level, ValueType
from fiel.core.use.gate import Event
from fiel.operations.choose import Choice
from fiel.operations.collect import Message

T = TypeVar("T")

AT_ONCE: Final = 10_000
"""Rows of a Parquet file that are decoded together."""

CHOSEN: Final = {each.value: each for each in (Status.GIVEN, Status.REFUSED, Status.WITHDRAWN, Status.OBJECTED)}
"""What a person may have chosen; every other status is the law's or the clock's to give."""

YES: Final = frozenset({"true", "1", "yes", "sí", "si"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number from 1, and what its columns hold under their mapped names."""

    number: int
    fields: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """A field as text; None if it is not there or empty."""
        value = self.fields.get(name)
        return None if value is None or value == "" else str(value)

    def need(self, name: str) -> str:
        """A field that must be there; raises `Malformed`."""
        text = self.text(name)
        if text is None:
            raise Malformed(f"`{name}` is missing")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A row that cannot be taken: which, and what is wrong with it. Its content is not repeated."""

    number: int
    what: str


def read_rows(file: Path, columns: Mapping[str, str]) -> Iterator[Row | Wrong]:
    """The rows of a file, its columns under the names that they are mapped to; raises `Malformed`, `Unknown`."""
    readers = {".parquet": _parquet, ".jsonl": _json_lines, ".csv": _csv}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise Malformed(f"`{file.name}` is neither .parquet nor .jsonl nor .csv")
    for number, raw in enumerate(reader(file, columns), start=1):
        if isinstance(raw, str):
            yield Wrong(number=number, what=raw)
        else:
            named = {name: raw.get(column) for name, column in columns.items()}
            fields = {**{name: value for name, value in raw.items() if name not in columns.values()}, **named}
            yield Row(number=number, fields=fields)


def total_of(file: Path) -> int:
    """How many rows there are, for a progress bar."""
    if file.suffix.lower() == ".parquet":
        try:
            return int(pq.read_metadata(file).num_rows)
        except (pa.ArrowException, OSError):
            raise Malformed(f"`{file.name}` is not a Parquet file") from None
    with file.open("rb") as lines:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b""))


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Rows by so many."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def to_event(row: Row, event: str, *, kinds: Mapping[str, ValueType]) -> Message:
    """A row as an event. Its id is its content and its place, so a second run of the same rows changes nothing.

    `kinds` says what the event's properties are declared to be: a file that knows only text may hold numbers.
    """
    named = {name: value for name, value in row.fields.items() if name not in {"user", "anonymous", "at"}}
    properties = {name: _as_declared(value, kinds.get(name)) for name, value in named.items()}
    return Message(
        id=_id(row),
        subject=_who(row),
        content=Event(name=event, at=_at(row.fields.get("at")), properties=properties),
    )


def to_choice(row: Row, notices: Mapping[UseCaseId, Notice]) -> tuple[Identifier, Choice]:
    """A row as a choice that this import attests."""
    use_case = UseCaseId(row.need("use_case"))
    if use_case not in notices:
        raise Malformed("`use_case` is none that is in force")
    level, at = row.text("level"), row.fields.get("at")
    try:
        choice = Choice(
            use_case=use_case,
            status=CHOSEN[row.need("status")],
            attested_by=Attestation.IMPORT,
            interface="import",
            language=row.text("language"),
            level=Level.named(level) if level else None,
            contributes=(row.text("contributes") or "").lower() in YES,
            notice=notices[use_case],
            at=None if at is None or at == "" else _at(at),
        )
    except (KeyError, ValueError):
        raise Malformed("`status` or `level` is not one of the words that may stand there") from None
    return _who(row), choice


def to_item(row: Row, languages: Sequence[str]) -> Item:
    """A row as an item; `title` may be one text for every language, or one for each."""
    title = row.fields.get("title")
    titles = title if isinstance(title, Mapping) else dict.fromkeys(languages, row.need("title"))
    untold = [language for language in languages if not titles.get(language)]
    if untold:
        raise Malformed(f"`title` is missing in {', '.join(untold)}")
    groups = row.fields.get("groups") or ()
    named = groups.split("|") if isinstance(groups, str) else groups
    if not isinstance(named, list | tuple):
        raise Malformed("`groups` is neither a list nor text with | between groups")
    available = row.fields.get("available", True)
    return Item(
        id=ItemId(row.need("id")),
        title={str(language): str(text) for language, text in titles.items()},
        groups=frozenset(map(str, named)),
        available=available if isinstance(available, bool) else str(available).lower() in YES,
        url=row.text("url"),
        image=row.text("image"),
    )


def _as_declared(value: object, kind: ValueType | None) -> object:
    """The value as its declared type, if its own says the same thing; else as it is, for the gate to refuse."""
    try:
        if kind is ValueType.STRING and isinstance(value, int):
            return str(value)
        if kind is ValueType.INTEGER and isinstance(value, str):
            return int(value)
        if kind is ValueType.NUMBER and isinstance(value, str):
            return float(value)
    except ValueError:
        return value
    return value


def _id(row: Row) -> str:
    """Names a row by what it holds and where it stands: two alike in one file are two events."""
    held = "\n".join(f"{name}={value!r}" for name, value in sorted(row.fields.items()))
    return sha256(f"{row.number}\n{held}".encode(errors="surrogatepass")).hexdigest()


def _who(row: Row) -> Identifier:
    user, anonymous = row.text("user"), row.text("anonymous")
    if user is not None:
        return Identifier(IdentifierKind.USER, user)
    if anonymous is not None:
        return Identifier(IdentifierKind.ANONYMOUS, anonymous)
    raise Malformed("there is neither `user` nor `anonymous`")


def _at(value: object) -> datetime:
    """An instant; without a zone it is taken as UTC."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise Malformed("`at` is not an instant as 2026-11-24T12:00:00Z") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _parquet(file: Path, columns: Mapping[str, str]) -> Iterator[Mapping[str, object] | str]:
    try:
        parquet = pq.ParquetFile(file)
        _refuse_unknown(columns, parquet.schema_arrow.names, file)
        for batch in parquet.iter_batches(AT_ONCE):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError):
        raise Malformed(f"`{file.name}` is not a Parquet file, or is damaged") from None


def _json_lines(file: Path, _columns: Mapping[str, str]) -> Iterator[Mapping[str, object] | str]:
    with file.open("rb") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield row if isinstance(row, dict) else "it is not a JSON object"


def _csv(file: Path, columns: Mapping[str, str]) -> Iterator[Mapping[str, object] | str]:
    with file.open(encoding="utf-8", newline="") as text:
        try:
            rows = csv.DictReader(text)
            _refuse_unknown(columns, rows.fieldnames or (), file)
            for row in rows:
                yield (
                    row if None not in row and None not in row.values() else "it has more or fewer fields than the head"
                )
        except (csv.Error, UnicodeDecodeError):
            raise Malformed(f"`{file.name}` is not CSV in UTF-8, or is damaged") from None


def _refuse_unknown(columns: Mapping[str, str], known: Iterable[str], file: Path) -> None:
    missing = sorted(set(columns.values()) - set(known))
    if missing:
        raise Unknown(f"`{file.name}` has no column `{missing[0]}`", hint=f"it has {', '.join(known)}")
