"""What would be stored of one event if a draft were in force: the real needle and the real gate, for nobody.

Nothing is written and nobody is looked up: the permit is for a place where nobody's data lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fiel.core.permit import Permit, Refusal, Refused
from fiel.core.promise.change import Terms
from fiel.core.promise.lint.grounds import Appetite
from fiel.core.promise.usecase import Level, Promise, UseCase
from fiel.core.use.compartment import Compartment, empty, take_in
from fiel.core.use.decision import Strategy
from fiel.core.use.gate import Dropped, DropReason, Event, Kept, Traits, cut_event, cut_traits
from fiel.operations.house import House
from fiel.operations.weigh import imagine


class Struck(StrEnum):
    """Why one field is not kept, where the rest may be."""

    UNDECLARED = "undeclared"
    """The data dictionary does not know it."""
    UNNEEDED = "unneeded"
    """It is declared, and this use case does not ask for it up to that level."""
    WHOLE = "whole"
    """Nothing of the event is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What became of an event in a draft.

    `refused`: the needle's no to everything, None if it gives leave. `dropped`: why nothing of it is kept, None if
    something is. `held`: the compartment of somebody who had nothing before. `struck`: the fields that went, by name.
    """

    level: Level
    refused: Refused | None
    dropped: DropReason | None
    held: Compartment | None
    struck: dict[str, Struck]


def rehearse(
    house: House, promise: Promise, case: UseCase, *, content: Event | Traits, level: Level | None = None
) -> Rehearsal:
    """Cut one event as the gate would for somebody who said yes to `level` (None: the highest) just before it came."""
    now, reached = house.clock.now(), case.highest if level is None else level
    since = min(content.at, now)
    ruling = imagine(house, promise, case, level=reached, since=since)
    if isinstance(ruling, Refusal):
        return Rehearsal(level=reached, refused=ruling.why, dropped=None, held=None, struck=_all_of(content))
    cut = _cut(ruling, promise, content, now=now)
    if isinstance(cut, Dropped):
        return Rehearsal(level=reached, refused=None, dropped=cut.why, held=None, struck=_all_of(content))
    held = take_in(empty(now.date()), cut, terms=ruling.terms, message=b"", now=now)
    return Rehearsal(
        level=reached, refused=None, dropped=None, held=held, struck=_struck(content, promise, terms=ruling.terms)
    )


def appetites_of(strategies: Mapping[str, Strategy[object]]) -> dict[str, Appetite]:
    """What each strategy reads, and whether it concludes something: by this a promise, or a draft of one, is judged."""
    return {
        name: Appetite(
            context=strategy.reads.context,
            attributes=strategy.reads.attributes,
            properties=strategy.reads.properties,
            infers=strategy.infers,
            lessons=strategy.reads.lessons,
        )
        for name, strategy in strategies.items()
    }


def _cut(permit: Permit, promise: Promise, content: Event | Traits, *, now: datetime) -> Kept | Dropped:
    if isinstance(content, Traits):
        return cut_traits(content, permit, attributes=promise.attributes, now=now)
    kind = promise.events.get(content.name)
    return Dropped(DropReason.UNDECLARED) if kind is None else cut_event(content, permit, kind=kind, now=now)


def _struck(content: Event | Traits, promise: Promise, *, terms: Terms) -> dict[str, Struck]:
    if isinstance(content, Traits):
        known, kept, names = set(promise.attributes), terms.minimum.attributes, list(content.values)
    else:
        kind = promise.events[content.name]
        known, kept, names = set(kind.properties), terms.minimum.events[content.name].properties, [*content.properties]
    return {name: Struck.UNNEEDED if name in known else Struck.UNDECLARED for name in names if name not in kept}


def _all_of(content: Event | Traits) -> dict[str, Struck]:
    names = content.values if isinstance(content, Traits) else content.properties
    return dict.fromkeys(names, Struck.WHOLE)
