"""What a use case holds of somebody, row by row, in words; times no finer than they are kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiel.core.promise.usecase import Grain, UseCase
from fiel.core.use.compartment import Compartment
from fiel.operations.show import Holding
from fiel.operations.strike import event_row, fact_row
from fiel.web.centre.needs import told_value
from fiel.web.centre.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that is held: how it is named, what it is of, what it says, and when it came."""

    row: str
    kind: str
    what: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that one use case holds. `more`: so many rows beyond those listed; `taught`: items in the shared model."""

    readable: bool
    rows: tuple[Row, ...]
    more: int
    taught: int
    off: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return self.readable and not self.rows


def held_of(telling: Telling, case: UseCase, holding: Holding | None, *, most: int) -> Held:
    """What is held: facts, then the latest events, `most` of them at most."""
    held = holding.held if holding is not None else None
    if held is None:
        return Held(readable=holding is None or holding.readable, rows=(), more=0, taught=0, off=())
    return Held(
        readable=True,
        rows=(*_facts(telling, held), *_events(telling, case, held, most=most)),
        more=max(0, len(held.events) - most),
        taught=len(held.contributed.items),
        off=held.off,
    )


def _facts(telling: Telling, held: Compartment) -> Iterator[Row]:
    attributes = telling.published.promise.attributes
    for name, fact in sorted(held.facts.items()):
        if fact.value == ():
            continue
        title = telling.own(attributes[name].title) if name in attributes else name
        when = telling.say(f"centre.held.{fact.source.value}", date=telling.day(fact.on))
        yield Row(row=fact_row(name), kind=title, what=told_value(telling, fact.value), when=when)


def _events(telling: Telling, case: UseCase, held: Compartment, *, most: int) -> Iterator[Row]:
    needs, kinds = case.minimum(case.highest).events, telling.published.promise.events
    for event in held.events[: -most - 1 : -1]:
        grain = needs[event.name].bound.grain if event.name in needs else Grain.DAY
        others = (f"{telling.field(name)}: {value}" for name, value in event.properties.items() if name != "item")
        item = event.properties.get("item")
        named = [telling.title(str(item))] if item is not None else []
        yield Row(
            row=event_row(event),
            kind=telling.own(kinds[event.name].title) if event.name in kinds else event.name,
            what=" · ".join([*named, *others]),
            when=telling.moment(event.on, grain),
        )
