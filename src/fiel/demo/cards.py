"""The cards of one person's page: Fiel's own card of each use case, what is held, and the shelf beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.demo.people import Character
from fiel.demo.shelves import Shelf, Telling, shelf
from fiel.demo.telling import Topic
from fiel.operations.show import Holding, Stand, show_choices, show_data
from fiel.web.centre import cards
from fiel.web.centre.holdings import Held, held_of

SHOWN: Final = 6
"""Held events that are listed; of the others the number is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was just recorded: its place in the ledger, and what followed from it, in words."""

    position: int
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One use case as one person sees it in the shop."""

    own: cards.Card
    held: Held
    off: tuple[Topic, ...]
    done: Done | None
    shelf: Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One area of the shop with its cards."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """The choice that led to this page: in which use case, where in the ledger, with which effects."""

    use_case: str
    position: int
    effects: tuple[str, ...]


def cards_of(telling: Telling, character: Character, *, recent: Recent | None) -> tuple[Shelved, ...]:
    """All areas with their use cases, as this person stands to them now."""
    stands = show_choices(telling.house, character.identifier)
    held = {each.use_case: each for each in show_data(telling.house, character.identifier, by=Attestation.PERSON)}
    areas = telling.published.promise.areas
    return tuple(
        Shelved(
            title=area.title[telling.language],
            cards=tuple(
                _card(telling, character, stand, holding=held.get(stand.use_case.id), recent=recent)
                for stand in stands
                if stand.use_case.area == name
            ),
        )
        for name, area in areas.items()
    )


def _card(
    telling: Telling, character: Character, stand: Stand, *, holding: Holding | None, recent: Recent | None
) -> Card:
    case = stand.use_case
    return Card(
        own=cards.card_of(telling, stand, holding=holding),
        held=held_of(telling, case, holding, most=SHOWN),
        off=tuple(_off(telling, holding)),
        done=_done(telling, recent) if recent is not None and recent.use_case == case.id else None,
        shelf=shelf(telling, character, case.id),
    )


def _off(telling: Telling, holding: Holding | None) -> Iterator[Topic]:
    """The topics that this person switched off here."""
    for topic in holding.held.off if holding is not None and holding.held is not None else ():
        yield Topic(key=topic, title=telling.group(topic))


def _done(telling: Telling, recent: Recent) -> Done:
    said = telling.phrases
    effects = (said[key] for effect in recent.effects if (key := f"effect.{effect}") in said)
    return Done(position=recent.position, effects=tuple(effects))
