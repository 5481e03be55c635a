"""Laws of mandates: who may begin to hold something, and that upkeep only ever takes away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from fiel.core.consent.effect import upkeep
from fiel.core.errors import Conflict
from fiel.core.permit import Act
from fiel.core.use.compartment import Compartment
from fiel.core.use.lesson import NOTHING, Lesson
from fiel.ports import Mandate, Store
from fiel.testing.builders import a_compartment, a_lesson, a_permit, a_place, an_own_access
from fiel.testing.clock import NOON
from fiel.testing.stores.opening import StoreCase, done

DAY: Final = timedelta(days=1)
TODAY: Final = NOON.date()
LONG_AGO: Final = TODAY - 60 * DAY
TAUGHT: Final = Lesson.of(["tea", "cup"], month=TODAY, age=41, likes=("tea", "té"))
HELD: Final = replace(a_compartment("tea", "cup", "bag"), contributed=TAUGHT, shown=((TODAY, 2),), mark=TODAY - 9 * DAY)
"""What is there before upkeep comes."""

Change = Callable[[Compartment], Compartment]

LESS: Final[dict[str, Change]] = {
    "the same": lambda held: held,
    "no facts": lambda held: replace(held, facts={}),
    "no events": lambda held: replace(held, events=()),
    "an event fewer": lambda held: replace(held, events=held.events[1:]),
    "another event fewer": lambda held: replace(held, events=(held.events[0], held.events[2])),
    "coarser": lambda held: replace(
        held, events=tuple(replace(event, on=event.on.replace(day=1)) for event in held.events)
    ),
    "no properties": lambda held: replace(held, events=tuple(replace(event, properties={}) for event in held.events)),
    "taught less": lambda held: replace(held, contributed=a_lesson("cup")),
    "taught longer ago": lambda held: replace(held, contributed=a_lesson("tea", "cup", month=LONG_AGO)),
    "taught fewer words": lambda held: replace(held, contributed=replace(TAUGHT, facts={"likes": ("té",)})),
    "taught nothing": lambda held: replace(held, contributed=NOTHING),
    "remembers less": lambda held: replace(held, seen=held.seen[:1], mark=TODAY),
    "shown less": lambda held: replace(held, shown=()),
    "shown once": lambda held: replace(held, shown=((TODAY, 1),)),
}
MORE: Final[dict[str, Change]] = {
    "a fact": lambda held: replace(
        held, facts={**held.facts, "x": replace(held.facts["favourite_categories"], name="x")}
    ),
    "another value": lambda held: replace(
        held, facts={name: replace(fact, value="cups") for name, fact in held.facts.items()}
    ),
    "an event": lambda held: replace(held, events=(*held.events, held.events[-1])),
    "a later event": lambda held: replace(
        held, events=(replace(held.events[0], on=held.events[0].on + DAY), *held.events[1:])
    ),
    "another item": lambda held: replace(
        held, events=(*held.events[:-1], replace(held.events[-1], properties={"item": "x"}))
    ),
    "another kind": lambda held: replace(held, events=(*held.events[:-1], replace(held.events[-1], name="view"))),
    "a property": lambda held: replace(
        held, events=(*held.events[:-1], replace(held.events[-1], properties={"item": "bag", "price": 1}))
    ),
    "taught": lambda held: replace(held, contributed=a_lesson("tea", "cup", "bag")),
    "taught later": lambda held: replace(held, contributed=a_lesson("tea", month=TODAY + 31 * DAY)),
    "taught another fact": lambda held: replace(held, contributed=replace(TAUGHT, facts={"size": 41})),
    "taught another value": lambda held: replace(held, contributed=replace(TAUGHT, facts={"age": 42})),
    "taught a yes for a number": lambda held: replace(held, contributed=replace(TAUGHT, facts={"age": 41.0})),
    "taught another word": lambda held: replace(held, contributed=replace(TAUGHT, facts={"likes": ("té", "tea")})),
    "a message": lambda held: replace(held, seen=(*held.seen, (TODAY, b"12345678"))),
    "alive longer": lambda held: replace(held, alive=held.alive + DAY),
    "a visit": lambda held: replace(held, visits=held.visits + 1),
    "shown more": lambda held: replace(held, shown=((TODAY, 3),)),
    "shown another day": lambda held: replace(held, shown=((TODAY, 2), (TODAY - DAY, 1))),
    "an earlier mark": lambda held: replace(held, mark=None),
}


class MandateLaws(StoreCase):
    """Each mandate opens what it is for."""

    @pytest.mark.parametrize("mandate", [*(a_permit(act=act) for act in Act), an_own_access(), upkeep(a_place())])
    def test_every_mandate_opens_its_place(self, store: Store, mandate: Mandate) -> None:
        """What is held is loaded under a permit for each act, the person's own access, and upkeep."""
        done(store, lambda tx: tx.compartments.save(a_permit(), HELD))
        with store.read() as tx:
            assert tx.compartments.load(mandate) == HELD

    @pytest.mark.parametrize("mandate", [an_own_access(), upkeep(a_place())])
    def test_only_a_permit_begins_to_hold(self, store: Store, mandate: Mandate) -> None:
        """Where nothing is held neither the person's access nor upkeep begins to hold something."""
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.compartments.save(mandate, HELD))
        with store.read() as tx:
            assert tx.compartments.load(mandate) is None

    def test_the_person_may_correct(self, store: Store) -> None:
        """Under their own access a person may have what is held corrected."""
        done(store, lambda tx: tx.compartments.save(a_permit(), HELD))
        corrected = MORE["another value"](HELD)
        done(store, lambda tx: tx.compartments.save(an_own_access(), corrected))
        with store.read() as tx:
            assert tx.compartments.load(an_own_access()) == corrected

    @pytest.mark.parametrize("change", LESS)
    def test_upkeep_may_take_away(self, store: Store, change: str) -> None:
        """Upkeep saves what has become less, in whatever part."""
        done(store, lambda tx: tx.compartments.save(a_permit(), HELD))
        done(store, lambda tx: tx.compartments.save(upkeep(a_place()), LESS[change](HELD)))
        with store.read() as tx:
            assert tx.compartments.load(upkeep(a_place())) == LESS[change](HELD)

    @pytest.mark.parametrize("change", MORE)
    def test_upkeep_may_not_add(self, store: Store, change: str) -> None:
        """Whatever grew, in whatever part, upkeep cannot save it, and what was held stays."""
        done(store, lambda tx: tx.compartments.save(a_permit(), HELD))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.compartments.save(upkeep(a_place()), MORE[change](HELD)))
        with store.read() as tx:
            assert tx.compartments.load(upkeep(a_place())) == HELD

    def test_upkeep_may_not_bring_back(self, store: Store) -> None:
        """What upkeep took away it cannot save again."""
        done(store, lambda tx: tx.compartments.save(a_permit(), HELD))
        done(store, lambda tx: tx.compartments.save(upkeep(a_place()), replace(HELD, events=())))
        with pytest.raises(Conflict):
            done(store, lambda tx: tx.compartments.save(upkeep(a_place()), HELD))
