"""What a key may do: verbs, within areas and use cases. A grant never exceeds the granter's own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fiel.core.ids import AreaId, UseCaseId


class Verb(StrEnum):
    """One kind of act that a key may be for."""

    COLLECT = "collect"
    DECIDE = "decide"
    CHOICES = "choices"
    RIGHTS = "rights"
    READ = "read"
    ITEMS = "items"
    ADMIN = "admin"


RESERVED: Final = frozenset({Verb.ADMIN})
"""Verbs that no route asks for. No key is issued for them: it would promise something and open nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Verbs, and the areas and use cases they are for; an empty set of areas or use cases sets no limit.

    `publishable`: the key may stand in a page's source; it collects for anonymous people and reads what is public.
    """

    verbs: frozenset[Verb]
    areas: frozenset[AreaId] = frozenset()
    use_cases: frozenset[UseCaseId] = frozenset()
    publishable: bool = False

    def allows(self, verb: Verb, *, area: AreaId | None = None, use_case: UseCaseId | None = None) -> bool:
        """Whether `verb` may be done here. What belongs to no use case needs a key without limits of place."""
        in_area = not self.areas or (area is not None and area in self.areas)
        in_use_case = not self.use_cases or (use_case is not None and use_case in self.use_cases)
        return verb in self.verbs and in_area and in_use_case
