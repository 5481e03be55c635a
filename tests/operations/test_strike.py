"""One thing is struck out of what is held: it is gone, with what it taught, and does not come in again."""

from dataclasses import replace

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.errors import Conflict
from fiel.core.use.compartment import Compartment
from fiel.core.use.gate import DropReason, Event
from fiel.operations.collect import Message, collect
from fiel.operations.house import House
from fiel.operations.learn import learn
from fiel.operations.show import show_data
from fiel.operations.strike import Strike, event_row, fact_row, strike
from tests.laws.world import PICKS
from tests.operations.houses import ANA, BEA, opened, say


def a_message(house: House, item: str) -> Message:
    """A purchase of Ana's."""
    return Message(
        id=item, subject=ANA, content=Event(name="purchase", at=house.clock.now(), properties={"item": item})
    )


def a_customer() -> House:
    """A house where Ana said yes to teaching, and bought two things."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    collect(house, [a_message(house, "cup"), a_message(house, "bag")]).result()
    learn(house)
    return house


def held(house: House) -> Compartment:
    """What picks holds of Ana."""
    found = next(each.held for each in show_data(house, ANA, by=Attestation.PERSON) if each.use_case == PICKS)
    assert found is not None
    return found


def test_what_is_struck_out_is_gone_with_what_it_taught() -> None:
    """The event is no longer held, and the lesson that was added is without its item; the other stays."""
    house = a_customer()
    assert set(held(house).contributed.items) == {"cup", "bag"}
    cup = next(event for event in held(house).events if event.properties["item"] == "cup")
    assert strike(house, ANA, Strike(use_case=PICKS, row=event_row(cup))).result()
    left = held(house)
    assert [event.properties["item"] for event in left.events] == ["bag"]
    assert set(left.contributed.items) == {"bag"}


def test_of_two_that_are_alike_one_goes() -> None:
    """Two events that nothing tells apart are two: one press takes one."""
    house = a_customer()
    again = Message(id="again", subject=ANA, content=a_message(house, "cup").content)
    collect(house, [again]).result()
    row = event_row(next(event for event in held(house).events if event.properties["item"] == "cup"))
    assert strike(house, ANA, Strike(use_case=PICKS, row=row)).result()
    assert sorted(str(event.properties["item"]) for event in held(house).events) == ["bag", "cup"]


def test_it_does_not_come_in_again() -> None:
    """The message that brought it is remembered, and refused as a duplicate."""
    house = a_customer()
    message = a_message(house, "cup")
    row = event_row(next(event for event in held(house).events if event.properties["item"] == "cup"))
    strike(house, ANA, Strike(use_case=PICKS, row=row)).result()
    (fates,) = collect(house, [message]).result()
    assert [fate.why for fate in fates if fate.use_case == PICKS] == [DropReason.DUPLICATE]


def test_whatever_an_event_may_hold_can_be_named() -> None:
    """Numbers with a fraction too, and events that differ in one value have different names."""
    event = held(a_customer()).events[0]
    rows = {event_row(replace(event, properties={"price": price})) for price in (1, 1.5, 2.25, "1", True)}
    assert len(rows) == 5


@pytest.mark.parametrize("row", [fact_row("tastes"), "event:0", "", "cup"])
def test_what_is_not_there_changes_nothing(row: str) -> None:
    """A row that is not held is answered with no, and all stays."""
    house = a_customer()
    before = held(house)
    assert not strike(house, ANA, Strike(use_case=PICKS, row=row)).result()
    assert held(house) == before


def test_where_nothing_may_be_used_nothing_is_opened() -> None:
    """Of somebody who allows nothing there is nothing to strike out, and the operation says so."""
    with pytest.raises(Conflict):
        strike(a_customer(), BEA, Strike(use_case=PICKS, row="event:0")).result()
