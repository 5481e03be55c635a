"""Small worlds to measure in: people who let it be measured, with tastes that only the last visit or the past tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from fiel.bootstrap import load_laws, load_strategies
from fiel.calendars import PublicCalendars
from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, ItemId, UseCaseId
from fiel.core.items import Item
from fiel.core.promise.usecase import Attention, Bound, Grain, Level, Measuring, Promise, UseCase
from fiel.core.use.gate import Event, Traits
from fiel.operations.balance import Balance, Wish, balance
from fiel.operations.choose import Choice, record
from fiel.operations.collect import Message, collect
from fiel.operations.house import House
from fiel.operations.publish import adopt
from fiel.operations.published import Shelf
from fiel.operations.stock import stock
from fiel.stores.memory import MemoryStore
from fiel.testing import HandClock, MemoryNames, MemorySeals
from fiel.testing.builders import a_promise, a_text, a_use_case
from fiel.testing.clock import NOON
from fiel.testing.seals import MemorySigner, MemoryTokens

CASE = UseCaseId("suggestions")
GREEDY = Bound(within=timedelta(days=365), or_visits=5, grain=Grain.DAY)
ITEMS = tuple(f"i{number:02}" for number in range(60))

Visits = Sequence[tuple[int, Sequence[str]]]
"""Days before now, and what was bought then, for one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of a world. `level` None: they said no."""

    visits: Visits
    level: Level | None = Level.OBSERVED
    teaches: bool = True
    told: Mapping[str, object] = field(default_factory=lambda: {"favourite_categories": ["g0"]})


def a_case(bound: Bound = GREEDY, *, measured: bool = True) -> UseCase:
    """A use case that keeps what people buy again, greedily unless said otherwise."""
    case = a_use_case()
    context, declared, observed = case.rungs
    need = replace(observed.events[0], bound=bound)
    return replace(
        case,
        rungs=(context, declared, replace(observed, strategy="buy_again", events=(need,))),
        measure=Measuring(why=a_text("we count"), control=0.0) if measured else None,
        attention=Attention(),
    )


def a_world(people: Sequence[Person], *, case: UseCase | None = None, promise: Promise | None = None) -> House:
    """A house in which these people chose long ago and bought what they bought."""
    strategies = load_strategies()
    house = House(
        store=MemoryStore(seals=MemorySeals()),
        names=MemoryNames(),
        signer=MemorySigner(),
        tokens=MemoryTokens(),
        clock=HandClock(),
        calendars=PublicCalendars(),
        strategies=strategies,
        laws=load_laws(),
        phrases={},
        draw=lambda: 0.5,
        shelf=Shelf(strategies),
    )
    adopt(house, promise or a_promise(case or a_case())).result()
    items = [Item(id=ItemId(name), title=a_text(name), groups=frozenset({f"g{int(name[1:]) % 6}"})) for name in ITEMS]
    stock(house, items).result()
    for number, person in enumerate(people):
        _live(house, f"p{number}", person)
    return house


def weighed(house: House, **wishes: object) -> Balance:
    """The balance of the world, with chance that begins anew each time."""
    return balance(house, replace(Wish(use_case=CASE), **wishes), draw=chance(7).random)  # type: ignore[arg-type]


def by_the_last_visit(people: int = 60) -> list[Person]:
    """A world where everybody buys next what they bought last, and what came before was something else each time."""
    return [Person(visits=[*_past(chance(number), last=number), (10, _ten(number))]) for number in range(people)]


def by_the_distant_past(people: int = 60) -> list[Person]:
    """A world where everybody buys again what they bought often three hundred days ago, and never since."""
    return [Person(visits=[*_once(chance(number), often=number), (10, _ten(number))]) for number in range(people)]


def chance(seed: int) -> Random:
    """Chance that can be had again."""
    return Random(seed)  # noqa: S311 - the chance of a test


def _past(draw: Random, *, last: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Five visits of other things, each once, and one like the next."""
    others = draw.sample([item for item in ITEMS if item not in _ten(last)], 50)
    for place, age in enumerate((330, 260, 190, 120, 75)):
        yield age, others[place * 10 : place * 10 + 10]
    yield 45, _ten(last)


def _once(draw: Random, *, often: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Three visits that count, long ago, and eight of other things since."""
    others = [item for item in ITEMS if item not in _ten(often)]
    for age in (330, 320, 310):
        yield age, _ten(often)
    for age in range(290, 45, -32):
        yield age, draw.sample(others, 6)


def _ten(number: int) -> list[str]:
    """Ten items, the same for each tenth person, so that a record alone singles nobody out."""
    return [ITEMS[(number % 10 * 6 + step) % len(ITEMS)] for step in range(10)]


def _live(house: House, name: str, person: Person) -> None:
    who = Identifier(IdentifierKind.USER, name)
    with house.store.read() as tx:
        notice = house.shelf.now(tx).notices[CASE]
    choice = Choice(
        use_case=CASE,
        status=Status.REFUSED if person.level is None else Status.GIVEN,
        level=person.level,
        contributes=person.teaches and person.level is not None,
        attested_by=Attestation.IMPORT,
        interface="import",
        notice=None if person.level is None else notice,
        at=NOON - timedelta(days=360),
    )
    house.store.write(lambda tx: record(house, tx, who, choice=choice)).result()
    told = Message(id=f"{name} told", subject=who, content=Traits(at=_before(350), values=person.told))
    messages = [told]
    for age, items in person.visits:
        messages += [
            Message(
                id=f"{name} {age} {item}",
                subject=who,
                content=Event(name="purchase", at=_before(age), properties={"item": item}),
            )
            for item in items
        ]
    collect(house, messages).result()


def _before(days: int) -> datetime:
    return NOON - timedelta(days=days)
