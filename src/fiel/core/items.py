"""The catalogue as values. Items are the company's, not personal data."""

from collections.abc import Set
from dataclasses import dataclass

from fiel.core.ids import ItemId
from fiel.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that may be shown: a product, an article, an answer.

    `groups` are the shelves it stands on; a group that the promise lists as sensitive is never inferred from.
    """

    id: ItemId
    title: Text
    groups: frozenset[str] = frozenset()
    available: bool = True
    url: str | None = None
    image: str | None = None

    def is_sensitive(self, sensitive: Set[str]) -> bool:
        """Whether any of its groups is one from which nothing may be inferred (GDPR art. 9)."""
        return not self.groups.isdisjoint(sensitive)
