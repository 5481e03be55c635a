"""The catalogue as values. Items are the company's, not personal data."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Groups of items that are not to be looked at: an item is `in` it if it belongs to one of them, or may.

    What the catalogue does not know may belong to any group: unknown means no. Without groups nothing is withheld.
    """

    groups: frozenset[str] = frozenset()
    items: Mapping[ItemId, Item] = field(default_factory=dict)

    def __contains__(self, item: object) -> bool:
        """Whether nothing may be made of this item."""
        if not self.groups:
            return False
        known = self.items.get(ItemId(item)) if isinstance(item, str) else None
        return known is None or known.is_sensitive(self.groups)

    def is_within(self, other: "Withheld") -> bool:
        """Whether nothing is withheld here that is not withheld there."""
        if not self.groups or self is other:
            return True
        named = {*self.items, *other.items}
        return self.groups <= other.groups and all(item in other for item in named if item in self)

    def and_also(self, groups: Iterable[str]) -> "Withheld":
        """The same, and these groups as well."""
        more = self.groups.union(groups)
        return self if more == self.groups else replace(self, groups=more)

    def instead(self, groups: Iterable[str]) -> "Withheld":
        """These groups of the same catalogue, and no others."""
        return replace(self, groups=frozenset(groups))

    def without(self, candidates: Mapping[ItemId, Item]) -> Mapping[ItemId, Item]:
        """The candidates that are not withheld; they themselves where nothing is."""
        return {name: item for name, item in candidates.items() if name not in self} if self.groups else candidates
