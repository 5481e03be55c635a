"""Slates as they go over the wire, with items named in the language asked for."""

from collections.abc import Iterable

from fiel.core.ids import ItemId
from fiel.core.use.decision import Reason, Scored
from fiel.operations.published import Published
from fiel.web.api.wire import Because, SlateItem


def slate(items: Iterable[Scored], published: Published, *, language: str) -> list[SlateItem]:
    """The items with their reasons, heaviest first."""
    return [
        SlateItem(
            id=scored.item,
            score=scored.score,
            because=[_because(reason) for reason in scored.because],
            title=_title(published, scored.item, language=language),
        )
        for scored in items
    ]


def _because(reason: Reason) -> Because:
    return Because(
        kind=reason.kind,
        name=reason.name,
        value=reason.value,
        weight=reason.weight,
        source=reason.source,
        on=reason.on.isoformat() if reason.on else None,
    )


def _title(published: Published, item: ItemId, *, language: str) -> str | None:
    found = published.items.get(item)
    return found.title.get(language) if found else None
