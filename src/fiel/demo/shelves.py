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
from fiel.core.promise.usecase import Grain, Level, UseCase
from fiel.core.text import Text, Value, percentage
from fiel.core.use.decision import Degraded, Reason, Scored
from fiel.core.use.explanation import Decision, explain
from fiel.demo.people import SUGGESTIONS, Character
from fiel.demo.words import Words
from fiel.operations.decide import Ask, decide
from fiel.operations.explain import sentence
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.web.balance.benefit import source
from fiel.web.balance.benefit import told as told_of
from fiel.web.balance.speech import Speech
from fiel.web.languages import dated

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
class Telling:
    """All that a decision is put into words with: the house, its promise, the shop's sections, one language."""

    house: House
    published: Published
    sections: Mapping[str, Text]
    words: Words
    language: str

    def say(self, key: str) -> str:
        """One of Fiel's own sentences."""
        return self.house.phrases[self.language][key]

    def title(self, item: str) -> str:
        """What an item is called; its number if the catalogue has lost it."""
        found = self.published.items.get(ItemId(item))
        return found.title[self.language] if found else item

    def day(self, when: date | None) -> str:
        """A day as it is said in this language; nothing where none is known."""
        return "" if when is None else dated(self.house.phrases[self.language], "day", when)

    def moment(self, when: date | None, grain: Grain) -> str:
        """When something happened, no finer than it is kept: what is kept as a month is told as a month."""
        if when is None or grain is Grain.DAY:
            return self.day(when)
        if grain is Grain.WEEK:
            return self.words["when.week"].format(date=self.day(when))
        return dated(self.house.phrases[self.language], "month", when)

    def benefit(self, case: UseCase, level: Level) -> str:
        """How often a level was measured to be right; nothing where it was not measured."""
        found = self.published.figures(case)
        figure = found.of(level) if found is not None else None
        return told_of(self._speech, figure) if figure is not None else ""

    def measured(self, case: UseCase) -> str:
        """When and with whom the most that a use case offers was measured; nothing where it was not."""
        found = self.published.figures(case)
        figure = found.of(case.highest) if found is not None else None
        return source(self._speech, found, figure) if found is not None and figure is not None else ""

    def control(self, case: UseCase) -> str:
        """That some of those who agree are drawn to see what everybody sees, and how many; nothing where none are."""
        if case.measure is None or not case.measure.control:
            return ""
        return self.say("control.notice").format(share=percentage(case.measure.control, language=self.language))

    @property
    def _speech(self) -> Speech:
        return Speech(language=self.language, phrases=self.house.phrases[self.language])

    def section(self, group: str) -> str:
        """What a section of the shop is called; the word itself if it is none."""
        return self.sections[group][self.language] if group in self.sections else group


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
        return telling.words["tile.section"].format(value=telling.section(value))
    return ""


def _sentence(telling: Telling, decision: Decision) -> str:
    """The one sentence that explains the whole answer; a section is called as the shop calls it."""
    why = explain(decision.outcome, decision.items)
    if why.reason is not None and why.reason.kind == "attribute":
        why = replace(why, reason=replace(why.reason, value=telling.section(str(why.reason.value))))
    said = sentence(telling.house, telling.published, why, language=telling.language)
    fell = decision.outcome.degraded is Degraded.NO_DATA and decision.outcome.level > Level.NONE
    return f"{said} {telling.words['level.fell']}" if fell else said


def _tile(telling: Telling, item: Item, because: Sequence[Reason]) -> Tile:
    group = min(item.groups, default="home")
    return Tile(
        item=item.id,
        title=item.title[telling.language],
        section=telling.section(group),
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
