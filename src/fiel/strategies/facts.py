"""The card of one interaction: the facts that a person allowed for this use, each with its source and its date.

It concludes nothing and ranks nothing; the newest fact comes first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fiel.core.ids import ItemId
from fiel.core.items import Item
from fiel.core.use.decision import EVERYTHING, Draw, Reads, Reason, Scored, Untaught, View


@dataclass(frozen=True, slots=True)
class Facts(Untaught):
    """Show what is held, as it is."""

    name: str = "facts"
    reads: Reads = Reads(attributes=True, properties=frozenset({EVERYTHING}))
    infers: bool = False
    learns: bool = False

    def rank(
        self, model: None, view: View, *, candidates: Mapping[ItemId, Item], k: int, draw: Draw
    ) -> Sequence[Scored]:
        """Every fact, newest first."""
        del model, candidates, draw
        return sorted((*_declared(view), *_observed(view)), key=_newest)[:k]


def _declared(view: View) -> Iterator[Scored]:
    for name, fact in sorted(view.facts.items()):
        value = ", ".join(fact.value) if isinstance(fact.value, tuple) else fact.value
        reason = Reason(kind="fact", name=name, value=value, weight=1.0, source=fact.source.value, on=fact.on)
        yield Scored(item=ItemId(f"attribute:{name}"), score=1.0, because=(reason,))


def _observed(view: View) -> Iterator[Scored]:
    for number, event in enumerate(view.events):
        reasons = tuple(
            Reason(kind=event.name, name=name, value=value, weight=1.0, source="observed", on=event.on)
            for name, value in sorted(event.properties.items(), key=lambda pair: pair[0] != "item")
        )
        yield Scored(item=ItemId(f"event:{number}"), score=1.0, because=reasons)


def _newest(scored: Scored) -> int:
    return -max((reason.on or date.min).toordinal() for reason in scored.because)


STRATEGY = Facts()
