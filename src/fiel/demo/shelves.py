"""Decisions as the demo's pages show them: shelves with their level, tiles with their reason, the card of facts.

Every shelf is a decision made now, by the same operation that answers the API; nothing here ranks, filters or pretends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import Level
from fiel.core.text import Value
from fiel.core.use.decision import Degraded, Reason, Scored
from fiel.core.use.explanation import Decision, explain
from fiel.demo.people import SUGGESTIONS, Character
from fiel.demo.words import Words
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import sentence
from fiel.web.centre import telling as centre

LENGTH: Final = 6
"""Products on a shelf."""

LOOKED_AT: Final = ItemId("47566")
"""The product whose page all three have open, so that there is something for the level `context` to go by."""

TONES: Final = 4
"""Tints of a tile, so that two products of one section do not look the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of a use case on its scale."""

    word: str
    name: str
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One product on a shelf: `art` names its picture, `line` says the heaviest reason in a few words."""

    item: str
    title: str
    section: str
    art: str
    tone: int
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of the card of facts: what is shown to whoever helps this person, since when, from where."""

    what: str
    more: str
    on: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One decision to be shown, to `who`. `verdict` is the needle's, `level` the rung really used."""

    who: str
    use_case: str
    decision: str
    verdict: str
    level: str
    level_name: str
    scale: tuple[Step, ...]
    benefit: str
    sentence: str
    tiles: tuple[Tile, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(centre.Telling):
    """All that a decision is put into words with: Fiel's own telling, and the demo's words."""

    words: Words


def shelf(telling: Telling, character: Character, use_case: UseCaseId, *, limit: int = LENGTH) -> Shelf:
    """What this person is shown for this use, now."""
    context: Mapping[str, Value] = {"item": LOOKED_AT} if use_case == SUGGESTIONS else {}
    ask = Ask(use_case=use_case, subject=character.identifier, context=context, limit=limit)
    return told(telling, decide(telling.house, ask).release(), who=character.key)


def told(telling: Telling, decision: Decision, *, who: str) -> Shelf:
    """A decision in words and tiles."""
    outcome = decision.outcome
    case = telling.published.promise.use_cases[outcome.use_case]
    items = telling.published.items
    return Shelf(
        who=who,
        use_case=outcome.use_case,
        decision=decision.id,
        verdict=outcome.reason,
        level=outcome.level.word,
        level_name=telling.say(f"level.{outcome.level.word}"),
        scale=scale(telling, case.levels, used=outcome.level),
        benefit=telling.benefit(case, outcome.level),
        sentence=_sentence(telling, decision),
        tiles=tuple(_tile(telling, items[each.item], each.because) for each in decision.items if each.item in items),
        facts=tuple(_facts(telling, decision.items)),
    )


def scale(telling: Telling, levels: Sequence[Level], *, used: Level) -> tuple[Step, ...]:
    """The levels that a use case offers, `none` before them, with the one that was used."""
    return tuple(
        Step(word=level.word, name=telling.say(f"level.{level.word}"), used=level is used)
        for level in (Level.NONE, *levels)
    )


def line(telling: Telling, item: str, reason: Reason) -> str:
    """One reason in a few words, nothing where nobody's data were read."""
    value = str(reason.value)
    if reason.name == "item":
        return telling.words["tile.bought" if value == item else "tile.goes_with"].format(value=telling.title(value))
    if reason.kind == "attribute":
        return telling.words["tile.section"].format(value=telling.group(value))
    return ""


def _sentence(telling: Telling, decision: Decision) -> str:
    """The one sentence that explains the whole answer; a section is called as the shop calls it."""
    why = explain(decision.outcome, decision.items)
    if why.reason is not None and why.reason.kind == "attribute":
        why = replace(why, reason=replace(why.reason, value=telling.group(str(why.reason.value))))
    said = sentence(telling.house, telling.published, why, language=telling.language)
    fell = decision.outcome.degraded is Degraded.NO_DATA and decision.outcome.level > Level.NONE
    return f"{said} {telling.words['level.fell']}" if fell else said


def _tile(telling: Telling, item: Item, because: Sequence[Reason]) -> Tile:
    group = min(item.groups, default="home")
    return Tile(
        item=item.id,
        title=item.title[telling.language],
        section=telling.group(group),
        art=group,
        tone=sha256(item.id.encode()).digest()[0] % TONES,
        line=line(telling, item.id, because[0]) if because else "",
    )


def _facts(telling: Telling, items: Sequence[Scored]) -> Iterator[Fact]:
    """The rows of a card of facts, which has no items of the catalogue."""
    for scored in (each for each in items if each.item not in telling.published.items and each.because):
        first, *others = scored.because
        yield Fact(
            what=_what(telling, first),
            more=", ".join(str(reason.value) for reason in others),
            on=first.on,
            source=first.source,
        )


def _what(telling: Telling, reason: Reason) -> str:
    if reason.name == "item":
        return telling.title(str(reason.value))
    attribute = telling.published.promise.attributes.get(reason.name)
    return f"{attribute.title[telling.language]}: {reason.value}" if attribute else str(reason.value)
