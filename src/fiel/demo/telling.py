"""What the demo's pages say beyond shelves and cards: the three side by side, a decision's account, the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fiel.core.errors import Malformed, Unknown
from fiel.core.ids import DecisionId
from fiel.core.promise.usecase import Grain, UseCase
from fiel.core.use.decision import Scored
from fiel.demo.people import CHARACTERS, SUGGESTIONS, Character
from fiel.demo.shelves import Shelf, Telling, line, scale, shelf
from fiel.operations.explain import explain
from fiel.operations.show import show_choices

MOST_REASONS: Final = 3
"""Reasons of one item that a page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One of the three, with what they said of suggestions and the shelf that follows from it."""

    character: Character
    said: str
    shelf: Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One reason with its share of the item's score."""

    says: str
    on: str
    share: float
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One item of a slate with its reasons."""

    item: str
    title: str
    reasons: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic that can be switched off: its key in the catalogue, and what the shop calls it."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that was measured, and what it is."""

    value: str
    says: str


def character_of(key: str) -> Character:
    """One of the page's people; raises `Unknown`."""
    found = next((each for each in CHARACTERS if each.key == key), None)
    if found is None:
        raise Unknown("there is nobody of that name in this shop")
    return found


def beside(telling: Telling, character: Character) -> Beside:
    """One of the three, as the shop's page shows them."""
    stands = show_choices(telling.house, character.identifier)
    status = next(stand.standing.status.value for stand in stands if stand.use_case.id == SUGGESTIONS)
    said = telling.words.get(f"said.{status}", telling.words["said.other"])
    return Beside(character=character, said=said, shelf=shelf(telling, character, SUGGESTIONS))


def account_of(telling: Telling, decision: str, *, item: str | None = None) -> Mapping[str, object]:
    """What the page `why` shows of a decision; `item`: the one beside which somebody asked."""
    try:
        account = explain(telling.house, DecisionId(decision), language=telling.language)
    except Malformed:
        raise Unknown("this is not the name of a decision") from None
    case = telling.published.promise.use_cases[account.outcome.use_case]
    items = [
        Explained(item=each.item, title=telling.title(each.item), reasons=tuple(_weighed(telling, case, each)))
        for each in (account.record.items if account.record else ())
    ]
    return {
        "account": account,
        "level_name": telling.say(f"level.{account.outcome.level.word}"),
        "steps": scale(telling, case.levels, used=account.outcome.level),
        "use_case": case.id,
        "topics": [Topic(key=topic, title=telling.group(topic)) for topic in account.topics],
        "items": items,
        "asked": next((each for each in items if each.item == item), None),
    }


def _weighed(telling: Telling, case: UseCase, scored: Scored) -> Iterator[Weighed]:
    whole = sum(abs(reason.weight) for reason in scored.because) or 1.0
    needs = case.minimum(case.highest).events
    for reason in scored.because[:MOST_REASONS]:
        share = abs(reason.weight) / whole
        says = line(telling, scored.item, reason) or telling.words.get(f"why.{reason.kind}", str(reason.value))
        grain = needs[reason.kind].bound.grain if reason.kind in needs else Grain.DAY
        on = telling.moment(reason.on, grain)
        yield Weighed(says=says, on=on, share=round(share, 3), percent=f"{share:.0%}")


def figures_of(telling: Telling, measured: Mapping[str, object] | None) -> list[Figure]:
    """What was measured when this shop was filled, in words; nothing if that was another time."""
    if not measured:
        return []
    people, teachers, share = measured["people"], measured["teachers"], measured["fields_kept_share"]
    if not (isinstance(people, dict) and isinstance(teachers, dict) and isinstance(share, float)):
        raise TypeError("the demo's figures are not what was measured")
    never, everybody = people.get("never_asked", 0), sum(people.values())
    say = telling.words
    return [
        Figure(value=_number(telling, int(str(measured["lines"]))), says=say["figure.lines"]),
        Figure(value=_percent(telling, 1 - share), says=say["figure.unwritten"]),
        Figure(value=_number(telling, never), says=say["figure.never_asked"].format(all=_number(telling, everybody))),
        Figure(value=_number(telling, teachers.get(SUGGESTIONS, 0)), says=say["figure.teachers"]),
    ]


def _number(telling: Telling, number: int) -> str:
    text = f"{number:,}"
    return text.replace(",", ".") if telling.language == "es" else text


def _percent(telling: Telling, share: float) -> str:
    text = f"{share * 100:.1f} %"
    return text.replace(".", ",") if telling.language == "es" else text
