"""The gate: what passes is what is declared, no finer and no older than promised; of the rest a reason is left."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.usecase import Attribute, Bound, EventKind, Grain, LegalBasis, Level, Source, UseCase, ValueType
from fiel.core.text import Value
from fiel.core.use.compartment import empty, take_in
from fiel.core.use.gate import (
    LONGEST_VALUE,
    MOST_VALUES,
    SKEW,
    Dropped,
    DropReason,
    Event,
    Kept,
    Traits,
    coarse,
    cut_event,
    cut_traits,
    read_value,
)
from tests.core import drawn
from tests.core.drawn import NOW, PROPERTIES, observing, permit

PURCHASE = EventKind(
    name="purchase",
    properties={"item": ValueType.STRING, "quantity": ValueType.INTEGER, "price": ValueType.NUMBER},
    category="pd:Purchase",
    title={},
)
GRANTED = NOW - timedelta(days=100)
moments = st.integers(-150 * 24, 1).map(lambda hours: NOW + timedelta(hours=hours))
events = st.builds(Event, name=st.sampled_from(drawn.EVENTS), at=moments, properties=drawn.properties)
purchases = st.builds(Event, name=st.just("purchase"), at=moments, properties=drawn.properties)
needed = st.frozensets(st.sampled_from(PROPERTIES))


def attribute(name: str, kind: ValueType = ValueType.STRINGS, source: Source = Source.DECLARED) -> Attribute:
    """An entry of the data dictionary."""
    return Attribute(name=name, type=kind, category="pd:Preference", source=source, title={})


def cut(
    event: Event, *, properties: frozenset[str] = frozenset({"item"}), bound: Bound | None = None
) -> Kept | Dropped:
    """The event behind the gate of a use case that needs it so, and was agreed to 100 days ago."""
    use_case = observing(properties=properties, bound=bound or Bound())
    return cut_event(event, permit(use_case, since=GRANTED), kind=PURCHASE, now=NOW)


def purchase(at: datetime = NOW, **properties: object) -> Event:
    """Somebody bought tea."""
    return Event(name="purchase", at=at, properties={"item": "tea", **properties})


def plainly(event: Event, declared: frozenset[str], bound: Bound) -> DropReason | None:
    """Why the gate should drop a purchase, told as the rules read."""
    if event.at > NOW + SKEW:
        return DropReason.MALFORMED
    if event.at < GRANTED:
        return DropReason.BEFORE_GRANT
    if bound.within is not None and bound.or_visits == 0:
        oldest = NOW.date() - bound.within
        if coarse(event.at.date(), bound.grain) <= oldest:
            return DropReason.STALE
    return None if declared <= event.properties.keys() else DropReason.MALFORMED


@given(purchases, needed, drawn.bounds)
def test_nothing_undeclared_passes(event: Event, declared: frozenset[str], bound: Bound) -> None:
    """What is kept has the declared properties and no other, as they came in; of what is dropped a reason is left."""
    answer = cut(event, properties=declared, bound=bound)
    why = plainly(event, declared, bound)
    if isinstance(answer, Kept):
        assert why is None
        assert answer.happened is not None
        assert answer.happened.name == "purchase"
        assert list(answer.happened.properties.items()) == [(name, event.properties[name]) for name in sorted(declared)]
        assert answer.facts == ()
    else:
        assert answer == Dropped(why) if why else False


@given(purchases, needed, drawn.bounds)
def test_cutting_again_changes_nothing(event: Event, declared: frozenset[str], bound: Bound) -> None:
    """The gate is idempotent: what passed passes again as it is."""
    answer = cut(event, properties=declared, bound=bound)
    if isinstance(answer, Kept) and answer.happened is not None:
        again = replace(event, properties=answer.happened.properties)
        assert cut(again, properties=declared, bound=bound) == answer


@given(drawn.grains, moments)
def test_a_time_is_kept_no_finer_than_declared(grain: Grain, at: datetime) -> None:
    """The day that is kept is the first of its day, week or month, so it tells nothing more."""
    answer = cut(replace(purchase(), at=at), bound=Bound(grain=grain))
    if isinstance(answer, Kept) and answer.happened is not None:
        assert answer.happened.on == coarse(at.date(), grain)
        assert answer.happened.day == at.date()
        assert not isinstance(answer.happened.on, datetime)


@given(st.dates(), drawn.grains)
def test_coarse_days_are_rounded_down(day: date, grain: Grain) -> None:
    """A coarser day is never later, so that nothing is held longer; and rounding twice is rounding once."""
    first = coarse(day, grain)
    assert first <= day
    assert coarse(first, grain) == first
    assert (day - first).days < {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 31}[grain]
    assert {Grain.DAY: True, Grain.WEEK: first.weekday() == 0, Grain.MONTH: first.day == 1}[grain]


@given(drawn.bounds, st.integers(0, 400), st.sampled_from((0, 1, 13, 23)))
def test_what_is_called_kept_is_held(bound: Bound, days_ago: int, hour: int) -> None:
    """An event passes exactly if the compartment of that moment holds it, as far as its age alone decides."""
    by_age = replace(bound, or_visits=0, keep=None)
    use_case = observing(bound=by_age, history=True)
    at = NOW.replace(hour=hour) - timedelta(days=days_ago)
    leave = permit(use_case, since=GRANTED)
    answer = cut_event(replace(purchase(), at=min(at, NOW)), leave, kind=PURCHASE, now=NOW)
    if isinstance(answer, Kept):
        assert take_in(empty(NOW.date()), answer, terms=leave.terms, message=b"1", now=NOW).events
    else:
        assert answer == Dropped(DropReason.STALE)
        assert by_age.within is not None
        assert coarse(min(at, NOW).date(), by_age.grain) <= (NOW - by_age.within).date()


def test_its_limits_are_these() -> None:
    """Ten minutes of clocks that differ, 1,024 characters of one value, 100 values of one list."""
    assert (timedelta(minutes=10), 1_024, 100) == (SKEW, LONGEST_VALUE, MOST_VALUES)


def test_where_no_choice_was_needed_there_is_no_before() -> None:
    """A permit that rests on no choice has no beginning, so nothing is from before it."""
    use_case = replace(observing(), basis=LegalBasis.CONTRACT)
    leave = permit(use_case)
    assert leave.since is None
    event = purchase(NOW - timedelta(days=3650))
    assert isinstance(cut_event(event, leave, kind=PURCHASE, now=NOW), Kept)


def test_an_event_that_no_permit_names_is_dropped() -> None:
    """An event of a kind that the use case does not need, or not up to this level, has no permit."""
    view = Event(name="view", at=NOW, properties={"item": "tea"})
    assert cut(view) == Dropped(DropReason.NO_PERMIT)
    lower = permit(observing(), level=Level.DECLARED)
    assert cut_event(purchase(), lower, kind=PURCHASE, now=NOW) == Dropped(DropReason.NO_PERMIT)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (NOW + SKEW, None),
        (NOW + SKEW + timedelta(microseconds=1), DropReason.MALFORMED),
        (GRANTED, None),
        (GRANTED - timedelta(microseconds=1), DropReason.BEFORE_GRANT),
    ],
)
def test_an_event_has_its_time(at: datetime, why: DropReason | None) -> None:
    """Nothing from before the grant, to the microsecond, nor from further ahead than clocks may differ."""
    answer = cut(purchase(at))
    assert answer.why is why if isinstance(answer, Dropped) else why is None
    told = cut_traits(
        Traits(at=at, values={"likes": ["tea"]}),
        permit(observing(), since=GRANTED),
        attributes={"likes": attribute("likes")},
        now=NOW,
    )
    assert told.why is why if isinstance(told, Dropped) else why is None


def test_history_lets_in_what_was_before_the_grant() -> None:
    """Where the person agreed to their history, what happened before may enter."""
    leave = permit(observing(history=True), since=GRANTED)
    early = GRANTED - timedelta(days=30)
    assert isinstance(cut_event(purchase(early), leave, kind=PURCHASE, now=NOW), Kept)
    told = Traits(at=early, values={"likes": ["tea"]})
    assert isinstance(cut_traits(told, leave, attributes={"likes": attribute("likes")}, now=NOW), Kept)


@pytest.mark.parametrize(
    ("bound", "days_ago", "stale"),
    [
        (Bound(within=timedelta(days=30)), 29, False),
        (Bound(within=timedelta(days=30)), 30, True),
        (Bound(within=timedelta(days=30), or_visits=1), 31, False),
        (Bound(within=None), 99, False),
        (Bound(within=timedelta(days=29), grain=Grain.MONTH), 1, False),  # the 1st of March, as which it is kept
        (Bound(within=timedelta(days=29), grain=Grain.MONTH), 2, True),  # kept as the 1st of February, 29 days ago
        (Bound(within=timedelta(days=30), grain=Grain.MONTH), 2, False),
        (Bound(within=timedelta(days=8), grain=Grain.WEEK), 7, False),  # a Monday
        (Bound(within=timedelta(days=8), grain=Grain.WEEK), 8, True),  # kept as a Monday, 14 days ago
    ],
)
def test_what_is_too_old_is_stale(bound: Bound, days_ago: int, stale: bool) -> None:  # noqa: FBT001 - a table
    """An event older than its bound is dropped, unless it may yet belong to one of the last visits."""
    answer = cut(purchase(NOW - timedelta(days=days_ago)), bound=bound)
    assert (answer == Dropped(DropReason.STALE)) == stale


def test_a_day_is_that_of_the_universal_time() -> None:
    """An event's day does not hang on the sender's zone: late on Saturday in Lima is Sunday."""
    answer = cut(purchase(datetime(2026, 2, 28, 23, 30, tzinfo=timezone(timedelta(hours=-5)))))
    assert isinstance(answer, Kept)
    assert answer.happened is not None
    assert (answer.happened.day, answer.happened.on) == (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize("value", [None, 7, True, "", ["tea"], {"a": 1}, b"tea", "x" * (LONGEST_VALUE + 1)])
def test_a_property_of_another_type_spoils_the_event(value: object) -> None:
    """A declared property that is missing or not of its type drops the event whole: half of it says something else."""
    assert cut(purchase(item=value)) == Dropped(DropReason.MALFORMED)


def test_a_list_is_no_property() -> None:
    """What one property of an event holds is one value."""
    kind = replace(PURCHASE, properties={"item": ValueType.STRINGS})
    leave = permit(observing(), since=GRANTED)
    assert cut_event(purchase(item=["tea"]), leave, kind=kind, now=NOW) == Dropped(DropReason.MALFORMED)


def test_what_is_dropped_is_not_carried_on() -> None:
    """A drop has room for its reason and for nothing of what came in."""
    assert [field.name for field in fields(Dropped)] == ["why"]


NEVER: tuple[object, ...] = (None, [], {}, b"x", object(), float("nan"), float("inf"), [1], ["a", 2], [""], {"a"})


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            ValueType.STRING,
            {"a": "a", "x" * LONGEST_VALUE: "x" * LONGEST_VALUE},
            ("", 1, True, "x" * (LONGEST_VALUE + 1)),
        ),
        (ValueType.INTEGER, {0: 0, -(2**53) + 1: -(2**53) + 1}, (2**53, -(2**53), 1.0, True, "1")),
        (ValueType.NUMBER, {1: 1.0, -0.5: -0.5, 2**53 - 1: float(2**53 - 1)}, (2**53, -1e300, False, "1.0")),
        (ValueType.BOOLEAN, {True: True, False: False}, (0, 1, "true")),
        (
            ValueType.DATE,
            {"2026-03-02": "2026-03-02", "20260302": "2026-03-02"},
            ("2026-02-30", "yesterday", "", date(2026, 3, 2), "2026-03-02T00:00:00Z", True, "2" * 2000),
        ),
        (
            ValueType.STRINGS,
            {("a", "b"): ("a", "b"), (): (), ("x",) * MOST_VALUES: ("x",) * MOST_VALUES, ("x" * LONGEST_VALUE,): None},
            ("a", ("a", ""), ("a", 1), ("x",) * (MOST_VALUES + 1), ("x" * (LONGEST_VALUE + 1),), 1, True),
        ),
    ],
)
def test_a_value_is_read_as_its_type_or_not_at_all(
    kind: ValueType, good: Mapping[Value, Value | None], bad: tuple[object, ...]
) -> None:
    """Each type takes its own values up to their limits, and none of another type, however alike it looks."""
    for raw, expected in good.items():
        value = read_value(raw, kind)
        assert value == (raw if expected is None else expected)
        assert type(value) is type(raw if expected is None else expected)
    for unfit in (*bad, *NEVER):
        assert read_value(unfit, kind) is None or (unfit == [] and kind is ValueType.STRINGS)


def test_a_list_becomes_a_value() -> None:
    """What came in as a list is held as a tuple, in its order."""
    assert read_value(["b", "a"], ValueType.STRINGS) == ("b", "a")


def test_only_permitted_attributes_pass() -> None:
    """Of what a person tells, the attributes of the use case pass, each with its source and the day it was told."""
    leave = permit(observing(attributes=frozenset({"likes", "age"})), since=GRANTED)
    attributes = {
        "likes": attribute("likes"),
        "age": attribute("age", ValueType.INTEGER, Source.ACQUIRED),
        "income": attribute("income", ValueType.INTEGER),
    }
    at = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-1)))
    told = Traits(at=at, values={"likes": ["tea"], "age": 44, "income": 9, "religion": "canary"})
    answer = cut_traits(told, leave, attributes=attributes, now=NOW)
    assert isinstance(answer, Kept)
    assert answer.happened is None
    assert [(fact.name, fact.value, fact.source, fact.on) for fact in answer.facts] == [
        ("age", 44, Source.ACQUIRED, date(2026, 3, 2)),
        ("likes", ("tea",), Source.DECLARED, date(2026, 3, 2)),
    ]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, DropReason.UNDECLARED),
        ({"religion": "canary"}, DropReason.UNDECLARED),
        ({"likes": 7}, DropReason.MALFORMED),
        ({"likes": ["tea"], "age": "44"}, DropReason.MALFORMED),
    ],
)
def test_what_is_told_amiss_is_dropped_whole(values: Mapping[str, object], why: DropReason) -> None:
    """Telling nothing that is needed is undeclared; one attribute of another type drops all that was told with it."""
    leave = permit(observing(attributes=frozenset({"likes", "age"})), since=GRANTED)
    attributes = {"likes": attribute("likes"), "age": attribute("age", ValueType.INTEGER)}
    assert cut_traits(Traits(at=NOW, values=values), leave, attributes=attributes, now=NOW) == Dropped(why)


@given(drawn.use_cases(), events)
def test_the_gate_of_any_use_case_lets_through_what_it_needs(use_case: UseCase, event: Event) -> None:
    """Whatever a use case needs, no event passes that is not among its needs, nor with other properties."""
    leave = permit(use_case, since=GRANTED)
    answer = cut_event(event, leave, kind=PURCHASE, now=NOW)
    needs = leave.terms.minimum.events
    if isinstance(answer, Kept):
        assert answer.happened is not None
        assert answer.happened.properties.keys() == needs[event.name].properties
        assert event.at >= GRANTED or leave.terms.minimum.history
    else:
        assert (answer.why is DropReason.NO_PERMIT) == (event.name not in needs)
