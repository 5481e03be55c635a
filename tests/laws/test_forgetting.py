"""T20: what was learnt equals a rebuild, by another path, from the documents of those who teach now."""

import math
from collections import Counter
from datetime import timedelta
from itertools import combinations_with_replacement
from random import Random

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.effect import upkeep
from fiel.core.ids import AreaId, Identifier, IdentifierKind, ItemId, Place
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.erase import erase
from fiel.operations.expire import expire
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.operations.show import show_choices
from fiel.stores.memory import MemoryStore
from fiel.testing.clock import HandClock
from fiel.testing.seals import MemoryNames, MemorySeals
from tests.laws.world import ITEMS, PICKS, a_house, a_promise

PEOPLE = [Identifier(IdentifierKind.USER, f"person {number}") for number in range(40)]


@pytest.mark.parametrize("steps", [250, pytest.param(5_000, marks=pytest.mark.proof)])
def test_totals_equal_a_rebuild_from_the_documents(steps: int) -> None:
    """After any history of buying, learning, narrowing, expiry, re-grants and erasure, the totals are the rebuilt."""
    clock = HandClock()
    house = a_house(MemoryStore(seals=MemorySeals()), names=MemoryNames(), clock=clock)
    chance = Random(steps)  # noqa: S311 - a seeded history, no secret
    for number in range(steps):
        _step(house, clock, chance, number=number)
        if number % 50 == 0:
            assert _totals(house) == _rebuilt(house)
    assert _totals(house) == _rebuilt(house)
    assert sum(_totals(house)[0].values()) > 0


def _step(house: House, clock: HandClock, chance: Random, *, number: int) -> None:
    who, kind = chance.choice(PEOPLE), chance.random()
    if kind < 0.25:
        _choose(house, who, Status.GIVEN, level=chance.choice((Level.OBSERVED, Level.OBSERVED, Level.DECLARED)))
    elif kind < 0.30:
        _choose(house, who, chance.choice((Status.WITHDRAWN, Status.REFUSED)))
    elif kind < 0.32:
        erase(house, who, attested_by=Attestation.PERSON).result()
    elif kind < 0.80:
        content = Event(name="purchase", at=clock.now(), properties={"item": chance.choice(ITEMS), "quantity": 1})
        collect(house, [Message(id=f"{number}", subject=who, content=content)]).result()
    elif kind < 0.90:
        learn(house)
    elif kind < 0.94:
        clock.turn(timedelta(days=chance.choice((1, 7, 35))))
    elif kind < 0.97:
        expire(house)
    else:
        publish(house, a_promise(chance.choice(("base", "narrow", "wide"))), approved_by=("one",)).result()


def _choose(house: House, who: Identifier, status: Status, *, level: Level | None = None) -> None:
    notice = next(stand.notice for stand in show_choices(house, who) if stand.use_case.id == PICKS)
    choice = Choice(
        use_case=PICKS,
        status=status,
        attested_by=Attestation.PERSON,
        interface="test",
        level=level,
        contributes=level is not None,
        notice=notice,
    )
    choose(house, who, choice).result()


def _totals(house: House) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    with house.store.read() as tx:
        return Counter(tx.totals.total(PICKS, "popular")), Counter(tx.totals.total(PICKS, "similar_items"))


def _rebuilt(house: House) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Open every document and count anew, with nothing of the algebra that the program counts with."""
    people, pairs = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    with house.store.read() as tx:
        for pseudonym in tx.compartments.places(PICKS):
            held = tx.compartments.load(upkeep(Place(area=AreaId("sales"), use_case=PICKS, pseudonym=pseudonym)))
            assert held is not None
            items: list[ItemId] = sorted(held.contributed.items)
            people.update((item, "") for item in items)
            for first, second in combinations_with_replacement(items, 2):
                pairs[first, second] += round(1_000 / math.sqrt(len(items)))
    return people, pairs
