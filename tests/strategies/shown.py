"""Shelves and views for the tests of rankings, where a test says only what it is about."""

from collections.abc import Mapping
from datetime import date, timedelta

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Level, Source
from fiel.core.text import Scalar, Value
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Scored, View
from fiel.core.use.gate import Fact

TODAY = date(2026, 3, 2)


def shelf(*names: str, gone: str = "", **groups: str) -> dict[ItemId, Item]:
    """Items in editorial order: by name alone, or by name with their groups; `gone` cannot be had."""
    on_shelves = dict.fromkeys(names, "") | groups
    return {
        ItemId(name): Item(id=ItemId(name), title={"en": name}, groups=frozenset(where.split()), available=name != gone)
        for name, where in on_shelves.items()
    }


def event(item: str, days_ago: int = 0, *, name: str = "purchase", **properties: Scalar) -> Held:
    """Something done with an item."""
    return Held(name=name, on=TODAY - timedelta(days=days_ago), visit=1, properties={"item": item, **properties})


def said(value: Value, days_ago: int = 0) -> Fact:
    """Something that the person told; where it stands gives it its name."""
    return Fact(name="", value=value, source=Source.DECLARED, on=TODAY - timedelta(days=days_ago))


def view(*events: Held, context: Mapping[str, Value] | None = None, **facts: Fact) -> View:
    """What a strategy is shown."""
    named = {name: Fact(name=name, value=fact.value, source=fact.source, on=fact.on) for name, fact in facts.items()}
    return View(level=Level.OBSERVED, today=TODAY, context=context or {}, facts=named, events=events)


def no_chance() -> float:
    """Chance for whoever leaves nothing to it."""
    raise AssertionError("chance was asked")


def names(ranked: list[Scored] | tuple[Scored, ...]) -> list[str]:
    """The items of a slate."""
    return [each.item for each in ranked]
