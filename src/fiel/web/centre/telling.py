"""All that a page puts into words with: what is in force, and one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from fiel.core.consent.receipt.shown import in_language, whole_days
from fiel.core.ids import ItemId
from fiel.core.promise.usecase import Grain, Level, UseCase
from fiel.core.text import Text
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.operations.sample import Showcase
from fiel.web.balance.benefit import source
from fiel.web.balance.benefit import told as told_of
from fiel.web.balance.speech import Speech
from fiel.web.languages import dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The house, its promise as of now, and one language. `showcase`: makes examples, if any."""

    house: House
    published: Published
    language: str
    showcase: Showcase | None = None

    def say(self, key: str, **slots: object) -> str:
        """One of Fiel's own sentences, its slots filled."""
        said = self.phrases[key]
        return said.format(**slots) if slots else said

    @property
    def phrases(self) -> Mapping[str, str]:
        """All of Fiel's own sentences in this language."""
        return self.house.phrases[self.language]

    def own(self, text: Text) -> str:
        """A text of the company's, in this language."""
        return in_language(text, self.language)

    def title(self, item: str) -> str:
        """What an item is called; its number if the catalogue has lost it."""
        found = self.published.items.get(ItemId(item))
        return self.own(found.title) if found else item

    def group(self, group: str) -> str:
        """What a group of items is called; the word itself if the company gave it no title."""
        titles = self.published.promise.groups
        return self.own(titles[group]) if titles.get(group) else group

    def field(self, name: str) -> str:
        """What a property of an event is called."""
        return self.phrases.get(f"field.{name}", name)

    def day(self, when: date | None) -> str:
        """A day as it is said in this language; nothing where none is known."""
        return "" if when is None else dated(self.phrases, "day", when)

    def moment(self, when: date | None, grain: Grain) -> str:
        """When something happened, no finer than it is kept: what is kept as a month is told as a month."""
        if when is None or grain is Grain.DAY:
            return self.day(when)
        if grain is Grain.WEEK:
            return self.say("date.week", date=self.day(when))
        return dated(self.phrases, "month", when)

    def instant(self, at: datetime) -> str:
        """A day and the time of day."""
        there = at.astimezone(UTC)
        return self.say("date.moment", date=self.day(there.date()), time=there.strftime("%H:%M"))

    def span(self, span: timedelta) -> str:
        """A number of days."""
        days = whole_days(span)
        return self.say("span.day") if days == 1 else self.say("span.days", days=days)

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

    @property
    def _speech(self) -> Speech:
        return Speech(language=self.language, phrases=self.phrases)
