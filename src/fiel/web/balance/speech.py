"""How one language writes what a balance has to say: its sentences, shares, numbers and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fiel.core.text import NO_BREAK
from fiel.numeric.relevance import Interval
from fiel.web.languages import dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One language: Fiel's own sentences, and how it writes a share."""

    language: str
    phrases: Mapping[str, str]

    def say(self, key: str, **slots: object) -> str:
        """One sentence with its slots filled."""
        return self.phrases[f"balance.{key}"].format(**slots)

    def part(self, value: float, *, digits: int = 0) -> str:
        """A share as a percentage, as the language writes it."""
        return f"{self.number(value * 100, digits=digits)}{NO_BREAK}%"

    def number(self, value: float, *, digits: int) -> str:
        """A number with so many digits behind the point, or the comma."""
        written = f"{value:.{digits}f}"
        return written.replace(".", ",") if self.language == "es" else written

    def ten(self, found: Interval) -> str:
        """A share as so many of ten, with its interval."""
        mean, low, high = (self.number(each * 10, digits=1) for each in (found.mean, found.low, found.high))
        return f"{mean} ({low}–{high})"

    def scored(self, found: Interval) -> str:
        """A relevance with its interval."""
        mean, low, high = (self.number(each, digits=3) for each in (found.mean, found.low, found.high))
        return f"{mean} ({low}–{high})"

    def share(self, found: Interval, *, digits: int = 0) -> str:
        """A share with its interval."""
        low = self.number(found.low * 100, digits=digits)
        return f"{self.part(found.mean, digits=digits)} ({low}–{self.part(found.high, digits=digits)})"

    def day(self, when: date) -> str:
        """A day as it is said."""
        return dated(self.phrases, "day", when)
