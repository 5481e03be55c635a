"""What a shelf says weighed most did weigh: without it, the item's score falls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, UseCaseId
from fiel.core.permit import agree
from fiel.core.promise.usecase import Level, Rung
from fiel.core.use import decision as core
from fiel.core.use.compartment import Compartment
from fiel.core.use.decision import Question, Reason, Scored
from fiel.demo.invoices import customers
from fiel.demo.people import BUY_AGAIN, NEWSLETTER, SUGGESTIONS, Answer, answers_of, identifier_of
from fiel.demo.run import filled
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.nobody import tools_of
from fiel.operations.published import Published
from fiel.operations.show import show_data

ITEMS_A_SHELF: Final = 2
PEOPLE: Final = 800
PERSONAL: Final = (SUGGESTIONS, BUY_AGAIN, NEWSLETTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One item of one personal decision, with what it was ranked from."""

    use_case: UseCaseId
    rung: Rung
    held: Compartment
    scored: Scored


class Scales:
    """Ranks again as the decision did, with or without one reason."""

    def __init__(self, house: House, published: Published) -> None:
        self._house, self._published = house, published

    def score(self, shown: Shown, *, without: Reason | None = None) -> float:
        """The item's score at the rung that was used; nothing if it is not ranked there any more."""
        case = self._published.promise.use_cases[shown.use_case]
        held = shown.held if without is None else taken_away(shown.held, without)
        tools = tools_of(self._house, self._published, case.id)
        alone = {shown.scored.item: self._published.candidates[shown.scored.item]}
        question = Question(candidates=alone, limit=1, today=self._house.clock.now().date())
        terms = agree(case, case, level=shown.rung.level).terms
        view = core.without(core.view_of(terms, held, rung=shown.rung, question=question), tools.withheld)
        strategy = tools.strategies[shown.rung.strategy]
        model = tools.models.get(strategy.name)
        ranked = strategy.rank(model, view, candidates=alone, k=1, draw=tools.draw)
        return ranked[0].score if ranked else 0.0


def taken_away(held: Compartment, reason: Reason) -> Compartment:
    """What is held without what a reason is about: every event of its item, or its word among the facts."""
    if reason.name == "item":
        return replace(
            held, events=tuple(event for event in held.events if event.properties.get("item") != reason.value)
        )
    facts = {
        name: replace(fact, value=tuple(word for word in fact.value if word != reason.value))
        if name == reason.name and isinstance(fact.value, tuple)
        else fact
        for name, fact in held.facts.items()
    }
    return replace(held, facts=facts)


def decisions(house: House, published: Published, people: Sequence[Identifier]) -> Iterator[list[Shown]]:
    """The personal decisions that these people get now, each with its first items."""
    for person in people:
        held = {each.use_case: each.held for each in show_data(house, person, by=Attestation.PERSON)}
        for name in PERSONAL:
            decision = decide(house, Ask(use_case=name, subject=person, limit=ITEMS_A_SHELF)).release()
            before, rung = held.get(name), published.promise.use_cases[name].rung(decision.outcome.level)
            if decision.outcome.level > Level.NONE and before is not None and rung is not None and decision.items:
                yield [Shown(use_case=name, rung=rung, held=before, scored=each) for each in decision.items]


def some_who_said_yes() -> list[Identifier]:
    """The first customers who said yes to something personal, enough of them for a thousand decisions."""
    numbers = (each.number for each in customers(last_day=date(2026, 11, 23)))
    willing = (number for number in numbers if any(_is_personal(answer) for answer in answers_of(number).values()))
    return [identifier_of(number) for number in islice(willing, PEOPLE)]


def _is_personal(answer: Answer) -> bool:
    return answer.status is Status.GIVEN and answer.level is not None and answer.level >= Level.DECLARED


@pytest.mark.proof
def test_the_first_reason_weighs(tmp_path: Path) -> None:
    """On 1,000 decisions of the demo the score falls without the first reason, and mostly not without another's."""
    with filled(tmp_path / "shop") as shop:
        house = shop.fiel.house
        with house.store.read() as tx:
            published = house.shelf.now(tx)
        made = list(decisions(house, published, some_who_said_yes()))
        items = [shown for decision in made for shown in decision]
        scales = Scales(house, published)
        scores = [scales.score(shown) for shown in items]
        falls = [
            scales.score(shown, without=shown.scored.because[0]) < score - 1e-9
            for shown, score in zip(items, scores, strict=True)
        ]
        others = [*items[len(items) // 2 :], *items[: len(items) // 2]]
        shuffled = [
            scales.score(shown, without=other.scored.because[0]) < score - 1e-9
            for shown, other, score in zip(items, others, scores, strict=True)
        ]
    assert len(made) >= 1_000
    assert scores == pytest.approx([shown.scored.score for shown in items], abs=1e-6)
    assert sum(falls) / len(falls) >= 0.95
    assert sum(shuffled) / len(shuffled) < 0.60
