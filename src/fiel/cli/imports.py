"""`fiel import`: events, items and choices from files, through the same gate as everything else."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import click

from fiel.cli.opening import started
from fiel.cli.options import as_json, data_folder, promise_folder, tell
from fiel.cli.rows import Row, Wrong, batches, read_rows, to_choice, to_event, to_item, total_of
from fiel.core.errors import Conflict, Malformed, Unknown
from fiel.core.ids import Identifier, IdentifierKind
from fiel.operations.bring_in import Untaken, bring_in
from fiel.operations.collect import collect
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.operations.stock import stock

T = TypeVar("T")

TOGETHER: Final = 2_000
"""Rows in one transaction."""

MOST_NAMED: Final = 20
"""Malformed rows that are named one by one."""


@click.command("import")
@promise_folder
@click.argument("what", type=click.Choice(["events", "items", "choices"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "mapping", default="", metavar="NAME=COLUMN,…", help="Which column holds what.")
@click.option("--event", help="The event that each row is, for events.")
@data_folder
@as_json
def import_(  # noqa: PLR0913 - an argument for each option
    *, folder: Path, what: str, file: Path, mapping: str, event: str | None, data: Path | None, as_json: bool
) -> None:
    """Bring in a FILE (.parquet, .jsonl, .csv). A second run of the same file changes nothing.

    A choice that is not later than what stands is left out; one without `at` is taken only if it allows less.

    Events need `user` or `anonymous`, `at`, and the event's properties. Choices need `user` or `anonymous`, `use_case`
    and `status`, and say that you vouch for the notice having been shown. Items need `id` and `title`.
    """
    columns = _columns(mapping)
    if what == "events" and not event:
        raise click.UsageError("events need a name: --event purchase")
    with started(folder, data) as fiel:
        taken = _Taken(fiel.house)
        if what == "events":
            taken.refuse_undeclared(event or "")
        steps: Mapping[str, Callable[[list[Row]], None]] = {
            "events": lambda rows: taken.events(rows, event=event or ""),
            "items": taken.items,
            "choices": taken.choices,
        }
        with click.progressbar(length=total_of(file), label=what, file=sys.stderr) as bar:
            for rows in batches(taken.sound(read_rows(file, columns)), TOGETHER):
                steps[what](rows)
                bar.update(len(rows))
    _tell(taken, file, as_json=as_json)
    if taken.wrong:
        sys.exit(1)


_NOBODY: Final = Identifier(IdentifierKind.ANONYMOUS, "nobody")
"""Somebody of whom nothing is kept, to read the notices in force by."""


class _Taken:
    """What was taken in, and what was not."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.rows = 0
        self.kept = Counter[str]()
        self.dropped = Counter[tuple[str, str]]()
        self.wrong: list[Wrong] = []

    def sound(self, rows: Iterator[Row | Wrong]) -> Iterator[Row]:
        """The rows that could be read; the others are noted."""
        for row in rows:
            self.rows += 1
            if isinstance(row, Wrong):
                self.wrong.append(row)
            else:
                yield row

    def refuse_undeclared(self, event: str) -> None:
        """Raise `Unknown` for an event that the promise in force does not declare: every row would be dropped."""
        with self._house.store.read() as tx:
            declared = self._house.shelf.now(tx).promise.events
        if event not in declared:
            raise Unknown(f"the promise has no event `{event}`", hint=f"it has {', '.join(declared)}")

    def events(self, rows: list[Row], *, event: str) -> None:
        """Send rows through the gate, each person's together."""
        with self._house.store.read() as tx:
            declared = self._house.shelf.now(tx).promise.events.get(event)
        kinds = declared.properties if declared else {}
        messages = [
            message for row in rows if (message := self._made(row, partial(to_event, event=event, kinds=kinds)))
        ]
        messages.sort(key=lambda message: (str(message.subject), message.content.at))
        for fates in collect(self._house, messages).result():
            for fate in fates:
                if fate.why is None:
                    self.kept[fate.use_case] += 1
                else:
                    self.dropped[fate.use_case, fate.why.value] += 1

    def items(self, rows: list[Row]) -> None:
        """Put items into the catalogue."""
        with self._house.store.read() as tx:
            languages = self._house.shelf.now(tx).promise.languages
        items = [item for row in rows if (item := self._made(row, partial(to_item, languages=languages)))]
        self.kept["items"] += stock(self._house, items).result()

    def choices(self, rows: list[Row]) -> None:
        """Record choices, as attested by this import."""
        notices = {stand.use_case.id: stand.notice for stand in show_choices(self._house, _NOBODY)}
        for row in rows:
            made = self._made(row, partial(to_choice, notices=notices))
            if made is None:
                continue
            who, choice = made
            try:
                done = bring_in(self._house, who, choice).result()
            except (Conflict, Malformed, Unknown) as refused:
                self.dropped[choice.use_case, refused.what] += 1
                continue
            if isinstance(done, Untaken):
                self.dropped[choice.use_case, done.value] += 1
            else:
                self.kept[choice.use_case] += 1

    def _made(self, row: Row, make: Callable[[Row], T]) -> T | None:
        """What a row becomes, or a note that it cannot."""
        try:
            return make(row)
        except Malformed as error:
            self.wrong.append(Wrong(number=row.number, what=error.what))
            return None


def _columns(mapping: str) -> dict[str, str]:
    """`item=StockCode,user=CustomerID` as names and columns."""
    columns = {}
    for part in filter(None, mapping.split(",")):
        name, equals, column = part.partition("=")
        if not equals or not name.strip() or not column.strip():
            raise click.BadParameter(f"`{part}` is not NAME=COLUMN", param_hint="--map")
        columns[name.strip()] = column.strip()
    return columns


def _tell(taken: _Taken, file: Path, *, as_json: bool) -> None:
    if as_json:
        tell(
            {
                "rows": taken.rows,
                "kept": dict(taken.kept),
                "dropped": [{"use_case": name, "why": why, "count": n} for (name, why), n in taken.dropped.items()],
                "malformed": [{"row": each.number, "what": each.what} for each in taken.wrong],
            }
        )
        return
    click.echo(f"{taken.rows:,} rows of {file.name}")
    for name, number in sorted(taken.kept.items()):
        click.echo(f"  kept     {number:>9,}  {name}")
    for (name, why), number in sorted(taken.dropped.items()):
        click.echo(f"  dropped  {number:>9,}  {name or 'named by no use case'}: {why}")
    for wrong in taken.wrong[:MOST_NAMED]:
        click.echo(f"  {file.name}:{wrong.number}: {wrong.what}", err=True)
    if len(taken.wrong) > MOST_NAMED:
        click.echo(f"  and {len(taken.wrong) - MOST_NAMED} more rows that are malformed", err=True)
