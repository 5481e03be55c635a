"""The compartment: never more than its bounds, never a message twice, and all else only takes away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import ItemId
from fiel.core.items import Withheld
from fiel.core.permit import Permit
from fiel.core.promise.change import Terms, meet
from fiel.core.promise.usecase import Attention, Bound, EventKind, Grain, Source, UseCase, ValueType
from fiel.core.text import Value
from fiel.core.use.compartment import (
    MOST_OF_ONE_MONTH,
    REMEMBERED,
    Compartment,
    Held,
    empty,
    expire,
    had_enough,
    is_out_of_date,
    lesson_of,
    narrow,
    refused_again,
    shown_again,
    still_held,
    take_in,
    taught,
)
from fiel.core.use.gate import Dropped, Event, Fact, Happened, Kept, coarse, cut_event
from fiel.core.use.lesson import NOTHING, Lesson
from fiel.testing.builders import a_lesson, an_item
from tests.core import drawn
from tests.core.drawn import NOW, TODAY, observing, on, permit

KIND = EventKind(
    name="purchase",
    properties={"item": ValueType.STRING, "quantity": ValueType.INTEGER, "price": ValueType.NUMBER},
    category="pd:Purchase",
    title={},
)
happenings = st.builds(
    lambda name, days_ago, item: (name, on(days_ago), item),
    st.sampled_from(drawn.EVENTS),
    st.integers(0, 200),
    st.sampled_from(("tea", "cup", "rice")),
)
histories = st.lists(happenings, max_size=30)
Happening = tuple[str, date, str]


def terms(bound: Bound | None = None, *, events: tuple[str, ...] = drawn.EVENTS) -> Terms:
    """What an agreement to these events in this bound allows."""
    use_case = observing(bound=bound or Bound(), events=events)
    return meet(use_case, use_case, level=use_case.highest)


def lesson(held: Compartment, *, days: int | None = None, now: datetime = NOW) -> Lesson:
    """What a compartment teaches of the last `days`, where nothing is withheld and nearly everything may teach."""
    age = None if days is None else timedelta(days=days)
    return lesson_of(held, terms=replace(terms(), cap=99, lessons_within=age), withheld=Withheld(), now=now)


def month(day: date) -> date:
    """The first day of its month."""
    return coarse(day, Grain.MONTH)


def kept(name: str, day: date, item: str, *, grain: Grain = Grain.DAY) -> Kept:
    """What the gate let through."""
    return Kept(happened=Happened(name=name, on=coarse(day, grain), day=day, properties={"item": item}))


def lived(history: Sequence[Happening], bound: Bound | None = None, *, at: datetime = NOW) -> Compartment:
    """The compartment after these came in, each as a message of its own."""
    held, allowed = empty(at.date()), terms(bound)
    for number, (name, day, item) in enumerate(history):
        through = kept(name, day, item, grain=(bound or Bound()).grain)
        held = take_in(held, through, terms=allowed, message=bytes([number]), now=at)
    return held


def told(name: str, value: str, days_ago: int) -> Kept:
    """A fact that the gate let through."""
    return Kept(facts=(Fact(name=name, value=value, source=Source.DECLARED, on=on(days_ago)),))


def excess(held: Compartment, bound: Bound, *, now: datetime) -> list[Held]:
    """The events that the bound does not allow, told as it reads."""
    found: list[Held] = []
    for name in {event.name for event in held.events}:
        of_kind = [event for event in held.events if event.name == name]
        if bound.keep is not None:
            found += of_kind[: -bound.keep]
        if bound.within is not None:
            last = set(range(held.visits - bound.or_visits + 1, held.visits + 1))
            old = (now - bound.within).date()
            found += [event for event in of_kind if event.on <= old and event.visit not in last]
    return found


@given(histories, drawn.bounds, st.integers(0, 200))
def test_no_bound_is_exceeded_at_any_time(history: list[Happening], bound: Bound, later: int) -> None:
    """After any events, and at any later time once aged, nothing is held that the bound does not allow."""
    held = lived(history, bound)
    assert excess(held, bound, now=NOW) == []
    future = NOW + timedelta(days=later)
    assert excess(expire(held, terms=terms(bound), now=future), bound, now=future) == []


@given(histories, drawn.bounds, st.integers(0, 200))
def test_ageing_only_takes_away(history: list[Happening], bound: Bound, later: int) -> None:
    """What is left after ageing stands in the order in which it stood, and ageing twice is ageing once."""
    allowed, future = terms(bound), NOW + timedelta(days=later)
    held = lived(history, replace(bound, within=None, keep=None))
    aged = expire(held, terms=allowed, now=future)
    left = iter(held.events)
    assert all(any(event is other for other in left) for event in aged.events)
    assert replace(aged, events=held.events) == held
    assert expire(aged, terms=allowed, now=future) is aged


@given(histories, drawn.bounds)
def test_only_what_the_bound_takes_is_taken(history: list[Happening], bound: Bound) -> None:
    """An event that is young or of a last visit, and among the last of its kind, is still there after ageing."""
    held = lived(history, replace(bound, within=None, keep=None))
    aged = expire(held, terms=terms(bound), now=NOW)
    for name in drawn.EVENTS:
        of_kind = [event for event in held.events if event.name == name]
        stays = [
            event
            for event in of_kind
            if bound.within is None
            or event.on > (NOW - bound.within).date()
            or held.visits - event.visit < bound.or_visits
        ]
        expected = stays if bound.keep is None else stays[-bound.keep :]
        assert [event for event in aged.events if event.name == name] == expected


@pytest.mark.parametrize(("days_ago", "stays"), [(6, True), (7, False)])
def test_an_event_ages_to_the_day(days_ago: int, stays: bool) -> None:  # noqa: FBT001 - a table
    """An event of a week's bound is there on its sixth day and gone on its seventh, at any hour."""
    week, whole = terms(Bound(within=timedelta(days=7))), lived([("purchase", on(days_ago), "tea")])
    for hour in (0, 12, 23):
        assert bool(expire(whole, terms=week, now=NOW.replace(hour=hour)).events) == stays


def test_what_is_not_in_the_terms_is_not_aged_by_them() -> None:
    """Ageing looks at the kinds of the terms; taking others away is narrowing."""
    held = lived([("view", on(150), "tea")])
    short = terms(Bound(within=timedelta(days=1)), events=("purchase",))
    assert expire(held, terms=short, now=NOW) == held
    assert narrow(held, terms=short).events == ()


@given(histories, drawn.bounds, drawn.bounds)
def test_events_stand_in_order(history: list[Happening], bound: Bound, other: Bound) -> None:
    """Whatever comes in and however it is narrowed, the oldest event comes first."""
    for held in (lived(history, bound), narrow(lived(history, bound), terms=terms(other))):
        assert all((one.on, one.visit) <= (two.on, two.visit) for one, two in pairwise(held.events))


@given(histories, drawn.bounds)
def test_nothing_is_finer_than_a_day(history: list[Happening], bound: Bound) -> None:
    """No time of day is held, of an event no finer day than its bound tells, and nothing of it but its properties."""
    held = lived(history, bound)
    for event in held.events:
        assert not isinstance(event.on, datetime)
        assert event.on == coarse(event.on, bound.grain)
        assert event.properties.keys() == {"item"}


@given(histories, drawn.bounds)
def test_exact_days_are_held_of_two_things_alone(history: list[Happening], bound: Bound) -> None:
    """Whatever came in, no exact day is left of it but the last visit's and the last sign of life's."""
    held = lived(history, replace(bound, grain=Grain.MONTH))
    assert {event.on.day for event in held.events} | {month.day for month, _ in held.seen} <= {1}
    assert held.mark is None or held.mark.day == 1
    assert held.alive == TODAY
    assert held.last_visit == max((day for _, day, _ in history), default=None)
    assert (held.facts, held.shown, held.contributed) == ({}, (), NOTHING)


countless = drawn.bounds.map(lambda bound: replace(bound, keep=None))
needs = st.tuples(countless, st.frozensets(st.sampled_from(drawn.PROPERTIES)))
Need = tuple[Bound, frozenset[str]]


def before_and_after(agreed: Need, current: Need) -> tuple[Permit, Permit]:
    """Leave by what was agreed, and by its meet with what is current. Weeks are not narrowed to months.

    The Monday of a week may lie in the month before: rounded twice, a day may be earlier than rounded once.
    """
    grain = Grain.WEEK if agreed[0].grain is Grain.WEEK and current[0].grain is Grain.MONTH else current[0].grain
    old = observing(bound=agreed[0], properties=agreed[1], events=drawn.EVENTS, history=True)
    new = observing(bound=replace(current[0], grain=grain), properties=current[1], events=drawn.EVENTS, history=True)
    return permit(old), replace(permit(old), terms=meet(old, new, level=old.highest))


def through(name: str, day: date, item: str, *, leave: Permit) -> Kept | Dropped:
    """What the gate makes of an event with everything in it."""
    at = datetime(day.year, day.month, day.day, 6, tzinfo=NOW.tzinfo)
    event = Event(name=name, at=at, properties={"item": item, "quantity": 2, "price": 2.0})
    return cut_event(event, leave, kind=KIND, now=NOW)


@given(happenings, needs, needs)
def test_narrowing_then_cutting_is_cutting_then_narrowing(happening: Happening, agreed: Need, current: Need) -> None:
    """Whether the terms narrow before or after an event comes in, the same is held of it."""
    wide, small = before_and_after(agreed, current)
    held, other = empty(TODAY), empty(TODAY)
    first, second = through(*happening, leave=wide), through(*happening, leave=small)
    if isinstance(first, Kept):
        held = take_in(held, first, terms=wide.terms, message=b"m", now=NOW)
    if isinstance(second, Kept):
        other = take_in(other, second, terms=small.terms, message=b"m", now=NOW)
        assert isinstance(first, Kept)
    narrowed = expire(narrow(held, terms=small.terms), terms=small.terms, now=NOW)
    assert narrowed.events == other.events


@given(histories, needs, needs)
def test_a_history_narrows_to_the_same_whenever_it_narrows(
    history: list[Happening], agreed: Need, current: Need
) -> None:
    """A whole history is held the same whether its terms narrow at its end or at its beginning."""
    agreed, current = ((replace(bound, or_visits=max(bound.or_visits, 1)), kept) for bound, kept in (agreed, current))
    wide, small = before_and_after(agreed, current)
    held, other = empty(TODAY), empty(TODAY)
    for number, happening in enumerate(history):
        first, second = through(*happening, leave=wide), through(*happening, leave=small)
        assert isinstance(first, Kept)
        assert isinstance(second, Kept)
        held = take_in(held, first, terms=wide.terms, message=bytes([number]), now=NOW)
        other = take_in(other, second, terms=small.terms, message=bytes([number]), now=NOW)
    narrowed = expire(narrow(held, terms=small.terms), terms=small.terms, now=NOW)
    # Of one coarse day and visit nobody can tell any more which event was first.
    assert sorted(map(repr, narrowed.events)) == sorted(map(repr, other.events))
    assert replace(narrowed, events=()) == replace(other, events=())


@given(histories, drawn.use_cases())
def test_narrowing_only_takes_away(history: list[Happening], use_case: UseCase) -> None:
    """After narrowing no attribute, event or property is there that the terms do not name, and nothing new."""
    held = take_in(lived(history), told("likes", "tea", 3), terms=terms(), message=b"fact", now=NOW)
    held = take_in(held, told("income", "high", 3), terms=terms(), message=b"more", now=NOW)
    allowed = meet(use_case, use_case, level=use_case.highest)
    small = narrow(held, terms=allowed)
    assert small.facts.keys() == held.facts.keys() & allowed.minimum.attributes
    assert {event.name for event in small.events} == {
        event.name for event in held.events
    } & allowed.minimum.events.keys()
    for event in small.events:
        need = allowed.minimum.events[event.name]
        assert event.properties.keys() <= need.properties
        assert event.on == coarse(event.on, need.bound.grain)
    assert narrow(small, terms=allowed) == small
    assert small.last_visit == (held.last_visit if allowed.minimum.events else None)
    assert replace(small, facts=held.facts, events=held.events, last_visit=held.last_visit) == held


def test_the_day_of_a_visit_goes_with_the_last_need_of_it() -> None:
    """Where no event may be held any more neither is the day of a visit, and the next event is of a new visit."""
    held = lived([("purchase", on(9), "tea"), ("purchase", on(2), "rice")])
    bare = narrow(held, terms=terms(events=()))
    assert (bare.events, bare.last_visit, bare.visits) == ((), None, 2)
    again = take_in(bare, kept("purchase", on(2), "cup"), terms=terms(), message=b"again", now=NOW)
    assert [(event.properties["item"], event.visit) for event in again.events] == [("cup", 3)]


def test_an_event_within_the_terms_is_left_as_it_is() -> None:
    """Narrowing copies nothing that it need not change."""
    held = lived([("purchase", on(1), "tea")])
    assert narrow(held, terms=terms()).events[0] is held.events[0]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=400))
def test_a_message_is_taken_in_at_most_once(days_ago: list[int]) -> None:
    """Whatever comes after it, and however much, a message that was taken in stays known by its day."""
    held, allowed = empty(TODAY), terms(Bound(keep=1))
    taken: list[tuple[date, bytes]] = []
    for number, ago in enumerate(days_ago):
        message, day = number.to_bytes(2, "big"), on(ago)
        if not refused_again(held, message, day=day):
            held = take_in(held, kept("purchase", day, "tea"), terms=allowed, message=message, now=NOW)
            taken.append((day, message))
    assert all(refused_again(held, message, day=day) for day, message in taken)
    assert not refused_again(held, b"new", day=TODAY)
    assert len(held.seen) <= REMEMBERED or len({month for month, _ in held.seen}) == 1


def test_a_message_stays_known_when_its_terms_change() -> None:
    """A message is remembered the same under every grain, so that neither narrowing nor agreeing to more forgets it."""
    held = take_in(empty(TODAY), kept("purchase", on(9), "tea"), terms=terms(), message=b"m", now=NOW)
    monthly = terms(Bound(grain=Grain.MONTH))
    for number in range(REMEMBERED):
        through = kept("purchase", on(0), "tea", grain=Grain.MONTH)
        held = take_in(narrow(held, terms=monthly), through, terms=monthly, message=bytes([number]), now=NOW)
    assert refused_again(held, b"m", day=on(9))
    assert narrow(held, terms=monthly).seen == narrow(held, terms=terms()).seen == held.seen


def test_only_what_is_recent_teaches() -> None:
    """Where lessons have an age, no older event teaches, though it is held on; where they have none, all do."""
    held = lived([("purchase", on(40), "tea"), ("purchase", on(30), "cup"), ("purchase", on(1), "tea")])
    assert list(lesson(held).items) == ["tea", "cup"]
    assert list(lesson(held, days=30).items) == ["tea"]
    assert list(lesson(held, days=31).items) == ["tea", "cup"]
    assert lesson(held, days=30, now=NOW + timedelta(days=60)) == NOTHING


def test_whole_months_of_messages_are_let_go() -> None:
    """Beyond what is remembered the oldest months go whole, and nothing of such a month is taken in any more."""
    held, allowed = empty(TODAY), terms(Bound(keep=1))
    late_january, february, march = on(32), on(20), on(0)
    for number in range(REMEMBERED + 1):
        day = late_january if number < 2 else february if number < 5 else march
        held = take_in(held, kept("purchase", day, "tea"), terms=allowed, message=bytes([number]), now=NOW)
        assert (held.mark is None) == (number < REMEMBERED)
    assert held.mark == late_january.replace(day=1)
    assert len(held.seen) == REMEMBERED - 1
    assert refused_again(held, b"never seen", day=late_january.replace(day=31))
    assert refused_again(held, b"never seen", day=late_january - timedelta(days=31))
    assert not refused_again(held, b"never seen", day=february.replace(day=1))
    for number in range(2):
        message = bytes([200 + number])
        held = take_in(held, kept("purchase", march, "tea"), terms=allowed, message=message, now=NOW)
    assert held.mark == february.replace(day=1)
    assert {month for month, _ in held.seen} == {march.replace(day=1)}


def test_a_single_month_is_remembered_whole() -> None:
    """However many messages of one month come in, none of that month is let go and the month stays open."""
    held = empty(TODAY)
    for number in range(REMEMBERED + 9):
        through = kept("purchase", TODAY, "tea")
        held = take_in(held, through, terms=terms(Bound(keep=1)), message=number.to_bytes(2, "big"), now=NOW)
    assert len(held.seen) == REMEMBERED + 9
    assert held.mark is None
    assert not refused_again(held, b"new", day=TODAY)


def test_a_mark_never_goes_back() -> None:
    """A late month that is let go at once does not open the months after it again."""
    mark, month = on(40).replace(day=1), TODAY.replace(day=1)
    held = replace(empty(TODAY), mark=mark, seen=tuple((month, bytes([number])) for number in range(REMEMBERED)))
    held = take_in(held, kept("purchase", on(99), "tea"), terms=terms(), message=b"late", now=NOW)
    assert held.mark == mark
    assert refused_again(held, b"late", day=on(99))


def test_what_is_remembered_of_one_month_has_an_end() -> None:
    """So many messages of one month, and more of it are refused, so that nobody fills a document with it."""
    month = TODAY.replace(day=1)
    full = replace(empty(TODAY), seen=tuple((month, number.to_bytes(2, "big")) for number in range(MOST_OF_ONE_MONTH)))
    assert refused_again(full, b"one more", day=TODAY)
    assert not refused_again(full, b"one more", day=month - timedelta(days=1))
    assert not refused_again(replace(full, seen=full.seen[1:]), b"one more", day=TODAY)


def test_a_fact_is_remembered_as_a_message_too() -> None:
    """What was told is taken in once, like what happened."""
    held = take_in(empty(on(9)), told("likes", "tea", 2), terms=terms(), message=b"m", now=NOW)
    assert held.seen == ((on(2).replace(day=1), b"m"),)
    assert held.alive == TODAY
    assert held.visits == 0


def test_the_newest_fact_holds() -> None:
    """A later fact takes the place of an earlier one, also of the same day; one that comes late takes none."""
    held = take_in(empty(TODAY), told("likes", "tea", 5), terms=terms(), message=b"1", now=NOW)
    held = take_in(held, told("likes", "rice", 5), terms=terms(), message=b"2", now=NOW)
    assert held.facts["likes"].value == "rice"
    held = take_in(held, told("likes", "cups", 6), terms=terms(), message=b"3", now=NOW)
    held = take_in(held, told("age", "44", 6), terms=terms(), message=b"4", now=NOW)
    assert {name: fact.value for name, fact in held.facts.items()} == {"likes": "rice", "age": "44"}


def test_a_visit_is_a_day() -> None:
    """Events of one day are one visit; a later day opens the next; what comes late belongs to the one before."""
    held = lived([("purchase", on(9), "tea"), ("view", on(9), "cup"), ("purchase", on(2), "rice")])
    assert [(event.properties["item"], event.visit) for event in held.events] == [("tea", 1), ("cup", 1), ("rice", 2)]
    late = lived([("purchase", on(9), "tea"), ("purchase", on(2), "rice"), ("purchase", on(5), "cup")])
    assert [(event.properties["item"], event.visit) for event in late.events] == [("tea", 1), ("cup", 1), ("rice", 2)]
    assert (late.visits, late.last_visit) == (2, on(2))
    again = lived([("purchase", on(2), "rice"), ("purchase", on(5), "cup"), ("purchase", on(2), "tea")])
    assert [(event.properties["item"], event.visit) for event in again.events] == [("cup", 1), ("rice", 1), ("tea", 1)]


def test_the_last_visits_stay_however_old() -> None:
    """Who comes rarely keeps their last visit, whole, and nothing of the one before it."""
    bound = Bound(within=timedelta(days=30), or_visits=1)
    held = lived([("purchase", on(190), "tea"), ("purchase", on(99), "rice"), ("view", on(99), "cup")], bound)
    assert [event.properties["item"] for event in held.events] == ["rice", "cup"]


def test_the_clock_of_life_does_not_go_back() -> None:
    """A sign of life is the latest one, and keeps the whole as long as it was promised, to the day."""
    held = replace(empty(TODAY), alive=on(-3))
    assert take_in(held, told("likes", "tea", 0), terms=terms(), message=b"1", now=NOW).alive == on(-3)
    assert shown_again(held, attention=Attention(), today=TODAY).alive == on(-3)
    week = timedelta(days=7)
    assert not is_out_of_date(empty(on(7)), retention=week, now=NOW)
    assert is_out_of_date(empty(on(8)), retention=week, now=NOW)


def test_a_lesson_is_of_items_latest_first_and_once() -> None:
    """An item stands where it was last met, with the month of that; what is no item is left out."""
    held = lived([("purchase", on(90), "tea"), ("purchase", on(50), "rice"), ("view", on(2), "tea")])
    assert list(lesson(held).items.items()) == [("tea", month(on(2))), ("rice", month(on(50)))]
    odd = replace(held, events=(*held.events, Held(name="x", on=TODAY, visit=9, properties={"item": 7})))
    assert lesson(odd) == lesson(held)
    bare = replace(held, events=(Held(name="x", on=TODAY, visit=9, properties={}),))
    assert lesson(bare) == NOTHING


@given(histories, st.integers(0, 5))
def test_the_latest_items_teach_and_no_withheld_one(history: list[Happening], cap: int) -> None:
    """A person teaches their latest items up to the cap; withheld ones are left out and take no room."""
    held = lived(history)
    shelf = {ItemId(name): an_item(name, groups=(name,)) for name in ("tea", "cup", "rice")}
    withheld = Withheld(groups=frozenset({"rice"}), items=shelf)
    found = lesson_of(held, terms=replace(terms(), cap=cap), withheld=withheld, now=NOW)
    assert list(found.items) == [item for item in lesson(held).items if item != "rice"][:cap]


def test_what_was_taught_is_remembered_exactly() -> None:
    """What is subtracted some day is what was added: this lesson, and nothing else changes."""
    held = lived([("purchase", on(9), "tea")])
    remembered = taught(held, a_lesson("rice", "tea"))
    assert remembered.contributed == a_lesson("rice", "tea")
    assert taught(remembered, NOTHING) == held


@given(histories, histories)
def test_what_is_left_of_a_lesson_is_no_more_than_either(history: list[Happening], later: list[Happening]) -> None:
    """A lesson cut down to what is held names no item that has gone, and no month later than what is held shows."""
    whole, rest = lesson(lived(history)), narrow(lived(later), terms=terms(Bound(grain=Grain.WEEK)))
    left = still_held(rest, whole)
    assert left.items.keys() == whole.items.keys() & lesson(rest).items.keys()
    for item, when in left.items.items():
        assert when == min(whole.items[item], lesson(rest).items[item])


def said(**values: Value) -> Compartment:
    """A compartment with a purchase and these facts."""
    facts = {name: Fact(name=name, value=value, source=Source.DECLARED, on=on(3)) for name, value in values.items()}
    return replace(lived([("purchase", on(9), "cup")]), facts=facts)


def learning(*names: str) -> Terms:
    """Terms under which these facts teach."""
    return replace(terms(), cap=9, lesson_attributes=frozenset(names))


def test_only_the_facts_that_may_teach_do_and_none_without_an_item() -> None:
    """Of what somebody told us the lesson has what the terms let teach, as it is held, beside items and not alone."""
    held = said(likes=("tea", "jam"), age=41, city="Soria")
    found = lesson_of(held, terms=learning("likes", "age", "shoe"), withheld=Withheld(), now=NOW)
    assert found == Lesson.of(["cup"], month=on(9), likes=("tea", "jam"), age=41)
    bare = replace(held, events=())
    assert lesson_of(bare, terms=learning("likes"), withheld=Withheld(), now=NOW) == NOTHING
    assert lesson_of(held, terms=replace(learning("likes"), cap=None), withheld=Withheld(), now=NOW) == NOTHING


def test_no_word_for_what_is_withheld_teaches() -> None:
    """What names a sensitive group, or a topic that is off, is cleared from a lesson, and the rest of it stays."""
    held = said(likes=("tea", "wine"), first="wine")
    withheld = Withheld(groups=frozenset({"wine"}), items={ItemId("cup"): an_item("cup")})
    assert lesson_of(held, terms=learning("likes", "first"), withheld=withheld, now=NOW).facts == {"likes": ("tea",)}


def test_a_fact_that_went_or_changed_teaches_no_longer() -> None:
    """Cut down to what is held, a lesson keeps a fact that is still so, of a list the words that are, and no other."""
    whole = Lesson.of(["cup"], month=on(9), age=1, city="Soria", gone="x", likes=("tea", "jam", "oil"))
    held = said(likes=("jam", "oil", "rice"), age=True, city="Soria")
    assert still_held(held, whole).facts == {"city": "Soria", "likes": ("jam", "oil")}
    assert still_held(said(likes=("rice",)), whole).facts == {}
    assert still_held(replace(held, events=()), whole) == NOTHING


@pytest.mark.parametrize(("at_most", "times", "enough"), [(None, 99, False), (3, 2, False), (3, 3, True), (3, 4, True)])
def test_enough_is_enough(at_most: int | None, times: int, enough: bool) -> None:  # noqa: FBT001 - a table
    """So many showings in a period, and the next would be too many; without a limit none is."""
    attention = Attention(at_most=at_most)
    held = empty(TODAY)
    for _ in range(times):
        held = shown_again(held, attention=attention, today=TODAY)
    assert held.shown == ((TODAY, times),)
    assert had_enough(held, attention=attention, today=TODAY) == enough


@given(st.lists(st.integers(0, 20), max_size=40), st.integers(1, 10), st.integers(1, 5))
def test_showings_are_counted_in_their_period(days_ago: list[int], period: int, at_most: int) -> None:
    """The showings of the last days count, older ones neither count nor are kept."""
    attention = Attention(at_most=at_most, period=timedelta(days=period))
    held = empty(on(20))
    for ago in sorted(days_ago, reverse=True):
        held = shown_again(held, attention=attention, today=on(ago))
    in_period = sum(ago < period for ago in days_ago)
    assert had_enough(held, attention=attention, today=TODAY) == (in_period >= at_most)
    assert len(held.shown) <= period
    assert list(held.shown) == sorted(held.shown)


def test_showings_stand_in_order() -> None:
    """A clock that was turned back leaves the showings in the order of their days."""
    month = Attention(period=timedelta(days=30))
    held = shown_again(shown_again(empty(on(9)), attention=month, today=on(2)), attention=month, today=on(5))
    assert held.shown == ((on(5), 1), (on(2), 1))


def test_its_limits_are_these() -> None:
    """So many messages are remembered before whole months go, and so many of one month at most."""
    assert (REMEMBERED, MOST_OF_ONE_MONTH) == (128, 4_096)


def test_an_hour_counts_as_its_day() -> None:
    """No time finer than a day is kept, so a limit per hour holds for the day: it may not be as if there were none."""
    hourly = Attention(at_most=2, period=timedelta(hours=1))
    once = shown_again(empty(TODAY), attention=hourly, today=TODAY)
    assert not had_enough(once, attention=hourly, today=TODAY)
    assert had_enough(shown_again(once, attention=hourly, today=TODAY), attention=hourly, today=TODAY)
    assert not had_enough(shown_again(once, attention=hourly, today=TODAY), attention=hourly, today=on(-1))
