"""A choice, an event and a decision, in process, on real files under real keys; the yardstick is a sync of the disk."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from bench.figures import Figure, Step, beside
from fiel.bootstrap import open_fiel
from fiel.core.consent.choice import Attestation, Status
from fiel.core.ids import Identifier, IdentifierKind, Notice
from fiel.core.permit import Act
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.publish import publish
from fiel.operations.show import show_choices
from fiel.operations.stock import stock
from fiel.operations.weigh import Question, meet_person, weigh
from fiel.settings import Settings
from tests.laws.world import ITEMS, PICKS, a_promise, catalogue

PEOPLE = 200
BATCH = 100
SYNC = "one synced append"


def figures() -> Iterator[Figure]:
    """200 people who said yes to what is observed; one use case that rests on consent is interested."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.of(Path(folder), data=Path(folder) / "data")
        with open_fiel(settings) as opened, (Path(folder) / "probe").open("ab") as probe:
            house, sync = opened.house, _syncing(probe.fileno())
            people = [Identifier(IdentifierKind.USER, f"person {number}") for number in range(PEOPLE)]
            _say_yes(house, people)
            yield from _measured(house, people, sync=sync)


def _measured(house: House, people: list[Identifier], *, sync: Step) -> Iterator[Figure]:
    who, numbers, now = cycle(people), count(), house.clock.now()

    def take_in() -> object:
        return collect(house, [_purchase(next(who), next(numbers), house) for _ in range(BATCH)]).result()

    def decide_only() -> object:
        return decide(house, Ask(use_case=PICKS, subject=next(who)))

    def decide_and_record() -> object:
        return decide(house, Ask(use_case=PICKS, subject=next(who))).release()

    def check() -> None:
        with house.store.read() as tx:
            person = meet_person(house, tx, next(who))
            weigh(house, tx, person, use_case=PICKS, question=Question(act=Act.USE, now=now))

    notice = show_choices(house, people[0])[0].notice

    def say_yes_again() -> object:
        return choose(house, next(who), _yes(notice)).result()

    yield beside(f"collect {BATCH} events, durable", take_in, peer=sync, peer_name=SYNC, calls=4)
    yield beside("decide, until handed over", decide_only, peer=sync, peer_name=SYNC, calls=40)
    yield beside("decide, recorded and released", decide_and_record, peer=sync, peer_name=SYNC, calls=20)
    yield beside("the needle: person to verdict", check, peer=sync, peer_name=SYNC, calls=200)
    yield beside("a choice: entry, leaf, standing", say_yes_again, peer=sync, peer_name=SYNC, calls=20)


def _syncing(descriptor: int) -> Step:
    def sync() -> None:
        os.write(descriptor, b"x" * 256)
        os.fdatasync(descriptor)

    return sync


def _say_yes(house: House, people: list[Identifier]) -> None:
    publish(house, a_promise("base"), approved_by=("one",)).result()
    stock(house, catalogue()).result()
    notice = show_choices(house, people[0])[0].notice
    for each in people:
        choose(house, each, _yes(notice)).result()


def _yes(notice: Notice) -> Choice:
    return Choice(
        use_case=PICKS,
        status=Status.GIVEN,
        attested_by=Attestation.PERSON,
        interface="bench",
        level=Level.OBSERVED,
        notice=notice,
    )


def _purchase(who: Identifier, number: int, house: House) -> Message:
    item = ITEMS[number % len(ITEMS)]
    event = Event(name="purchase", at=house.clock.now(), properties={"item": item, "quantity": 1})
    return Message(id=f"{number}", subject=who, content=event)
