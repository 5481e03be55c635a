"""Learning and forgetting on a real file under real keys: what a person who teaches costs, and one who leaves."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from bench.figures import Figure, Step
from fiel.bootstrap import open_fiel
from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, ItemId
from fiel.core.items import Item
from fiel.core.promise.usecase import Bound, Learning, Level, Promise
from fiel.core.use.gate import Event
from fiel.operations.add_up import add_up
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.house import House
from fiel.operations.learn import ENOUGH, learn
from fiel.operations.publish import publish
from fiel.operations.show import show_choices
from fiel.operations.stock import stock
from fiel.operations.teach import forget
from fiel.operations.weigh import meet_person, place_of
from fiel.ports import Transaction
from fiel.settings import Settings
from tests.laws.world import BOTH, PICKS, a_promise

PEOPLE = 400
FEW = ENOUGH - 1
"""People after whom no model is fitted yet: what is measured is what they add."""

ITEMS = tuple(ItemId(f"item {number}") for number in range(3_659))
CAP = 50
ROUNDS = 25


def figures() -> Iterator[Figure]:
    """400 people, each of whom teaches 50 of 3,659 items to `popular` and `similar_items`: 1,325 cells a person."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.of(Path(folder), data=Path(folder) / "data")
        with open_fiel(settings) as opened, (Path(folder) / "probe").open("ab") as probe:
            people = [Identifier(IdentifierKind.USER, f"person {number}") for number in range(PEOPLE)]
            _open(opened.house)
            yield _learnt(opened.house, people[:FEW])
            _teach(opened.house, people[FEW:])
            learn(opened.house)
            yield from _forgotten(opened.house, people, sync=partial(_sync, probe.fileno()))


def _learnt(house: House, people: list[Identifier]) -> Figure:
    _teach(house, people)
    ours, theirs = _seconds(lambda: learn(house)), _adding_up(house)
    what = f"learn {CAP} items of a person"
    ours, theirs = ours / len(people) * 1e6, theirs / len(people) * 1e6
    return Figure(what=what, fiel=ours, peer=theirs, peer_name="adding up, nothing written", unit="µs")


def _forgotten(house: House, people: list[Identifier], *, sync: Step) -> Iterator[Figure]:
    again = _adding_up(house)
    rounds = [(_seconds(partial(_leave, house, who)), _seconds(sync)) for who in people[:ROUNDS]]
    ours, theirs = (median(side) * 1e6 for side in zip(*rounds, strict=True))
    what = f"forget {CAP} items, durable"
    yield Figure(what=what, fiel=ours, peer=theirs, peer_name="one synced append", unit="µs")
    yield Figure(what=what, fiel=ours, peer=again * 1e6, peer_name=f"adding up {PEOPLE} people", unit="µs")


def _adding_up(house: House) -> float:
    with house.store.read() as tx:
        case = house.shelf.now(tx).promise.use_cases[PICKS]
        return median(_seconds(lambda: add_up(house, tx, case)) for _ in range(3))


def _leave(house: House, who: Identifier) -> None:
    def act(tx: Transaction) -> bool:
        case = house.shelf.now(tx).promise.use_cases[PICKS]
        place = place_of(house, meet_person(house, tx, who), case)
        return forget(house, tx, place, use_case=case, now=house.clock.now())

    assert house.store.write(act).result()  # noqa: S101 - somebody who had taught nothing would be no figure


def _open(house: House) -> None:
    publish(house, _promise(), approved_by=("one",)).result()
    stock(house, [Item(id=item, title=BOTH) for item in ITEMS]).result()


def _teach(house: House, people: list[Identifier]) -> None:
    notice, chance = show_choices(house, people[0])[0].notice, Random(len(people))  # noqa: S311 - made-up purchases
    yes = Choice(
        use_case=PICKS,
        status=Status.GIVEN,
        attested_by=Attestation.PERSON,
        interface="bench",
        level=Level.OBSERVED,
        contributes=True,
        notice=notice,
    )
    for who in people:
        choose(house, who, yes).result()
        bought = [
            Event(name="purchase", at=house.clock.now(), properties={"item": item, "quantity": 1})
            for item in chance.sample(ITEMS, CAP)
        ]
        messages = [Message(id=f"{place}", subject=who, content=event) for place, event in enumerate(bought)]
        collect(house, messages).result()


def _promise() -> Promise:
    promise = a_promise("base")
    case = promise.use_cases[PICKS]
    bound = Bound(within=timedelta(days=90), keep=2 * CAP)
    rungs = tuple(
        replace(rung, events=tuple(replace(need, bound=bound) for need in rung.events)) for rung in case.rungs
    )
    case = replace(case, rungs=tuple(rungs), learn=Learning(why=BOTH, cap=CAP))
    return replace(promise, use_cases={**promise.use_cases, PICKS: case})


def _sync(descriptor: int) -> None:
    os.write(descriptor, b"x" * 256)
    os.fdatasync(descriptor)


def _seconds(step: Step) -> float:
    start = perf_counter()
    step()
    return perf_counter() - start
