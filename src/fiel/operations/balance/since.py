"""Since deployment: of what people were shown, how often they later chose some of it, from their data and by control.

From use records and what is held, under the permit to measure. Only answers count in which something was shown, and
whose time to be followed is over and still held. Both sides are held to the same: of who had nothing by then nobody
knows what their data would have brought, so neither side counts them (docs/adr/0010).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fiel.core.promise.change import Terms
from fiel.core.promise.measured import ENOUGH_PEOPLE
from fiel.core.promise.usecase import Minimum, UseCase
from fiel.core.use.compartment import Compartment
from fiel.numeric.relevance import difference, proportion
from fiel.operations.balance.values import Since
from fiel.ports import UseRecord

FOLLOWED: Final = timedelta(days=30)
"""How long it counts as an answer to a slate that something of it was chosen, or a third of what is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Of one person, the share of slates of which they later chose something; None where no slate counts."""

    personal: float | None = None
    control: float | None = None


def follow(uses: Sequence[UseRecord], held: Compartment, *, terms: Terms, today: date) -> Followed:
    """What became of one person's slates, as far as what is held tells."""
    reach = reach_of(terms.minimum)
    counted = [use for use in uses if _counts(use, held, reach=reach, today=today)]
    window = window_of(reach)
    return Followed(
        personal=_share(_chosen(use, held, window=window) for use in counted if not use.control),
        control=_share(_chosen(use, held, window=window) for use in counted if use.control),
    )


def since(followed: Sequence[Followed], case: UseCase) -> Since | None:
    """Both sides with their intervals by person; None where no control share is declared."""
    if case.measure is None or not case.measure.control:
        return None
    personal = proportion([each.personal for each in followed if each.personal is not None])
    control = proportion([each.control for each in followed if each.control is not None])
    enough = min(personal.people, control.people) >= ENOUGH_PEOPLE
    return Since(
        share=case.measure.control,
        window=window_of(reach_of(case.minimum(case.highest))),
        personal=personal if personal.people >= ENOUGH_PEOPLE else None,
        control=control if control.people >= ENOUGH_PEOPLE else None,
        more=difference(personal, control) if enough else None,
    )


def reach_of(minimum: Minimum) -> timedelta | None:
    """How far back what people chose is surely held, None for as long as the use case lasts."""
    bounds = [need.bound.within for need in minimum.events.values() if "item" in need.properties]
    return min((within for within in bounds if within is not None), default=None)


def window_of(reach: timedelta | None) -> timedelta:
    """How long a slate is followed."""
    return FOLLOWED if reach is None else max(min(FOLLOWED, reach / 3), timedelta(days=1))


def _counts(use: UseRecord, held: Compartment, *, reach: timedelta | None, today: date) -> bool:
    """Whether something was shown, to somebody of whom something was held by then, and all that followed is known."""
    day = use.at.date()
    if use.visits is None or not use.items or day + window_of(reach) > today:
        return False
    if reach is not None and day <= today - reach:
        return False
    known = any(event.visit <= use.visits for event in held.events)
    return known or any(fact.on <= day for fact in held.facts.values())


def _chosen(use: UseRecord, held: Compartment, *, window: timedelta) -> bool:
    """Whether something that was shown was chosen on a later visit, in time as far as its kept time tells."""
    shown, last = {scored.item for scored in use.items}, use.at.date() + window
    return any(
        event.visit > (use.visits or 0) and event.on <= last and event.properties.get("item") in shown
        for event in held.events
    )


def _share(chosen: Iterator[bool]) -> float | None:
    all_of_them = list(chosen)
    return sum(all_of_them) / len(all_of_them) if all_of_them else None
