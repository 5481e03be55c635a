"""A year of real invoices goes through the gate, under the choices that people made before they first bought.

No door of its own: choices by `operations.choose`, what people told and bought by `operations.collect`, in batches that
keep one person's lines together, then `operations.learn`. What comes back was counted while it happened.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Promise
from fiel.core.use.gate import Event, Traits
from fiel.demo.invoices import Customer, Line, catalogue, customers, editorial
from fiel.demo.people import SUGGESTIONS, Answer, answers_of, identifier_of, told_by, was_asked
from fiel.operations.choose import Choice, record
from fiel.operations.collect import Fate, Message, collect
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.published import Published
from fiel.operations.stock import stock
from fiel.ports import Transaction

BATCH: Final = 4_000
"""Lines in one transaction, at least: as many whole people as it takes."""

FIELDS: Final = 5
"""Fields offered by each line: invoice, item, quantity, price and time. The promise does not know the first."""

BEFORE: Final = timedelta(days=1)
"""How long before their first purchase people had chosen."""

Progress = Callable[[int, int], None]
"""Told how many lines of how many were offered so far."""


@dataclass(slots=True, kw_only=True)
class Measured:
    """What one loading measured. `kept` counts lines by use case, `dropped` refusals of a line by reason.

    `people` counts by what they chose, `teachers` the people in each shared model. `seconds` is the whole of it, and
    `collecting` the part of the gate and the store.
    """

    lines: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    lines_kept: int = 0
    fields_kept: int = 0
    people: Counter[str] = field(default_factory=Counter)
    teachers: dict[str, int] = field(default_factory=dict)
    choices: int = 0
    collecting: float = 0.0
    seconds: float = 0.0

    def told(self) -> dict[str, object]:
        """The same as plain values, with the shares and the speed that follow from them."""
        offered = self.lines * FIELDS
        return {
            "lines": self.lines,
            "lines_kept": self.lines_kept,
            "kept": dict(self.kept),
            "dropped": dict(self.dropped),
            "fields_offered": offered,
            "fields_kept": self.fields_kept,
            "fields_kept_share": round(self.fields_kept / offered, 4) if offered else 0.0,
            "people": dict(self.people),
            "teachers": self.teachers,
            "choices": self.choices,
            "lines_a_second": round(self.lines / self.collecting) if self.collecting else 0,
            "seconds": round(self.seconds, 1),
        }


def load(
    house: House, *, progress: Progress = lambda _done, _all: None, only: Collection[int] | None = None
) -> Measured:
    """Load the shop's year, or that of `only` some customers, into a house whose promise is published."""
    began, measured = time.perf_counter(), Measured()
    stock(house, editorial(catalogue())).result()
    with house.store.read() as tx:
        published = house.shelf.now(tx)
    people = tuple(customers(last_day=house.clock.now().date() - timedelta(days=1), only=only))
    total = sum(len(customer.lines) for customer in people)
    for batch in batches(people):
        measured.choices += house.store.write(partial(_choose, house, batch=batch, published=published)).result()
        messages = [message for customer in batch for message in _messages(customer, published=published)]
        start = time.perf_counter()
        fates = collect(house, messages).result()
        measured.collecting += time.perf_counter() - start
        _count(measured, messages, fates, promise=published.promise)
        progress(measured.lines, total)
    measured.people.update(_words(people))
    measured.teachers = {str(learnt.use_case): learnt.people for learnt in learn(house)}
    measured.seconds = time.perf_counter() - began
    return measured


def batches(people: Iterable[Customer]) -> Iterator[Sequence[Customer]]:
    """Whole people, together until their lines make a batch."""
    batch: list[Customer] = []
    lines = 0
    for customer in people:
        batch.append(customer)
        lines += len(customer.lines)
        if lines >= BATCH:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _choose(house: House, tx: Transaction, *, batch: Sequence[Customer], published: Published) -> int:
    """Record what a batch of people chose before they first bought; answers how many choices."""
    choices = 0
    for customer in batch:
        for use_case, answer in answers_of(customer.number).items():
            choice = _choice(customer, answer, use_case=use_case, published=published)
            record(house, tx, identifier_of(customer.number), choice=choice)
            choices += 1
    return choices


def _choice(customer: Customer, answer: Answer, *, use_case: UseCaseId, published: Published) -> Choice:
    return Choice(
        use_case=use_case,
        status=answer.status,
        level=answer.level,
        contributes=answer.teaches,
        attested_by=Attestation.IMPORT,
        interface="import",
        notice=published.notices[use_case] if answer.status is Status.GIVEN else None,
        at=customer.first - BEFORE,
    )


def _messages(customer: Customer, *, published: Published) -> Iterator[Message]:
    """What a customer told the shop when they chose, then what they bought: everything is offered, whoever they are."""
    subject = identifier_of(customer.number)
    told = told_by(customer.number, customer.favourites(published.items, sensitive=published.promise.sensitive))
    if told:
        yield Message(
            id=f"told-{customer.number}", subject=subject, content=Traits(at=customer.first - BEFORE, values=told)
        )
    for line in customer.lines:
        yield Message(id=f"line-{line.number}", subject=subject, content=_event(line))


def _event(line: Line) -> Event:
    offered = {"invoice": line.invoice, "item": line.item, "quantity": line.quantity, "price": line.price}
    return Event(name="purchase", at=line.at, properties=offered)


def _count(
    measured: Measured, messages: Sequence[Message], fates: Sequence[Sequence[Fate]], *, promise: Promise
) -> None:
    """Add what became of the lines of one batch; what people told is not counted among the lines."""
    ways = Counter(fate for message, fate in zip(messages, fates, strict=True) if isinstance(message.content, Event))
    for way, times in ways.items():
        kept = [fate.use_case for fate in way if fate.why is None]
        measured.lines += times
        measured.kept.update(dict.fromkeys(kept, times))
        for why in (fate.why for fate in way if fate.why is not None):
            measured.dropped[why.value] += times
        if kept:
            measured.lines_kept += times
            measured.fields_kept += times * (1 + len(_properties(promise, kept)))


def _properties(promise: Promise, names: Iterable[str]) -> frozenset[str]:
    """The properties of a purchase that some of these use cases keep; each also keeps the time, made coarse."""
    cases = [promise.use_cases[UseCaseId(name)] for name in names]
    return frozenset().union(*(case.minimum(case.highest).events["purchase"].properties for case in cases))


def _words(people: Iterable[Customer]) -> Iterator[str]:
    """For each customer, what they are to the shop's suggestions: never asked, yes, no, or undecided."""
    for customer in people:
        answer = answers_of(customer.number).get(SUGGESTIONS)
        if not was_asked(customer.number):
            yield "never_asked"
        elif answer is None:
            yield "undecided"
        else:
            yield "yes" if answer.status is Status.GIVEN else "no"
