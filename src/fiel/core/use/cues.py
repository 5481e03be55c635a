"""What a ranking goes by: the items that a view names, each with where it was read, so that a reason is never made up.

Not a ranking and not a weight: how much a cue counts is for the strategy to say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Source
from fiel.core.use.compartment import Held
from fiel.core.use.decision import Reason, View

CONTEXT: Final = "context"
"""The kind of a reason that is not about the person: what the page shows just now."""

MANY: Final = 50
"""People from which on a reason says `many`: as many as must change before a model is published anew."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Why an item is among those that one goes by: an event and its day, or the context, which is of today."""

    kind: str
    item: str
    origin: str
    on: date | None

    def age(self, today: date) -> int:
        """How many days ago that was; the context is of today."""
        return 0 if self.on is None else (today - self.on).days

    def weighing(self, weight: float) -> Reason:
        """The cue as a reason."""
        return Reason(kind=self.kind, name="item", value=self.item, weight=weight, source=self.origin, on=self.on)


def cues(view: View) -> dict[str, Cue]:
    """One cue for each item of the view: what is looked at now, and else the latest event about it."""
    return dict(_named(view))


def own(view: View, candidates: Mapping[ItemId, Item]) -> dict[ItemId, list[Held]]:
    """The person's own events, oldest first, by those of their items that can be had."""
    events: defaultdict[ItemId, list[Held]] = defaultdict(list)
    for event in view.events:
        item = event.properties.get("item")
        if isinstance(item, str) and item in candidates and candidates[ItemId(item)].available:
            events[ItemId(item)].append(event)
    return dict(events)


def by_kind(item: ItemId, events: Sequence[Held], *, weigh: Callable[[Held], float]) -> list[Reason]:
    """One reason for each kind of event, heaviest first and then by name: its summed weight and its latest day."""
    kinds: defaultdict[str, list[Held]] = defaultdict(list)
    for event in events:
        kinds[event.name].append(event)
    reasons = [
        Cue(kind, item, Source.OBSERVED.value, max(event.on for event in those)).weighing(fsum(map(weigh, those)))
        for kind, those in kinds.items()
    ]
    return sorted(reasons, key=lambda reason: (-reason.weight, reason.kind))


def popular(people: float, *, weight: float) -> Reason:
    """That others choose it: many of them or some, never how many."""
    return Reason(kind="popular", name="people", value="many" if people >= MANY else "some", weight=weight)


def _named(view: View) -> Iterator[tuple[str, Cue]]:
    """By item, later ones in place of earlier ones: what was chosen last, and before all that what is looked at now."""
    for event in view.events:
        item = event.properties.get("item")
        if isinstance(item, str):
            yield item, Cue(event.name, item, Source.OBSERVED.value, event.on)
    looked_at = view.context.get("item")
    for item in looked_at if isinstance(looked_at, tuple) else (looked_at,):
        if isinstance(item, str):
            yield item, Cue(CONTEXT, item, CONTEXT, None)
