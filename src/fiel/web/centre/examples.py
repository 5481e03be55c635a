"""The example of a card in words: what somebody invented is shown at a no, and at each level, side by side.

Text only. Not what this person is shown: that is what `/uses` and `/why` account for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fiel.core.promise.usecase import LegalBasis, Level, UseCase
from fiel.core.use.decision import Scored
from fiel.operations.sample import Invented, Rack
from fiel.operations.show import Stand
from fiel.web.centre.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One shelf: the answer it follows from, what stands on it, and why it is no other one, if it is none."""

    level: str
    label: str
    items: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An example: who it is made up of, its shelves with the no first, and what it is not."""

    who: str
    columns: tuple[Column, ...]
    honest: str


NO_EXAMPLE: Final = Shown(who="", columns=(), honest="")
"""Where nobody can make one."""


def example_of(telling: Telling, stand: Stand) -> Shown:
    """The example of one use case."""
    if telling.showcase is None:
        return NO_EXAMPLE
    case = stand.use_case
    example = telling.showcase.example(telling.published, case.id)
    given = stand.allowed is not None and stand.allowed > Level.NONE
    return Shown(
        who=_who(telling, case, example.person),
        columns=tuple(_columns(telling, case, example.racks)),
        honest=telling.say("centre.example.still" if given else "centre.example.invented"),
    )


def _who(telling: Telling, case: UseCase, person: Invented) -> str:
    """What is known of the invented person, as far as the use case would look."""
    whole = case.minimum(case.highest)
    parts = []
    if person.looks_at is not None and "item" in whole.context:
        parts.append(telling.say("centre.example.looks", item=telling.title(person.looks_at)))
    if person.likes is not None and whole.attributes:
        parts.append(telling.say("centre.example.likes", group=telling.group(person.likes)))
    kinds = [name for name, need in whole.events.items() if "item" in need.properties]
    if person.did and kinds:
        kind = telling.own(telling.published.promise.events[kinds[0]].title)
        items = (telling.say("centre.example.item", item=telling.title(item)) for item in person.did)
        named = telling.say("centre.example.and").join(items)
        parts.append(telling.say("centre.example.did", kind=kind, items=named))
    return telling.say("centre.example.who", what="; ".join(parts)) if parts else ""


def _columns(telling: Telling, case: UseCase, racks: tuple[Rack, ...]) -> Iterator[Column]:
    kind = "consent" if case.basis is LegalBasis.CONSENT else "other"
    for rack in racks:
        said = "no" if rack.level is Level.NONE else "yes"
        level = telling.say(f"level.{rack.level.word}")
        fell = rack.reached < rack.level
        yield Column(
            level=rack.level.word,
            label=telling.say(f"centre.example.{kind}.{said}", level=level),
            items=tuple(_title(telling, scored) for scored in rack.items),
            note=telling.say("centre.example.fell", level=telling.say(f"level.{rack.reached.word}")) if fell else "",
        )


def _title(telling: Telling, scored: Scored) -> str:
    """What an item is called; of a fact that is shown as it is, what it says."""
    if scored.item in telling.published.items or not scored.because:
        return telling.title(scored.item)
    reason = scored.because[0]
    return telling.title(str(reason.value)) if reason.name == "item" else telling.group(str(reason.value))
