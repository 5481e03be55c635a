"""What teaches may be held to be recent, while the person's own use goes on from what is older."""

from dataclasses import replace
from datetime import timedelta

from fiel.core.consent.choice import Status
from fiel.core.promise.usecase import Learning, Level
from fiel.operations.decide import Ask, decide
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.publish import publish
from fiel.testing.clock import HandClock
from tests.laws.world import BOTH, CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, opened, say
from tests.operations.test_switch import buy, totals


def wait(house: House, days: int) -> None:
    """Time passes."""
    assert isinstance(house.clock, HandClock)
    house.clock.set(house.clock.now() + timedelta(days=days))


def test_what_grew_old_leaves_the_totals_and_not_the_person() -> None:
    """The next round of learning subtracts what is too old to teach, and the person's own use goes on from it."""
    house = opened()
    case = replace(picks("base"), learn=Learning(why=BOTH, cap=3, within=timedelta(days=40)))
    publish(house, replace(a_promise("base"), use_cases={PICKS: case, CARD: card()}), approved_by=("one",)).result()
    say(house, ANA, Status.GIVEN)
    buy(house, "cup")
    learn(house)
    assert totals(house)[0] == {("cup", ""): 1}
    wait(house, 45)
    buy(house, "bag")
    learn(house)
    assert totals(house)[0] == {("bag", ""): 1}
    told = decide(house, Ask(use_case=PICKS, subject=ANA)).release()
    assert told.outcome.level is Level.OBSERVED
    assert {item.item for item in told.items} == {"cup", "bag"}
