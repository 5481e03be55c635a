"""A decision is weighed again when it is recorded and when it leaves: against the person and against the promise."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

import pytest

from fiel.core.consent.choice import Status
from fiel.core.errors import Unavailable, Unknown
from fiel.core.law import Signal
from fiel.core.promise.usecase import Level, Mode, Promise, Recipient
from fiel.core.use.decision import Degraded
from fiel.core.use.explanation import explain
from fiel.core.use.gate import Event
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.publish import publish
from fiel.ports import Store
from tests.laws.world import BOTH, CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, Between, Meanwhile, opened, say

ASK: Final = Ask(use_case=PICKS, subject=ANA)
OF_CARD: Final = Ask(use_case=CARD, subject=ANA, signals=frozenset({Signal.GPC}))


def a_customer() -> House:
    """A house where Ana said yes to all of `picks`, and bought a lamp."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    event = Event(name="purchase", at=house.clock.now(), properties={"item": "lamp", "quantity": 1})
    collect(house, [Message(id="1", subject=ANA, content=event)]).result()
    return house


def promise_with(version: str = "base", *, sensitive: str = "alcohol", mode: Mode = Mode.ENFORCE) -> Promise:
    """The world's promise with one thing that is otherwise."""
    promise = a_promise("base")
    cases = {PICKS: replace(picks(version), mode=mode), CARD: card()}
    return replace(promise, use_cases=cases, sensitive=frozenset({"alcohol", sensitive}))


def promise_that_shares() -> Promise:
    """The world's promise, with somebody who gets what the contract needs."""
    somebody = Recipient(name="Post", via="webhook:x", fields=frozenset({"item"}), why=BOTH, country="ES")
    promise = a_promise("base")
    return replace(promise, use_cases={PICKS: picks("base"), CARD: replace(card(), recipients=(somebody,))})


MATERIAL: Final[Mapping[str, tuple[Ask, Promise, str]]] = {
    "wider": (ASK, promise_with("wide"), "changed"),
    "narrower": (ASK, promise_with("narrow"), "permitted"),
    "on trial": (ASK, promise_with(mode=Mode.OBSERVE), "paused"),
    "more is sensitive": (ASK, promise_with(sensitive="lamp"), "permitted"),
    "somebody gets it": (OF_CARD, promise_that_shares(), "signal"),
}
"""What may be published meanwhile, and the needle's verdict under it."""


def put(house: House, promise: Promise) -> Meanwhile:
    """A publication."""
    return lambda: publish(house, promise, approved_by=("one", "two")).result()


@pytest.mark.parametrize("name", MATERIAL)
@pytest.mark.parametrize("recorded", [False, True])
def test_a_publication_in_between_withholds_the_answer(name: str, *, recorded: bool) -> None:
    """What was decided under another promise does not leave, whether it is on record already or not."""
    ask, promise, reason = MATERIAL[name]
    house = a_customer()
    publication = put(house, promise)
    if recorded:
        prepared = decide(house, ask)
        publication()
    else:
        prepared = decide(replace(house, store=cast("Store", Between(house.store, publication))), ask)
    told = prepared.release()
    outcome = told.outcome
    assert (outcome.level, outcome.degraded, outcome.reason) == (Level.NONE, Degraded.RECORD, reason)
    assert told.id == ""
    assert {reason.kind for item in told.items for reason in item.because} <= {"editorial"}


@pytest.mark.parametrize("promise", [promise_with("reworded"), promise_that_shares()])
def test_a_publication_of_something_else_withholds_nothing(promise: Promise) -> None:
    """Other words, and another use case that changed, leave an answer as it is."""
    house = a_customer()
    prepared = decide(house, ASK)
    put(house, promise)()
    assert prepared.release().outcome.level == Level.OBSERVED


def test_a_choice_in_between_withholds_the_answer() -> None:
    """The same holds for a withdrawal, as it always did."""
    house = a_customer()
    prepared = decide(house, ASK)
    say(house, ANA, Status.WITHDRAWN)
    outcome = prepared.release().outcome
    assert (outcome.level, outcome.degraded, outcome.reason) == (Level.NONE, Degraded.RECORD, "withdrawn")


def test_there_is_no_answer_for_what_is_gone() -> None:
    """A use case that was taken out of the promise meanwhile is unknown, to nobody in particular too."""
    house = a_customer()
    prepared = decide(house, ASK)
    promise = a_promise("base")
    put(house, replace(promise, use_cases={CARD: card()}))()
    with pytest.raises(Unknown):
        prepared.release()


def test_nothing_is_said_of_a_choice_that_cannot_be_read() -> None:
    """Where the store is gone when an answer is to leave, it says that, and not that nobody chose."""
    house = a_customer()
    prepared = decide(house, ASK)
    house.store.close()
    outcome = prepared.release().outcome
    assert (outcome.level, outcome.degraded) == (Level.NONE, Degraded.STORE)
    assert explain(outcome, ()).key == "none.store"
    with pytest.raises(Unavailable), house.store.read():
        raise AssertionError
