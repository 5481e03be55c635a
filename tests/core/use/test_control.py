"""The control share as a comparison: which draws fall to it, for how long, and where it may not be at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fiel.bootstrap import load_strategies
from fiel.core.promise.change import compare, covers, meet
from fiel.core.promise.usecase import Level, Measuring, UseCase
from fiel.core.promise.version import version_of
from fiel.core.text import percentage
from fiel.core.use.control import can_do_without, is_control, month_of
from fiel.testing.builders import a_text, a_use_case

DRAWS = st.floats(0, 1, exclude_max=True)
SHARES = st.floats(0, 1)


def sharing(control: float) -> UseCase:
    """A use case with that control share."""
    return replace(a_use_case(), measure=Measuring(why=a_text("we count"), control=control))


@given(DRAWS)
def test_a_share_of_nothing_draws_nobody_and_of_everything_everybody(drawn: float) -> None:
    """At 0 % no draw falls to the share, and at 100 % each one does."""
    assert not is_control(0.0, drawn=drawn)
    assert is_control(1.0, drawn=drawn)


@given(SHARES, SHARES, DRAWS)
def test_who_is_drawn_by_a_small_share_is_drawn_by_a_larger_one(one: float, other: float, drawn: float) -> None:
    """A share that grows takes more people and lets none go."""
    small, large = sorted((one, other))
    assert is_control(large, drawn=drawn) or not is_control(small, drawn=drawn)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - given UTC
def test_a_draw_holds_for_a_calendar_month(now: datetime) -> None:
    """Every instant of a month names it by its first day, and the next day after its last one names another."""
    first = month_of(now)
    assert first == date(now.year, now.month, 1)
    following = datetime(now.year, now.month, 28, tzinfo=UTC) + timedelta(days=4)
    assert month_of(following) > first


def test_where_only_facts_are_shown_there_is_nothing_in_their_place() -> None:
    """One level whose strategy only shows facts is enough for a use case to have no control share."""
    strategies, case = load_strategies(), a_use_case()
    assert can_do_without(case, strategies)
    first, *others = case.rungs
    assert not can_do_without(replace(case, rungs=(replace(first, strategy="facts"), *others)), strategies)


@given(SHARES, SHARES)
def test_nobody_is_drawn_by_more_than_they_agreed_to(agreed: float, current: float) -> None:
    """A person's share is the smaller of what they agreed to and what is in force, and no change asks them again."""
    before, after = sharing(agreed), sharing(current)
    assert meet(before, after, level=Level.OBSERVED).control == min(agreed, current)
    assert covers(before, after, level=Level.OBSERVED)
    assert compare(before, after, level=Level.OBSERVED) == ()


def test_the_share_is_part_of_what_is_agreed_to() -> None:
    """Another share is another version; without one, a version is what it was before there were any."""
    versions = [version_of(sharing(control)) for control in (0.0, 0.02, 0.2)]
    assert len(set(versions)) == 3
    assert version_of(replace(a_use_case(), measure=None)) not in versions


def test_a_share_is_written_as_it_was_declared() -> None:
    """No digit is added and none is lost, with a comma in Spanish, and the sign does not stand alone on a line."""
    assert percentage(0.02, language="en") == "2\u00a0%"
    assert percentage(0.025, language="es") == "2,5\u00a0%"
    assert percentage(1.0, language="es") == "100\u00a0%"
