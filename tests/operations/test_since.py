"""From when on things may enter, and on which basis: a yes counts from itself, for what was asked, while it is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fiel.core.consent.choice import Attestation, Status, fold
from fiel.core.promise.usecase import LegalBasis, Level
from fiel.core.use.gate import DropReason, Event
from fiel.operations.choose import Choice, choose
from fiel.operations.collect import Message, collect
from fiel.operations.decide import Ask, decide
from fiel.operations.expire import DORMANT, expire
from fiel.operations.house import House
from fiel.operations.publish import publish
from fiel.operations.show import show_choices, show_data
from fiel.operations.weigh import meet_person
from fiel.testing.clock import NOON, HandClock
from tests.laws.world import CARD, PICKS, a_promise, card, picks
from tests.operations.houses import ANA, BEA, opened, say

DAY = timedelta(days=1)


def wait(house: House, days: int) -> None:
    """Time passes."""
    assert isinstance(house.clock, HandClock)
    house.clock.set(house.clock.now() + days * DAY)


def came(house: House, *, days_ago: int) -> DropReason | None:
    """What becomes, in `picks`, of a purchase that comes late."""
    event = Event(name="purchase", at=house.clock.now() - days_ago * DAY, properties={"item": "cup", "quantity": 1})
    message = Message(id=f"{house.clock.now()} {days_ago}", subject=ANA, content=event)
    (fates,) = collect(house, [message]).result()
    return next(fate.why for fate in fates if fate.use_case == PICKS)


def told(house: House) -> list[str]:
    """The statuses of Ana's entries in `picks`, oldest first; what they add up to is where she stands."""
    with house.store.read() as tx:
        person = meet_person(house, tx, ANA)
        entries = tx.choices.of(person.lookup, house.names.tag(person.sid, PICKS))
        folded = fold((each.position, each.entry) for each in entries)
    stand = next(stand for stand in show_choices(house, ANA) if stand.use_case.id == PICKS)
    assert folded == stand.standing
    return [each.entry.status.value for each in entries]


def test_who_agrees_to_more_agrees_from_then_on() -> None:
    """What happened before the wider version was agreed to does not enter by it, whatever was agreed to before."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    wait(house, 40)
    assert came(house, days_ago=10) is None
    publish(house, a_promise("wide"), approved_by=("one", "two")).result()
    say(house, ANA, Status.GIVEN)
    wait(house, 5)
    assert came(house, days_ago=10) is DropReason.BEFORE_GRANT
    assert came(house, days_ago=4) is None


def test_who_agrees_again_to_the_same_goes_on() -> None:
    """A yes that is renewed in time breaks nothing: what happened since the first may still enter."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    wait(house, 40)
    publish(house, a_promise("reworded"), approved_by=("one", "two")).result()
    say(house, ANA, Status.GIVEN)
    assert came(house, days_ago=10) is None
    assert told(house) == ["given", "given"]


@pytest.mark.parametrize("swept", [True, False])
def test_a_lapse_is_a_break(*, swept: bool) -> None:
    """After a yes that was over, a new one begins anew, whether upkeep came by in between or not."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    assert came(house, days_ago=0) is None
    wait(house, 366)
    if swept:
        expire(house)
    chosen = say(house, ANA, Status.GIVEN)
    assert told(house) == ["given", "expired", "given"]
    assert chosen.effects == (() if swept else ("shred",))
    assert PICKS not in {each.use_case for each in show_data(house, ANA, by=Attestation.PERSON) if each.held}
    assert came(house, days_ago=1) is DropReason.BEFORE_GRANT
    assert came(house, days_ago=0) is None


def test_a_yes_does_not_move_to_another_basis() -> None:
    """Who consented is not used when nobody is asked any more; it is dropped after a while, unless they say how far."""
    house = opened()
    say(house, ANA, Status.GIVEN)
    assert came(house, days_ago=0) is None
    moved = replace(picks("base"), basis=LegalBasis.CONTRACT)
    promise = replace(a_promise("base"), use_cases={PICKS: moved, CARD: card()})
    publish(house, promise, approved_by=("one", "two")).result()
    for who, reason in ((ANA, "changed"), (BEA, "permitted")):
        outcome = decide(house, Ask(use_case=PICKS, subject=who)).release().outcome
        assert (who, outcome.reason) == (who, reason)
    assert came(house, days_ago=0) is DropReason.NO_PERMIT
    expire(house)
    assert told(house) == ["given"]
    wait(house, DORMANT.days)
    expire(house)
    assert told(house) == ["given", "invalidated"]
    assert PICKS not in {each.use_case for each in show_data(house, ANA, by=Attestation.PERSON)}
    assert came(house, days_ago=0) is DropReason.NO_PERMIT
    partly = Choice(
        use_case=PICKS,
        status=Status.OBJECTED,
        level=Level.OBSERVED,
        attested_by=Attestation.PERSON,
        interface="preferences",
    )
    choose(house, ANA, partly).result()
    assert came(house, days_ago=0) is None
    assert house.clock.now() > NOON
