"""An example for a card: what somebody who does not exist would be shown at each level of a use case.

Nobody's compartment is opened for it, not even that of whoever looks: the example's person is made of the catalogue and
of the models in force, the same one for everybody, by the rule below. A choice is asked before anything is known, so
what it changes must be shown without knowing anything (EDPB guidelines 05/2020 on consent, 3.3).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fiel.core.ids import ItemId, UseCaseId
from fiel.core.items import Item, Withheld
from fiel.core.permit import agree
from fiel.core.promise.usecase import Level, Promise, UseCase, ValueType
from fiel.core.use import decision as core
from fiel.core.use.compartment import Compartment, Held, empty
from fiel.core.use.decision import Scored
from fiel.core.use.gate import Fact, coarse
from fiel.operations.faults import note
from fiel.operations.house import House
from fiel.operations.nobody import answer_nobody, question_of, tools_of
from fiel.operations.published import Published

SHOWN: Final = 4
"""Items of each shelf."""

NEAR_THE_TOP: Final = 60
"""The example's person likes what many like: this many of the most chosen are looked at to make them up."""

VISITS: Final = (timedelta(days=35), timedelta(days=5))
"""How long ago they came: twice, so that there is something to come back to."""

_CHANCE: Final = 0.5
"""An example is the same each time, so it is left to no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """The person of the example: what they are looking at, the shelf they like, what they did, oldest first."""

    looks_at: ItemId | None = None
    likes: str | None = None
    did: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    """One shelf of an example. `level` is the one that was said yes to, `reached` how far the data of it led."""

    level: Level
    reached: Level
    items: tuple[Scored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A use case tried out on the invented person: a shelf for a no, and one for each level it offers."""

    person: Invented
    racks: tuple[Rack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """What is held of the invented person, and what is asked about them."""

    held: Compartment
    asked: core.Question


class Showcase:
    """Examples of the promise in force, made once for each generation of it and each day."""

    def __init__(self, house: House) -> None:
        """Show what this house decides with."""
        self._house = house
        self._made: tuple[tuple[int, date], dict[UseCaseId, Example]] | None = None

    def example(self, published: Published, use_case: UseCaseId) -> Example:
        """The example of one use case; where a strategy fails, one that shows what nobody in particular is shown."""
        today = self._house.clock.now().date()
        key = (published.generation, today)
        made = self._made
        if made is None or made[0] != key:
            made = (key, {})
            self._made = made
        if use_case not in made[1]:
            made[1][use_case] = try_out(self._house, published, use_case, today=today)
        return made[1][use_case]


def try_out(house: House, published: Published, use_case: UseCaseId, *, today: date) -> Example:
    """What the invented person would be shown, at no level and at each one."""
    case = published.use_case(use_case)
    now = house.clock.now()
    question = question_of(published, candidates=None, context={}, limit=NEAR_THE_TOP, now=now)
    most_chosen = answer_nobody(house, published, use_case, question=question, degraded=None).items
    top = [each.item for each in most_chosen] or list(question.candidates)[:NEAR_THE_TOP]
    person = invent(question.candidates, top, withheld=published.withheld[use_case])
    plain = Rack(level=Level.NONE, reached=Level.NONE, items=tuple(most_chosen[:SHOWN]))
    held = held_by(person, case, promise=published.promise, today=today)
    asked = core.Question(
        candidates=question.candidates,
        limit=SHOWN,
        today=today,
        context={"item": person.looks_at} if person.looks_at is not None else {},
    )
    tried = _Tried(held=held, asked=asked)
    racks = (_rack(house, published, case, question=tried, level=level) for level in case.levels)
    return Example(person=person, racks=(plain, *racks))


def invent(candidates: Mapping[ItemId, Item], top: Sequence[ItemId], *, withheld: Withheld) -> Invented:
    """Somebody whose tastes can be told apart on a shelf: one group of items for each kind of thing that may be known.

    The groups are those most often near the top, the first item's own aside: what it stands for is on every shelf.
    """
    known = [candidates[name] for name in top if name in candidates and name not in withheld]
    first = known[0].groups if known else frozenset()
    counts = Counter(group for item in known for group in sorted(item.groups - first))
    groups = [group for group, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    looked, liked, done = (groups[place] if place < len(groups) else None for place in range(3))
    looks_at = next(_of(known, looked), None)
    did = [item for item in _of(known, done) if item != looks_at][:2]
    return Invented(looks_at=looks_at, likes=liked, did=tuple(did))


def _of(items: Sequence[Item], group: str | None) -> Iterator[ItemId]:
    """The items of a group; of a catalogue that has not so many groups, all of them."""
    return (item.id for item in items if group is None or group in item.groups)


def held_by(person: Invented, case: UseCase, *, promise: Promise, today: date) -> Compartment:
    """What the use case would hold of the invented person, were it allowed all that it asks for."""
    whole = case.minimum(case.highest)
    facts = {
        name: Fact(name=name, value=(person.likes,), source=attribute.source, on=today)
        for name in whole.attributes
        if (attribute := promise.attributes.get(name)) is not None
        and attribute.type is ValueType.STRINGS
        and person.likes is not None
    }
    events = [
        Held(name=name, on=coarse(today - ago, need.bound.grain), visit=visit, properties={"item": item})
        for name, need in whole.events.items()
        if "item" in need.properties
        for visit, ago in enumerate(VISITS, start=1)
        for item in person.did[:visit]
    ]
    last = today - VISITS[-1] if events else None
    ordered = tuple(sorted(events, key=lambda event: (event.on, event.visit)))
    bare = empty(today)
    return Compartment(
        alive=bare.alive, facts=facts, events=ordered, visits=len(VISITS) if events else 0, last_visit=last
    )


def _rack(house: House, published: Published, case: UseCase, *, question: _Tried, level: Level) -> Rack:
    terms = agree(case, case, level=level).terms
    tools = replace(tools_of(house, published, case.id), draw=lambda: _CHANCE)
    try:
        slate = core.decide(case, terms, held=question.held, question=question.asked, tools=tools)
    except Exception as fault:  # noqa: BLE001 - a strategy may be anybody's: for an example no page stays closed
        note(f"the example of use case {case.id} cannot be made", fault)
        slate = answer_nobody(house, published, case.id, question=question.asked, degraded=None)
    return Rack(level=level, reached=slate.level, items=slate.items)
