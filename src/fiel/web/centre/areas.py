"""The areas of a person's page: their cards in order, how many of each mark, and what the two wide buttons would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fiel.core.consent.choice import Attestation
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.law import Signal
from fiel.core.promise.usecase import LegalBasis
from fiel.operations.show import Holding, Stand, show_choices, show_data
from fiel.web.centre.acts import said_no
from fiel.web.centre.cards import Card, card_of, mark_of
from fiel.web.centre.telling import Telling

MOST_OPEN: Final = 7
"""Cards of an area that lie open from the start: whoever is shown more at once reads none (EDPB 03/2022, 4.1.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One area with its cards, how many of each mark, and what its two wide buttons would do.

    `cards` lie open; `folded` are behind one heading, with the same controls. The order is the company's, and stays: a
    card does not move because it was pressed.
    """

    id: str
    title: str
    counts: str
    cards: tuple[Card, ...]
    folded: tuple[Card, ...]
    refusable: tuple[str, ...]
    objectable: tuple[str, ...]
    least: tuple[str, ...]

    @property
    def all(self) -> tuple[Card, ...]:
        """All its cards, open or folded."""
        return self.cards + self.folded


def areas_of(telling: Telling, who: Identifier, *, signals: frozenset[Signal] = frozenset()) -> tuple[Shelved, ...]:
    """All areas with their use cases, as this person stands to them now."""
    held = {each.use_case: each for each in show_data(telling.house, who, by=Attestation.PERSON)}
    stands = show_choices(telling.house, who, signals=signals)
    return tuple(
        _area(telling, [stand for stand in stands if stand.use_case.area == name], held=held)
        for name in telling.published.promise.areas
        if any(stand.use_case.area == name for stand in stands)
    )


def is_undecided(stand: Stand) -> bool:
    """Whether the person was never heard on a use case that rests on their consent."""
    return stand.use_case.basis is LegalBasis.CONSENT and mark_of(stand) == "open"


def _area(telling: Telling, stands: list[Stand], *, held: Mapping[UseCaseId, Holding]) -> Shelved:
    area = telling.published.promise.areas[stands[0].use_case.area]
    cards = [card_of(telling, stand, holding=held.get(stand.use_case.id)) for stand in stands]
    title = {stand.use_case.id: telling.own(stand.use_case.title) for stand in stands}
    consent = [stand for stand in stands if stand.use_case.basis is LegalBasis.CONSENT]
    others = [stand for stand in stands if stand.use_case.basis is not LegalBasis.CONSENT]
    return Shelved(
        id=area.id,
        title=telling.own(area.title),
        counts=_counts(telling, [card.mark for card in cards]),
        cards=tuple(cards[:MOST_OPEN]),
        folded=tuple(cards[MOST_OPEN:]),
        refusable=tuple(title[stand.use_case.id] for stand in consent if not said_no(stand)),
        objectable=tuple(title[stand.use_case.id] for stand in others if not said_no(stand)),
        least=tuple(
            telling.say(
                "centre.area.least_one",
                title=title[stand.use_case.id],
                level=telling.say(f"level.{stand.use_case.levels[0].word}"),
            )
            for stand in consent
            if is_undecided(stand)
        ),
    )


def _counts(telling: Telling, marks: list[str]) -> str:
    """How many of each, in words; what there is none of is left out."""
    counted = ((mark, marks.count(mark)) for mark in ("yes", "no", "open", "lapsed", "none"))
    return " · ".join(telling.say(f"centre.count.{mark}", count=count) for mark, count in counted if count)
