"""Attempts to cheat, made for real against the running shop, and what it answered.

A field nobody declared goes to the gate and is then looked for in every file; a use without permission is asked for.
The ledger is attacked on a copy: see `forgery`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from fiel.core.consent.choice import Attestation
from fiel.core.errors import Unavailable
from fiel.core.ids import UseCaseId
from fiel.core.permit import PERMITTED
from fiel.core.use.gate import Event
from fiel.demo.aside import ask_aside
from fiel.demo.people import ALMA, BRUNO, CARMEN, SUGGESTIONS, Character
from fiel.demo.search import Searched
from fiel.demo.shelves import LOOKED_AT, Telling, told
from fiel.operations.collect import Fate, Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.show import show_choices, show_data

FIELD: Final = "religion"
"""The field that no promise of this shop declares."""

LONGEST: Final = 40
"""Letters of the field's value that are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fated:
    """What one use case did with the purchase: `kept` has the fields it kept, `why` the word for why it kept none."""

    use_case: str
    title: str
    kept: tuple[str, ...]
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """What became of the purchase with one field too many: in each use case, in all files, and under Alma's own key."""

    value: str
    control: str
    fates: tuple[Fated, ...]
    searched: Searched
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedleAnswer:
    """What was decided where there was no permission, and the same as a program would read it."""

    character: Character
    title: str
    verdict: str
    level: str
    sentence: str
    whole: str


def attack_gate(telling: Telling, folder: Path, *, value: str) -> GateAnswer:
    """Send a purchase of Alma's with her religion in it, then look for that religion wherever it could be."""
    value = value.strip()[:LONGEST] or telling.words["cheat.gate.usual"]
    house, now = telling.house, telling.house.clock.now()
    properties = {"item": str(LOOKED_AT), "quantity": 1, "price": 5.95, FIELD: value}
    message = Message(
        id=uuid4().hex, subject=ALMA.identifier, content=Event(name="purchase", at=now, properties=properties)
    )
    (fates,) = collect(house, [message]).result()
    control = telling.published.promise.controller.name
    return GateAnswer(
        value=value,
        control=control,
        fates=tuple(_fated(telling, fate) for fate in fates),
        searched=_searched(folder, [FIELD, value, control]),
        fields=tuple(sorted(set(_held_fields(house, ALMA)))),
    )


def refused_uses(telling: Telling) -> Iterator[tuple[Character, UseCaseId]]:
    """Every use that somebody of the page has not permitted: what one may try to have all the same."""
    for character in (BRUNO, CARMEN, ALMA):
        stands = show_choices(telling.house, character.identifier)
        for stand in sorted(stands, key=lambda stand: stand.use_case.id != SUGGESTIONS):
            if stand.reason != PERMITTED:
                yield character, stand.use_case.id


def attack_needle(telling: Telling, character: Character, use_case: UseCaseId) -> NeedleAnswer:
    """Ask for a decision that nobody permitted."""
    decision = decide(telling.house, Ask(use_case=use_case, subject=character.identifier, limit=3)).release()
    outcome, shown = decision.outcome, told(telling, decision, who=character.key)
    answer = {
        "use_case": use_case,
        "level": outcome.level.word,
        "allowed": None if outcome.allowed is None else outcome.allowed.word,
        "reason": outcome.reason,
        "degraded": outcome.degraded,
        "silent": outcome.silent,
        "items": [{"id": each.item, "score": round(each.score, 3)} for each in decision.items],
    }
    return NeedleAnswer(
        character=character,
        title=telling.published.promise.use_cases[use_case].title[telling.language],
        verdict=outcome.reason,
        level=shown.level_name,
        sentence=shown.sentence,
        whole=json.dumps(answer, ensure_ascii=False, indent=2),
    )


def _searched(folder: Path, words: Sequence[str]) -> Searched:
    match ask_aside("fiel.demo.search", {"folder": str(folder), "words": list(words)}):
        case {"files": int(files), "size": int(size), "found": dict(found)}:
            return Searched(files=files, size=size, found=found)
        case _:
            raise Unavailable("the search of the files gave no answer")


def _fated(telling: Telling, fate: Fate) -> Fated:
    promise = telling.published.promise
    case = promise.use_cases.get(UseCaseId(fate.use_case))
    kept: tuple[str, ...] = ()
    if case is not None and fate.why is None:
        need = case.minimum(case.highest).events["purchase"]
        named = (_named(telling.house.phrases[telling.language], name) for name in sorted(need.properties))
        kept = (*named, telling.words[f"grain.{need.bound.grain.value}"])
    return Fated(
        use_case=fate.use_case,
        title=case.title[telling.language] if case else "",
        kept=kept,
        why=None if fate.why is None else fate.why.value,
    )


def _named(phrases: Mapping[str, str], field: str) -> str:
    return phrases.get(f"field.{field}", field)


def _held_fields(house: House, character: Character) -> Iterator[str]:
    """The name of every field that any use case holds of somebody, read under their own mandate."""
    for holding in show_data(house, character.identifier, by=Attestation.PERSON):
        if holding.held is not None:
            yield from holding.held.facts
            for event in holding.held.events:
                yield from event.properties
