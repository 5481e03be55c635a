"""What upkeep may save: less than was there, or as much. The machine's mandate can only take away.

Each part of a compartment has its own "less": a subset of the facts, each perhaps with fewer words, of the
contributions and of the messages seen; no later day of life; of the events some of the same ones, each perhaps coarser
or with fewer properties. Topics that are off stay as they are.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fiel.core.errors import Conflict
from fiel.core.text import Value
from fiel.core.use.compartment import Compartment, Held
from fiel.core.use.gate import Fact
from fiel.core.use.lesson import Lesson


def refuse_growth(before: Compartment, after: Compartment) -> None:
    """Raise `Conflict`, naming the parts, if `after` holds anything that `before` did not."""
    grown = tuple(_grown(before, after))
    if grown:
        raise Conflict(f"upkeep may only take away, and this compartment grew: {', '.join(grown)}")


def _grown(before: Compartment, after: Compartment) -> Iterator[str]:
    if not all(name in before.facts and _shortened(before.facts[name], fact) for name, fact in after.facts.items()):
        yield "facts"
    if not _thinned(before.events, after.events):
        yield "events"
    if not _is_less(after.contributed, before.contributed):
        yield "contributed"
    if Counter(after.seen) - Counter(before.seen):
        yield "seen"
    if _later(after.alive, before.alive):
        yield "alive"
    if after.visits > before.visits or _later(after.last_visit, before.last_visit):
        yield "visits"
    if any(count > dict(before.shown).get(day, 0) for day, count in after.shown):
        yield "shown"
    if _later(before.mark, after.mark):
        yield "mark"
    if after.off != before.off:
        yield "off"


def _is_less(after: Lesson, before: Lesson) -> bool:
    """Whether nothing new is taught, and nothing of a later month."""
    items = all(month <= before.items.get(item, date.min) for item, month in after.items.items())
    facts = after.facts.items()
    return items and all(name in before.facts and _is_part(value, before.facts[name]) for name, value in facts)


def _shortened(whole: Fact, fact: Fact) -> bool:
    """Whether it is the same fact, or one with fewer words of a list, in the same order."""
    return replace(fact, value=whole.value) == whole and _is_part(fact.value, whole.value)


def _is_part(value: Value, whole: Value) -> bool:
    """Whether it is the same value, or some words of the list, in the same order."""
    if not (isinstance(whole, tuple) and isinstance(value, tuple)):
        return value == whole and type(value) is type(whole)
    words = iter(whole)
    return all(word in words for word in value)


def _thinned(before: tuple[Held, ...], after: tuple[Held, ...]) -> bool:
    """Whether each of `after` is a coarser or smaller form of another one of `before`.

    Coarser times may change the order among visits, never that of one kind within one visit.
    """
    left: dict[tuple[str, int], list[Held]] = {}
    for event in before:
        left.setdefault((event.name, event.visit), []).append(event)
    remaining = {kind: iter(events) for kind, events in left.items()}
    return all(
        any(_lessened(whole, event) for whole in remaining.get((event.name, event.visit), ())) for event in after
    )


def _lessened(whole: Held, event: Held) -> bool:
    return event.on <= whole.on and event.properties.items() <= whole.properties.items()


def _later(one: date | None, other: date | None) -> bool:
    """Whether `one` is a day after `other`; no day at all is earlier than every day."""
    return one is not None and (other is None or one > other)
