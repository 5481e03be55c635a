"""Counting everybody for staff: who stands where, who is reached how far, in tens, and not at will."""

from datetime import timedelta
from typing import cast

from fiel.core.consent.choice import Attestation, Status
from fiel.core.crowd import Crowd
from fiel.core.errors import Unavailable
from fiel.core.ids import Identifier, IdentifierKind
from fiel.core.promise.usecase import Level
from fiel.operations.erase import erase
from fiel.operations.house import House
from fiel.operations.publish import publish
from fiel.operations.tally import HELD_BACK, Tallies, tally
from fiel.ports import Transaction
from fiel.testing import HandClock
from tests.laws.world import CARD, PICKS, a_promise
from tests.operations.houses import lying, opened, say

LONG = 60.0


def somebody(number: int) -> Identifier:
    """One of many."""
    return Identifier(IdentifierKind.USER, f"person {number}")


def many(house: House, status: Status, people: range) -> None:
    """So many people say the same."""
    for number in people:
        say(house, somebody(number), status)


def a_crowd() -> House:
    """Thirty who said yes, twelve who said no, three who took their yes back."""
    house = opened()
    many(house, Status.GIVEN, range(33))
    many(house, Status.REFUSED, range(40, 52))
    many(house, Status.WITHDRAWN, range(30, 33))
    return house


def test_people_are_counted_where_they_stand() -> None:
    """A yes, a no and who is reached how far are counted for each use case, in tens."""
    found = tally(a_crowd()).use_cases[PICKS]
    assert (found.people, found.yes, found.no) == (Crowd(40), Crowd(30), Crowd(10))
    assert set(found.reach.values()) == {Crowd(30)}
    assert found.undecided == Crowd(0)


def test_who_is_asked_nothing_is_reached_all_the_same() -> None:
    """On a contract nobody says yes, and everybody known is reached who did not object."""
    found = tally(a_crowd()).use_cases[CARD]
    assert (found.yes, found.no, found.undecided) == (Crowd(0), Crowd(0), Crowd(40))
    assert set(found.reach.values()) == {Crowd(40)}


def test_a_wider_version_puts_the_yes_to_sleep() -> None:
    """Who agreed to less is counted as asleep, and reached by nothing, until they are asked again."""
    house = a_crowd()
    publish(house, a_promise("wide"), approved_by=("dpo",)).result()
    found = tally(house).use_cases[PICKS]
    assert (found.yes, found.asleep) == (Crowd(0), Crowd(30))
    assert set(found.reach.values()) == {Crowd(0)}


def test_a_yes_that_is_over_is_counted_as_expired() -> None:
    """When consent has lasted as long as it lasts, it is no yes any more, before any upkeep wrote it down."""
    house = a_crowd()
    cast("HandClock", house.clock).turn(timedelta(days=4_000))
    found = tally(house).use_cases[PICKS]
    assert (found.yes, found.expired) == (Crowd(0), Crowd(30))


def test_who_was_erased_is_not_counted() -> None:
    """Nothing is told of somebody of whom nothing is kept."""
    house = a_crowd()
    for number in range(12):
        erase(house, somebody(number), attested_by=Attestation.PERSON).result()
    found = tally(house).use_cases[PICKS]
    assert (found.people, found.yes) == (Crowd(30), Crowd(10))


def test_nobody_counts_twice_within_the_hour() -> None:
    """What happens meanwhile is not seen before an hour has passed: two looks must not tell whose choice it was."""
    house = a_crowd()
    tallies = Tallies(house)
    first = tallies.latest(patience=LONG)
    many(house, Status.WITHDRAWN, range(30))
    cast("HandClock", house.clock).turn(HELD_BACK / 2)
    assert tallies.latest(patience=LONG) is first
    assert first is not None
    assert first.use_cases[PICKS].yes == Crowd(30)


def test_after_an_hour_it_is_counted_anew() -> None:
    """Whoever looks after the hour has it counted again, aside, and waits for nothing."""
    house = a_crowd()
    tallies = Tallies(house)
    first = tallies.latest(patience=LONG)
    many(house, Status.WITHDRAWN, range(30))
    cast("HandClock", house.clock).turn(HELD_BACK)
    latest = tallies.latest(patience=LONG)
    while latest is first:
        latest = tallies.latest(patience=LONG)
    assert latest is not None
    assert latest.use_cases[PICKS].yes == Crowd(0)


def test_a_store_that_fails_costs_the_numbers_and_no_more() -> None:
    """Where nobody can be counted there is no tally, and the next look tries again."""

    def broken(_tx: Transaction) -> dict[str, object]:
        raise Unavailable("the disk is gone")

    failing = Tallies(lying(opened(), broken))
    assert failing.latest(patience=LONG) is None
    assert failing.latest(patience=LONG) is None


def test_levels_are_counted_from_the_furthest_back() -> None:
    """Who lets a further level be used is reached at every nearer one, so the numbers never grow along the ladder."""
    found = tally(a_crowd()).use_cases[PICKS]
    in_order = [found.reach[level] for level in sorted(found.reach)]
    assert in_order == sorted(in_order, reverse=True)
    assert Level.NONE not in found.reach
