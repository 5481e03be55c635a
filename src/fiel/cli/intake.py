"""What an import takes in: rows become events, items or choices, and each is counted by what became of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from fiel.cli.rows import Row, Wrong, to_choice, to_event, to_item
from fiel.core.errors import Conflict, FielError, Malformed, Unknown
from fiel.core.ids import Identifier, IdentifierKind, UseCaseId
from fiel.core.use.gate import DropReason
from fiel.operations.bring_in import Untaken, bring_in
from fiel.operations.choose import Chosen
from fiel.operations.collect import Fate, collect
from fiel.operations.house import House
from fiel.operations.show import show_choices
from fiel.operations.stock import stock

T = TypeVar("T")

_NOBODY: Final = Identifier(IdentifierKind.ANONYMOUS, "nobody")
"""Somebody of whom nothing is kept, to read the notices in force by."""


@dataclass(frozen=True, slots=True)
class _HandedOver:
    """A choice that the writer has, and what it will answer."""

    row: Row
    use_case: UseCaseId
    taking: Future[Chosen | Untaken]


class Intake:
    """What was taken in, and what was not. It counts only what is durable."""

    def __init__(self, house: House) -> None:
        """Nothing yet."""
        self._house = house
        self.rows = 0
        self.kept = Counter[str]()
        self.dropped = Counter[tuple[str, str]]()
        self.wrong: list[Wrong] = []
        self.fault: FielError | None = None

    def sound(self, rows: Iterator[Row | Wrong]) -> Iterator[Row]:
        """The rows that could be read; the others are noted, and so is the fault behind which nothing can be read.

        Raises the fault of a file of which not one row could be read.
        """
        try:
            for row in rows:
                self.rows += 1
                if isinstance(row, Wrong):
                    self.wrong.append(row)
                else:
                    yield row
        except Malformed as fault:
            if not self.rows:
                raise
            hint = "the rows before it are taken; mend the file and bring it in once more, which changes none of them"
            self.fault = Malformed(f"{fault.what}, behind row {self.rows}", hint=hint)

    def take(self, step: Callable[[list[Row]], None], rows: list[Row]) -> None:
        """Do `step` with some rows; a fault of the store is noted for the end, behind what was counted before."""
        try:
            step(rows)
        except FielError as fault:
            self.fault = fault

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
        make = partial(to_event, event=event, kinds=kinds)
        messages = [(message, row.number) for row in rows if (message := self._made(row, make))]
        messages.sort(key=lambda each: (str(each[0].subject), each[0].content.at))
        fates = collect(self._house, [message for message, _ in messages]).result()
        for (_, number), each in zip(messages, fates, strict=True):
            self._note(each, number=number)

    def _note(self, fates: Sequence[Fate], *, number: int) -> None:
        """Count what became of one event; a row that the gate cannot read is one that is wrong, too."""
        for fate in fates:
            if fate.why is None:
                self.kept[fate.use_case] += 1
            else:
                self.dropped[fate.use_case, fate.why.value] += 1
        unread = [fate.use_case for fate in fates if fate.why is DropReason.MALFORMED]
        if unread:
            what = f"malformed for {', '.join(f'`{name}`' for name in unread)}"
            self.wrong.append(Wrong(number=number, what=what))

    def items(self, rows: list[Row]) -> None:
        """Put items into the catalogue."""
        with self._house.store.read() as tx:
            languages = self._house.shelf.now(tx).promise.languages
        items = [item for row in rows if (item := self._made(row, partial(to_item, languages=languages)))]
        self.kept["items"] += stock(self._house, items).result()

    def choices(self, rows: list[Row]) -> None:
        """Record choices in the order of the file, as attested by this import; they share the disk's syncs.

        A fault is raised when all that was recorded beside it is counted.
        """
        notices = {stand.use_case.id: stand.notice for stand in show_choices(self._house, _NOBODY)}
        handed_over = []
        for row in rows:
            made = self._made(row, partial(to_choice, notices=notices))
            if made is not None:
                who, choice = made
                handed_over.append(_HandedOver(row, choice.use_case, bring_in(self._house, who, choice)))
        faults = [fault for each in handed_over if (fault := self._recorded(each))]
        if faults:
            raise faults[0]

    def _recorded(self, each: _HandedOver) -> FielError | None:
        """Count what became of one choice; or the fault that kept it from being recorded."""
        try:
            done = each.taking.result()
        except Malformed as refused:
            self.wrong.append(Wrong(number=each.row.number, what=refused.what))
        except (Conflict, Unknown) as refused:
            self.dropped[each.use_case, refused.what] += 1
        except FielError as fault:
            return fault
        else:
            if isinstance(done, Untaken):
                self.dropped[each.use_case, done.value] += 1
            else:
                self.kept[each.use_case] += 1
        return None

    def _made(self, row: Row, make: Callable[[Row], T]) -> T | None:
        """What a row becomes, or a note that it cannot."""
        try:
            return make(row)
        except Malformed as error:
            self.wrong.append(Wrong(number=row.number, what=error.what))
            return None
