"""The lesson: what one person teaches a shared model, and all that is ever subtracted again when they leave.

Not a contribution: what a strategy makes of a lesson, in whole numbers, is for each strategy to say. A lesson is kept
in the person's own compartment, so it holds no more than a contribution may hang on, and no time finer than the month.
Facts without items teach nothing: whose choices are not seen has not chosen nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fiel.core.ids import ItemId
from fiel.core.text import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What somebody teaches.

    `items`: distinct ones, latest first, each with the first day of the month it was last chosen in. `facts`: what they
    told us that teaches beside these, by attribute in the order of names, each as it is held.
    """

    items: Mapping[ItemId, date] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[str], *, month: date, **facts: Value) -> "Lesson":
        """These items, all of one month, and these facts."""
        return cls(items=dict.fromkeys(map(ItemId, items), month.replace(day=1)), facts=dict(sorted(facts.items())))

    def __bool__(self) -> bool:
        """Whether it teaches anything."""
        return bool(self.items)


NOTHING: Final = Lesson()
"""What somebody teaches who teaches nothing."""
