"""A topic that a person switched off is looked at, shown, kept and taught no more, in one use case that they allow."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import cast

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict, Malformed, Unknown
from fiel.core.ids import Identifier, ItemId, UseCaseId
from fiel.core.promise.usecase import Level
from fiel.core.use.compartment import MOST_TOPICS, Compartment, empty, switched
from fiel.core.use.decision import Degraded
from fiel.core.use.explanation import Decision
from fiel.core.use.gate import DropReason, Event
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.erase import erase
from fiel.operations.expire import expire
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.show import show_data, show_topics
from fiel.operations.stock import stock
from fiel.operations.switch import Switch, Topics, switch
from fiel.ports import Store
from fiel.testing.builders.use import an_item
from fiel.testing.clock import NOON, HandClock
from tests.laws.world import CARD, PICKS, catalogue
from tests.operations.houses import ANA, BEA, Between, opened, say

BOUGHT = ("cup", "bag", "candle")
NUMBERS = count()


def a_customer(who: Identifier = ANA, house: House | None = None) -> House:
    """A house where somebody said yes to all of `picks` and to teaching, and bought three things."""
    house = house or opened()
    say(house, who, Status.GIVEN)
    for item in BOUGHT:
        buy(house, item, who=who)
    learn(house)
    return house


def buy(house: House, item: str, *, who: Identifier = ANA) -> dict[str, DropReason | None]:
    """A purchase comes in; what became of it in each use case."""
    event = Event(name="purchase", at=house.clock.now(), properties={"item": item, "quantity": 1})
    message = Message(id=f"{item} {next(NUMBERS)}", subject=who, content=event)
    (fates,) = collect(house, [message]).result()
    return {fate.use_case: fate.why for fate in fates}


def off(house: House, topic: str, *, who: Identifier = ANA, use_case: UseCaseId = PICKS, on: bool = False) -> Topics:
    """Somebody switches a topic off, or on again."""
    return switch(house, who, Switch(use_case=use_case, topic=topic, off=not on)).result()


def held(house: House, use_case: UseCaseId = PICKS, who: Identifier = ANA) -> Compartment | None:
    """What a use case holds of somebody."""
    data = {each.use_case: each.held for each in show_data(house, who, by=Attestation.PERSON)}
    return data.get(use_case)


def items(compartment: Compartment | None) -> list[str]:
    """The items that the events held are about."""
    return [str(event.properties["item"]) for event in compartment.events] if compartment else []


def decided(house: House, use_case: UseCaseId = PICKS, who: Identifier = ANA) -> Decision:
    """A decision that left."""
    prepared = decide(house, Ask(use_case=use_case, subject=who))
    if prepared.ticket is not None:
        prepared.ticket.result()
    return prepared.release()


def words(decision: Decision) -> set[str]:
    """The items of a decision and those that weighed for them."""
    shown = {str(scored.item) for scored in decision.items}
    return shown | {str(reason.value) for scored in decision.items for reason in scored.because}


def totals(house: House) -> tuple[dict[tuple[str, str], int], ...]:
    """What was learnt from all."""
    with house.store.read() as tx:
        return tuple(dict(tx.totals.total(PICKS, name)) for name in ("popular", "similar_items"))


def test_it_is_off_at_the_next_decision() -> None:
    """Nothing of the topic is shown or weighs any more, and all else is as it was."""
    house = a_customer()
    before = decided(house)
    assert before.outcome.level is Level.OBSERVED
    assert "bag" in words(before)
    assert off(house, "bag").off == ("bag",)
    after = decided(house)
    assert after.outcome.level is Level.OBSERVED
    assert words(after) == words(before) - {"bag"}


def test_what_is_held_and_taught_of_it_goes_at_once() -> None:
    """What the use case held of the topic is gone, and the totals are those of somebody who never had it."""
    house, other = a_customer(), opened()
    say(other, ANA, Status.GIVEN)
    buy(other, "cup")
    buy(other, "candle")
    learn(other)
    off(house, "bag")
    assert items(held(house)) == ["cup", "candle"]
    assert totals(house) == totals(other)
    learn(house)
    assert totals(house) == totals(other)


def test_it_is_off_in_one_use_case_and_for_one_person() -> None:
    """Use cases stay apart: what is off in one is not off in another, nor for anybody else."""
    house = a_customer(BEA, a_customer())
    off(house, "bag")
    assert "bag" in items(held(house, CARD))
    assert "bag" in items(held(house, PICKS, BEA))
    assert "bag" in words(decided(house, PICKS, BEA))
    assert show_topics(house, ANA, CARD, by=Attestation.PERSON).off == ()


def test_nothing_of_it_is_taken_in() -> None:
    """What is not looked at is not collected either, and what is not off still is."""
    house = a_customer()
    off(house, "bag")
    assert buy(house, "bag") == {PICKS: DropReason.NO_PERMIT, CARD: None}
    assert buy(house, "lamp") == {PICKS: None, CARD: None}


def test_what_no_shelf_knows_is_not_taken_in_either() -> None:
    """An item that the catalogue does not know may be of a topic that is off: unknown means no."""
    house = a_customer()
    assert buy(house, "ghost")[PICKS] is None
    off(house, "bag")
    assert items(held(house)) == ["cup", "candle"]
    assert buy(house, "ghost")[PICKS] is DropReason.NO_PERMIT


def test_on_again_brings_nothing_back() -> None:
    """Switched on again, a topic is taken in from then on, and what went stays gone."""
    house = a_customer()
    off(house, "bag")
    assert off(house, "bag", on=True).off == ()
    assert items(held(house)) == ["cup", "candle"]
    assert buy(house, "bag")[PICKS] is None
    assert "bag" in words(decided(house))


def test_a_topic_that_comes_to_an_item_later_counts() -> None:
    """An item that is put into a topic which is off is not used at the next decision, and upkeep takes it away."""
    house = a_customer()
    off(house, "bag")
    stock(house, [replace(an_item("cup", groups=("cup", "bag")), title=catalogue()[0].title)]).result()
    assert "cup" not in words(decided(house))
    assert expire(house).narrowed == 1
    assert items(held(house)) == ["candle"]


def test_a_withdrawal_ends_it() -> None:
    """It goes with all that is held, and who says yes again begins anew."""
    house = a_customer()
    off(house, "bag")
    say(house, ANA, Status.WITHDRAWN)
    assert held(house) is None
    say(house, ANA, Status.GIVEN)
    assert show_topics(house, ANA, PICKS, by=Attestation.PERSON).off == ()


def test_upkeep_leaves_it() -> None:
    """Time takes away what grew old, and never switches a topic on."""
    house = a_customer()
    off(house, "bag")
    assert isinstance(house.clock, HandClock)
    house.clock.set(NOON + timedelta(days=150))
    expire(house)
    assert items(held(house)) == ["cup", "candle"]
    assert show_topics(house, ANA, PICKS, by=Attestation.PERSON).off == ("bag",)


@pytest.mark.parametrize("status", [Status.REFUSED, Status.WITHDRAWN, None])
def test_where_nothing_is_used_there_is_nothing_to_switch(status: Status | None) -> None:
    """Who did not say yes is told so, and nothing is kept of them for having asked."""
    house = opened()
    if status is Status.WITHDRAWN:
        say(house, ANA, Status.GIVEN)
    if status is not None:
        say(house, ANA, status)
    with pytest.raises(Conflict):
        off(house, "bag")
    assert held(house) is None


def test_what_is_no_topic_is_refused() -> None:
    """A word that no item has is told to be none, and one more than can be off changes nothing."""
    house = a_customer()
    with pytest.raises(Unknown):
        off(house, "kitchen")
    with pytest.raises(Unknown):
        off(house, "bag", use_case=UseCaseId("nothing"))
    full = empty(NOON.date())
    for number in range(MOST_TOPICS):
        full = switched(full, f"topic {number:03}", off=True, today=NOON.date())
    assert switched(full, "topic 007", off=True, today=NOON.date()) == full
    with pytest.raises(Malformed):
        switched(full, "one more", off=True, today=NOON.date())
    assert len(switched(full, "topic 007", off=False, today=NOON.date()).off) == MOST_TOPICS - 1


def test_where_nobody_is_asked_it_works_too() -> None:
    """On a contract, somebody of whom nothing was kept can say so before anything is; an erasure ends it."""
    house = opened()
    assert off(house, "bag", use_case=CARD).off == ("bag",)
    assert buy(house, "bag")[CARD] is DropReason.NO_PERMIT
    assert buy(house, "cup")[CARD] is None
    assert items(held(house, CARD)) == ["cup"]
    erase(house, ANA, attested_by=Attestation.PERSON).result()
    assert held(house, CARD) is None


def test_an_answer_on_its_way_is_held_back() -> None:
    """What was decided with the topic on, and is not on record when it is switched off, does not leave."""
    house = a_customer()
    meanwhile = cast("Store", Between(house.store, lambda: off(house, "bag")))
    assert decided(replace(house, store=meanwhile)).outcome.degraded is Degraded.RECORD
    meanwhile = cast("Store", Between(house.store, lambda: off(house, "lamp", use_case=CARD)))
    assert decided(replace(house, store=meanwhile)).outcome.degraded is None


def test_all_topics_are_told() -> None:
    """The groups of the catalogue are the topics, whoever asks."""
    house = opened()
    assert show_topics(house, ANA, PICKS, by=Attestation.PERSON) == Topics(
        all=("alcohol", "bag", "candle", "cup", "frame", "lamp"), off=()
    )
    assert ItemId("bag") in {item.id for item in catalogue()}
