"""Made-up shops and visitors, each from a number: what the laws of strategies are tried on.

Small and uneven on purpose: items that cannot be had, words and items that nobody knows, events without an item, people
who taught nothing, visitors of whom nothing is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Level, Source
from fiel.core.text import Scalar, Value
from fiel.core.use.compartment import Held
from fiel.core.use.decision import EVERYTHING, Draw, Reads, View
from fiel.core.use.gate import Fact
from fiel.core.use.lesson import Lesson

TODAY: Final = date(2026, 3, 2)
GROUPS: Final = ("books", "games", "garden", "kitchen", "lamps")
UNKNOWN: Final = ItemId("sold long ago")
"""An item that people have and the shop has no more."""

CANARY: Final = "canary"
"""What nobody declared to read."""

TWO: Final = (Lesson.of(("cup", "tray"), month=date(2026, 3, 1)), Lesson.of(("cup",), month=date(2026, 2, 1)))
"""What two people teach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One question to a strategy: what people taught before (`lessons`), who asks (`view`), and among what."""

    number: int
    lessons: tuple[Lesson, ...]
    view: View
    candidates: Mapping[ItemId, Item]
    k: int

    def draw(self) -> Draw:
        """Chance, always the same for this trial."""
        return _chance(self.number).random


def trial(number: int) -> Trial:
    """The trial of that number, always the same one."""
    chance = _chance(number)
    names = [ItemId(f"item {place}") for place in range(chance.randint(1, 10))]
    shelf = {name: _item(name, chance) for name in chance.sample(names, len(names))}
    known = [*names, UNKNOWN]
    return Trial(
        number=number,
        lessons=_lessons(known, chance, number),
        view=View(
            level=Level.OBSERVED,
            today=TODAY,
            context=_context(known, chance),
            facts=_facts(chance),
            events=_events(known, chance),
        ),
        candidates=shelf,
        k=chance.randint(1, len(names) + 2),
    )


def trials() -> Iterator[Trial]:
    """Trials enough for every kind of visitor to come by, made anew so that nobody finds what another one left."""
    return map(trial, range(80))


def unread(view: View, reads: Reads) -> Iterator[View]:
    """Views that differ from this one only in what is not declared to be read: by its absence, and by other values."""
    known = {key: value for key, value in view.context.items() if key in reads.context}
    yield replace(view, context=known)
    yield replace(view, context={**dict.fromkeys((*view.context, CANARY), CANARY), **known})
    if not reads.attributes:
        yield replace(view, facts={})
    if not reads.properties:
        yield replace(view, events=())
    if EVERYTHING not in reads.properties:
        read = [
            {key: each.properties[key] for key in each.properties.keys() & reads.properties} for each in view.events
        ]
        cut = [replace(event, properties=kept) for event, kept in zip(view.events, read, strict=True)]
        yield replace(view, events=tuple(cut))
        yield replace(view, events=tuple(replace(each, properties={CANARY: 9, **each.properties}) for each in cut))


def _chance(number: int) -> Random:
    return Random(number)  # noqa: S311 - it invents examples and guards nothing


def _lessons(known: list[ItemId], chance: Random, number: int) -> tuple[Lesson, ...]:
    """What a few people teach; in every fourth trial there are five of each, so that somebody is not alone."""
    items = [_items(known, chance) for _ in range(chance.randint(0, 12))]
    telling = _chance(-number - 1)  # by its own lot: what people tell changes nothing of who asks
    lessons = [Lesson(items=each, facts={name: fact.value for name, fact in _facts(telling).items()}) for each in items]
    return tuple(lessons * (5 if number % 4 == 0 else 1))


def _items(known: list[ItemId], chance: Random) -> dict[ItemId, date]:
    """A few items, each of a month of its own."""
    items = chance.sample(known, chance.randint(1, min(4, len(known))))
    return {item: date(2026, chance.randint(1, 3), 1) for item in items}


def _item(name: ItemId, chance: Random) -> Item:
    groups = frozenset(chance.sample(GROUPS, chance.randint(0, 3)))
    return Item(id=name, title={"es": name, "en": name}, groups=groups, available=chance.random() < 0.85)


def _context(known: list[ItemId], chance: Random) -> dict[str, Value]:
    context: dict[str, Value] = {"page": chance.choice(("home", "basket"))}
    looked_at = chance.sample(known, chance.randint(0, 2))
    if looked_at:
        context["item"] = looked_at[0] if len(looked_at) == 1 else tuple(looked_at)
    return context


def _facts(chance: Random) -> dict[str, Fact]:
    said: dict[str, Value] = {
        "likes": tuple(chance.sample((*GROUPS, "opera"), chance.randint(0, 3))),
        "section": chance.choice(GROUPS),
        "children": chance.randint(0, 3),
        "newsletter": True,
    }
    return {
        name: Fact(name=name, value=value, source=Source.DECLARED, on=TODAY - timedelta(days=chance.randint(0, 300)))
        for name, value in said.items()
        if chance.random() < 0.5
    }


def _events(known: list[ItemId], chance: Random) -> tuple[Held, ...]:
    days = sorted(chance.randint(0, 300) for _ in range(chance.choice((0, 1, 4, 12))))
    return tuple(
        Held(
            name=chance.choice(("purchase", "view")),
            on=TODAY - timedelta(days=300 - day),
            visit=visit,
            properties=_properties(known, chance),
        )
        for visit, day in enumerate(days, start=1)
    )


def _properties(known: list[ItemId], chance: Random) -> dict[str, Scalar]:
    whole: dict[str, Scalar] = {
        "item": chance.choice(known),
        "quantity": chance.randint(1, 5),
        "price": chance.choice((0.5, 12.25)),
        "gift": chance.random() < 0.5,
    }
    return {name: value for name, value in whole.items() if chance.random() < 0.8}
