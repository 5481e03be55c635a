"""The card of one interaction: the facts that a person allowed for this use, each with its source and its day.

When: somebody answers the person, in customer service, and must know what they are asked about. It concludes nothing,
learns nothing and ranks nothing: the newest comes first, and the candidates are left alone.

>>> from datetime import date
>>> from fiel.core.promise.usecase import Level
>>> from fiel.core.use.compartment import Held
>>> order = Held(name="purchase", on=date(2026, 3, 1), visit=1, properties={"item": "lamp", "quantity": 2})
>>> view = View(level=Level.OBSERVED, today=date(2026, 3, 2), events=(order,))
>>> [card] = STRATEGY.rank(None, view, candidates={}, k=5, draw=lambda: 0.0)
>>> card.item, [(reason.name, reason.value) for reason in card.because]
('event:1', [('item', 'lamp'), ('quantity', 2)])

Source: GDPR art. 5(1)(c) and 15(1)(g): what is shown to staff is what is needed, and where each piece is from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Source
from fiel.core.text import Scalar
from fiel.core.use.compartment import Held
from fiel.core.use.decision import EVERYTHING, Draw, Reads, Reason, Scored, Strategy, View
from fiel.core.use.untaught import Untaught

READS: Final = Reads(attributes=True, properties=frozenset({EVERYTHING}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Untaught):
    """Show what is held, as it is. An attribute is `attribute:NAME`; an event `event:N`, counted from the oldest."""

    name: str = "facts"
    reads: Reads = READS
    infers: bool = False
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """Every fact, newest first; of one day, what was said before what was seen."""
        del model, candidates, draw
        cards = (*_said(view), *_seen(view))
        return [scored for _, scored in sorted(cards, key=lambda card: card[0], reverse=True)[:k]]


def _said(view: View) -> Iterator[tuple[date, Scored]]:
    for name, fact in sorted(view.facts.items()):
        value = ", ".join(fact.value) if isinstance(fact.value, tuple) else fact.value
        reason = Reason(kind="fact", name=name, value=value, weight=1.0, source=fact.source.value, on=fact.on)
        yield fact.on, Scored(item=ItemId(f"attribute:{name}"), score=1.0, because=(reason,))


def _seen(view: View) -> Iterator[tuple[date, Scored]]:
    for number in range(len(view.events), 0, -1):
        event = view.events[number - 1]
        known = sorted(event.properties.items(), key=lambda pair: (pair[0] != "item", pair[0]))
        # An event may be held for having happened, without any property: then its name is the fact.
        because = tuple(_observed(event, name, value) for name, value in known or [("event", event.name)])
        yield event.on, Scored(item=ItemId(f"event:{number}"), score=1.0, because=because)


def _observed(event: Held, name: str, value: Scalar) -> Reason:
    share = 1 / (len(event.properties) or 1)
    return Reason(kind=event.name, name=name, value=value, weight=share, source=Source.OBSERVED.value, on=event.on)


STRATEGY: Final[Strategy[None]] = Facts()
