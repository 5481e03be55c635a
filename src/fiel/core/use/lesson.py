"""The lesson: what one person teaches a shared model, and all that is ever subtracted again when they leave.

Not a contribution: what a strategy makes of a lesson, in whole numbers, is for each strategy to say. A lesson is kept
in the person's own compartment, so it holds no more than a contribution may hang on, and no time finer than the month.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fiel.core.ids import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The distinct items somebody teaches, latest first, each with the first day of the month it was last chosen in."""

    items: Mapping[ItemId, date] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[str], *, month: date) -> "Lesson":
        """These items, all of one month."""
        return cls(items=dict.fromkeys(map(ItemId, items), month.replace(day=1)))

    def __bool__(self) -> bool:
        """Whether it teaches anything."""
        return bool(self.items)


NOTHING: Final = Lesson()
"""What somebody teaches who teaches nothing."""
