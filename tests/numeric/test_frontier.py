"""What bounds keep, told by columns, held against what a compartment keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.change import GRAINS, covers, meet
from fiel.core.promise.narrowing import narrowed, tightest
from fiel.core.promise.usecase import Bound, EventNeed, Grain, Level
from fiel.core.use.compartment import Compartment, Held, empty, expire, narrow
from fiel.numeric.frontier import Step, family, kept, log_of, places, share
from fiel.testing.builders import a_use_case

CUT = date(2026, 3, 31)
GRAIN = st.sampled_from(list(Grain))
BOUND = st.builds(
    Bound,
    within=st.one_of(st.none(), st.integers(0, 120).map(lambda days: timedelta(days=days))),
    or_visits=st.integers(0, 4),
    keep=st.one_of(st.none(), st.integers(1, 12)),
    grain=GRAIN,
)
DAYS = st.lists(st.integers(0, 150), max_size=20)


def held_on(ages: list[int]) -> Compartment:
    """What is held of somebody who bought something so many days before the cut; a visit is a day."""
    days = sorted({CUT - timedelta(days=age) for age in ages})
    visits = {day: place for place, day in enumerate(days, start=1)}
    bought = sorted(CUT - timedelta(days=age) for age in ages)
    events = tuple(
        Held(name="purchase", on=day, visit=visits[day], properties={"item": f"i{place}"})
        for place, day in enumerate(bought)
    )
    return replace(empty(CUT), events=events, visits=len(days))


def steps(held: Compartment) -> list[Step]:
    """The same as steps."""
    return [Step(str(event.properties["item"]), event.on, held.visits - event.visit) for event in held.events]


@given(st.lists(DAYS, min_size=1, max_size=5), BOUND)
def test_columns_keep_what_a_compartment_keeps(histories: list[list[int]], bound: Bound) -> None:
    """For everybody and every bound the mask tells exactly the events that the document would hold, in its order."""
    people = [held_on(ages) for ages in histories]
    log = log_of([steps(held) for held in people], cut=CUT, grain=bound.grain)
    mask = kept(log, bound)
    case = a_use_case()
    need = EventNeed(event="purchase", properties=frozenset({"item"}), bound=bound, why={})
    case = replace(case, rungs=(replace(case.rungs[-1], events=(need,)),))
    terms = meet(case, case, level=Level.OBSERVED)
    now = datetime.combine(CUT, time.max, tzinfo=UTC)
    for person, held in enumerate(people):
        stays = expire(narrow(held, terms=terms), terms=terms, now=now)
        told = [held.events[place].properties for place in places(log, mask, person)]
        assert told == [event.properties for event in stays.events]


def test_nothing_is_all_of_nothing() -> None:
    """Where there are no events, all of them are kept."""
    log = log_of([[], []], cut=CUT)
    assert share(kept(log, Bound(keep=1))) == 1.0


@given(BOUND.filter(lambda bound: bound.within is not None))
def test_the_family_stays_inside_the_declared_bound(declared: Bound) -> None:
    """No bound of the family is written with a longer age, a higher count or finer times than what is declared."""
    case = a_use_case()
    need = replace(case.rungs[-1].events[0], bound=declared)
    case = replace(case, rungs=(*case.rungs[:-1], replace(case.rungs[-1], events=(need,))))
    for bound in family(declared):
        written = tightest(declared, bound)
        assert written.within is not None
        assert written.within <= (declared.within or timedelta.max)
        assert GRAINS.index(written.grain) >= GRAINS.index(declared.grain)
        if bound.or_visits <= declared.or_visits:
            assert covers(case, narrowed(case, bound), level=Level.OBSERVED)
