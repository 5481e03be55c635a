"""Upkeep may only take away; what the core takes away is always accepted. The single parts are laws of every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.errors import Conflict
from fiel.core.promise.change import Terms, meet
from fiel.core.promise.usecase import Bound, EventNeed, Grain, Level, Source, UseCase
from fiel.core.text import Value
from fiel.core.use.compartment import Compartment, Held, empty, expire, narrow, take_in, taught
from fiel.core.use.gate import Fact, Happened, Kept
from fiel.core.use.lesson import NOTHING
from fiel.stores.lessening import refuse_growth
from fiel.testing.builders import a_lesson, a_text, a_use_case
from fiel.testing.builders.use import a_compartment
from fiel.testing.clock import NOON

FIRST = date(2026, 1, 1)
KINDS = ("purchase", "view")
PROPERTIES = ("item", "price")


def use_case(bound: Bound, properties: frozenset[str], kinds: frozenset[str]) -> UseCase:
    """A use case that needs these kinds of events, so bound, with these properties."""
    case = a_use_case()
    needs = tuple(EventNeed(event=kind, properties=properties, bound=bound, why=a_text(kind)) for kind in sorted(kinds))
    return replace(case, rungs=(*case.rungs[:-1], replace(case.rungs[-1], events=needs)))


bounds = st.builds(
    Bound,
    within=st.none() | st.integers(1, 90).map(lambda days: timedelta(days=days)),
    or_visits=st.integers(0, 3),
    keep=st.none() | st.integers(1, 5),
    grain=st.sampled_from(Grain),
)
terms = st.builds(
    lambda case: meet(case, case, level=Level.OBSERVED),
    st.builds(
        use_case,
        bounds,
        st.frozensets(st.sampled_from(PROPERTIES)),
        st.frozensets(st.sampled_from(KINDS)),
    ),
)
everything = meet(case := use_case(Bound(), frozenset(PROPERTIES), frozenset(KINDS)), case, level=Level.OBSERVED)
happenings = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 120), st.sampled_from(("tea", "cup", "bag"))), max_size=12
)


def held_after(happened: list[tuple[str, int, str]]) -> Compartment:
    """What is held once these came in, in this order, with all properties and exact days."""
    held = empty(FIRST)
    for number, (name, day, item) in enumerate(happened):
        on = FIRST + timedelta(days=day)
        event = Happened(name=name, on=on, day=on, properties={"item": item, "price": number % 3})
        message = number.to_bytes(8, "big")
        held = take_in(held, Kept(happened=event), terms=everything, message=message, now=NOON)
    return taught(held, a_lesson("tea", "cup"))


@given(happenings, terms, st.integers(0, 200))
def test_what_the_core_takes_away_is_less(happened: list[tuple[str, int, str]], cut: Terms, days: int) -> None:
    """Ageing out, narrowing and teaching less, in any order and to any terms, is never taken for growth."""
    held = held_after(happened)
    now = NOON + timedelta(days=days)
    aged, narrowed = expire(held, terms=cut, now=now), narrow(held, terms=cut)
    for less in (
        held,
        aged,
        narrowed,
        narrow(aged, terms=cut),
        expire(narrowed, terms=cut, now=now),
        taught(held, NOTHING),
    ):
        refuse_growth(held, less)


@given(happenings.filter(bool), st.data())
def test_what_comes_in_is_growth(happened: list[tuple[str, int, str]], data: st.DataObject) -> None:
    """One more event than was there, or one that differs in what may not differ, is always seen."""
    held = held_after(happened)
    place = data.draw(st.integers(0, len(held.events) - 1))
    grow = data.draw(st.sampled_from(GROWTHS))
    grown = replace(held, events=(*held.events[:place], *grow(held.events[place]), *held.events[place + 1 :]))
    with pytest.raises(Conflict):
        refuse_growth(held, grown)


GROWTHS: tuple[Callable[[Held], tuple[Held, ...]], ...] = (
    lambda event: (event, event),
    lambda event: (replace(event, on=date(2027, 1, 1)),),
    lambda event: (replace(event, properties={**event.properties, "item": "another"}),),
    lambda event: (replace(event, properties={**event.properties, "place": "here"}),),
    lambda event: (replace(event, name="another"),),
    lambda event: (replace(event, visit=event.visit + 1_000),),
)


def test_the_error_names_the_part_and_no_value() -> None:
    """The refusal says what grew, and nothing of what it holds."""
    held = held_after([("purchase", 1, "tea")])
    grown = replace(held, contributed=a_lesson("secret"), visits=9)
    with pytest.raises(Conflict) as told:
        refuse_growth(held, grown)
    assert told.value.what.endswith("grew: contributed, visits")


@pytest.mark.parametrize(
    ("before", "after", "less"),
    [
        (("tea", "cup"), ("tea", "cup"), True),
        (("tea", "cup", "rice"), ("tea", "rice"), True),
        (("tea", "cup"), (), True),
        (("tea", "cup"), ("cup", "tea"), False),
        (("tea",), ("tea", "tea"), False),
        (("tea",), ("cup",), False),
        ("tea", "cup", False),
        ("tea", ("tea",), False),
    ],
)
def test_a_fact_may_lose_words(before: Value, after: Value, less: bool) -> None:  # noqa: FBT001 - a table
    """Of a list that somebody told, upkeep may strike words, and nothing else of a fact may change."""
    was = replace(a_compartment(), facts={"likes": Fact(name="likes", value=before, source=Source.DECLARED, on=FIRST)})
    now = replace(was, facts={"likes": Fact(name="likes", value=after, source=Source.DECLARED, on=FIRST)})
    if less:
        refuse_growth(was, now)
    else:
        with pytest.raises(Conflict):
            refuse_growth(was, now)
