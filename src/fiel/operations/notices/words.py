"""The words of a letter: Fiel's own sentences in one language, the company's texts, and the lines they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fiel.core.consent.receipt.shown import in_language
from fiel.core.ids import UseCaseId
from fiel.core.promise.usecase import Controller
from fiel.core.text import Text, dated
from fiel.operations.house import House
from fiel.operations.published import Published
from fiel.ports import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a letter is written with."""

    phrases: Mapping[str, str]
    published: Published
    language: str
    url: str

    @property
    def controller(self) -> Controller:
        """Who writes."""
        return self.published.promise.controller

    def say(self, key: str, **slots: object) -> str:
        """One of Fiel's own sentences, its slots filled."""
        return self.phrases[key].format(**slots) if slots else self.phrases[key]

    def own(self, text: Text) -> str:
        """A text of the company's, on one line."""
        return " ".join(in_language(text, self.language).split())

    def title(self, use_case: UseCaseId | None) -> str:
        """What a use case is called; its name if it is no longer in force."""
        cases = self.published.promise.use_cases
        return self.own(cases[use_case].title) if use_case and use_case in cases else str(use_case or "")

    def day(self, when: date) -> str:
        """A day as it is said in this language."""
        return dated(self.phrases, "day", when)

    def line(self, key: str, **slots: object) -> Line:
        """A paragraph."""
        return Line(text=self.say(key, **slots))

    def link(self, key: str, path: str) -> Line:
        """A link into the preference centre."""
        return Line(text=self.say(key), address=f"{self.url}{path}")


def words_in(house: House, published: Published, language: str) -> Words:
    """The words of a language; of the promise's first one where Fiel or the promise does not have it."""
    spoken = [each for each in published.promise.languages if each in house.phrases]
    tongue = language if language in spoken else (spoken or list(house.phrases))[0]
    return Words(phrases=house.phrases[tongue], published=published, language=tongue, url=house.post.url)
