"""How often something may be asked for is counted by keyed names, within a time, for a bounded number of them."""

from datetime import timedelta
from hashlib import sha256

from fiel.operations.limit import Limit, Limits
from fiel.testing.clock import NOON

MINUTE = timedelta(minutes=1)
TWICE = Limit("letters", 2, 10 * MINUTE)


def named(text: str) -> bytes:
    """A name that is keyed by nothing, for a test."""
    return sha256(text.encode()).digest()


def ask(limits: Limits, who: str = "ana", *, minute: int = 0, limit: Limit = TWICE) -> bool:
    """Ask at that minute."""
    return limits.allow(limit, who, name=named, now=NOON + minute * MINUTE)


def test_so_often_within_so_long() -> None:
    """What was allowed counts until its time is over, and what was refused does not count at all."""
    limits = Limits()
    assert [ask(limits, minute=minute) for minute in (0, 5, 6, 9)] == [True, True, False, False]
    assert [ask(limits, minute=minute) for minute in (10, 11)] == [True, False]
    assert ask(limits, minute=16)


def test_everybody_and_everything_is_counted_for_itself() -> None:
    """One who asks too often takes nothing from another, nor from themselves elsewhere."""
    limits, other = Limits(), Limit("links", 2, 10 * MINUTE)
    assert [ask(limits) for _ in range(3)] == [True, True, False]
    assert ask(limits, "bea")
    assert ask(limits, limit=other)


def test_a_clock_that_goes_back_refuses_nobody_for_ever() -> None:
    """What lies in the future was never asked for."""
    limits = Limits()
    assert [ask(limits, minute=1_000) for _ in range(3)] == [True, True, False]
    assert ask(limits, minute=0)


def test_only_so_many_are_remembered_and_none_by_name() -> None:
    """The one that was quiet longest is forgotten first, and no name stands in memory as it was asked for."""
    limits = Limits(seats=3)
    for who in ("ana", "bea", "cleo", "dora"):
        assert ask(limits, who)
    assert len(limits._asked) == 3
    assert [ask(limits), ask(limits, "dora"), ask(limits, "dora")] == [True, True, False]
    assert not [key for key in limits._asked if b"ana" in key or b"dora" in key]
