"""After people were erased while others were served, what everybody sees is what it would be had they never come."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Final

import pytest

from fiel.core.consent.choice import Attestation
from fiel.core.promise.usecase import Level
from fiel.core.use.gate import Event
from fiel.keys.vault import Vault
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.learn import ENOUGH
from fiel.stores.sqlite import SqliteStore
from tests.laws.world import PICKS
from tests.privacy.learners import Learner, a_shop, come, learners, published

WORKERS: Final = 2


@contextmanager
def at_work(house: House, people: list[Learner]) -> Iterator[list[int]]:
    """Threads that ask for decisions and send what was bought once more, until this is left; how often each did."""
    over, done, faults = Flag(), [0] * WORKERS, list[BaseException]()

    def work(number: int) -> None:
        try:
            while not over.is_set():
                each = people[(number + done[number]) % len(people)]
                decide(house, Ask(use_case=PICKS, subject=each.who, context={"item": each.basket[0]})).release()
                again = Event(name="purchase", at=house.clock.now(), properties={"item": each.basket[0], "quantity": 1})
                collect(house, [Message(id="0", subject=each.who, content=again)]).result()
                done[number] += 1
        except BaseException as fault:  # noqa: BLE001 - told below, in the thread that waits
            faults.append(fault)

    threads = [Thread(target=work, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert faults == []


@pytest.mark.parametrize(
    ("everybody", "leaving"), [(2 * ENOUGH + 10, ENOUGH), pytest.param(300, 100, marks=pytest.mark.proof)]
)
def test_lists_are_those_of_a_shop_that_never_met_them(everybody: int, leaving: int, tmp_path: Path) -> None:
    """Erase many while others are served, learn and publish: every list and weight is the same to the last bit."""
    people = list(learners(everybody))
    gone, stay = people[:leaving], people[leaving:]
    with Vault.open(tmp_path / "root.key", tmp_path / "data", writer=True) as vault:
        store = SqliteStore.open(tmp_path / "data", seals=vault.seals, exclusive=True)
        try:
            house = a_shop(people, store=store, names=vault.names)
            come(house, people)
            before = published(house)
            with at_work(house, stay) as done:
                for each in gone:
                    erase(house, each.who, attested_by=Attestation.PERSON).result()
            assert sum(done) > 0
            after = published(house)
            served = decide(house, Ask(use_case=PICKS, subject=stay[0].who)).release()
        finally:
            store.close()
        other = a_shop(people, names=vault.names)
        come(other, stay)
        assert after is not None
        assert after != before
        assert after == published(other)
    assert served.outcome.level is Level.OBSERVED
