"""What comes in one by one leaves a compartment as the plain rule says, however quickly the rule is computed."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.change import Terms
from fiel.core.promise.usecase import Bound, EventNeed, Grain, Level, Minimum
from fiel.core.use.compartment import empty, take_in
from fiel.core.use.gate import Happened, Kept, coarse

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


def some_terms(bound: Bound) -> Terms:
    """Terms that let purchases in, within one bound."""
    need = EventNeed(event="purchase", properties=frozenset({"item"}), bound=bound, why={})
    return Terms(
        level=Level.OBSERVED,
        minimum=Minimum(events={"purchase": need}),
        retention=400 * timedelta(days=1),
        consent_lasts=700 * timedelta(days=1),
        cap=None,
        measured=False,
        infers_from=frozenset(),
    )


def plainly(days: list[date], bound: Bound) -> list[str]:
    """The items that the rule leaves, written as it reads: each event is put in its order, then all are judged."""
    events: list[tuple[date, int, str]] = []
    visits, last = 0, None
    for number, day in enumerate(days):
        is_new = last is None or day > last
        visits += is_new
        visit = visits if is_new or day == last else max(visits - 1, 1)
        last = day if is_new else last
        events.append((coarse(day, bound.grain), visit, str(number)))
        events.sort(key=lambda event: event[:2])
        since = date.min if bound.within is None else TODAY - bound.within
        events = [event for event in events if event[0] > since or event[1] > visits - bound.or_visits]
        events = events if bound.keep is None else events[-bound.keep :]
    return [item for _, _, item in events]


@given(
    st.lists(st.integers(0, 40), max_size=40),
    st.builds(
        Bound,
        within=st.none() | st.integers(1, 40).map(lambda days: timedelta(days=days)),
        or_visits=st.integers(0, 3),
        keep=st.none() | st.integers(1, 12),
        grain=st.sampled_from(Grain),
    ),
)
def test_a_compartment_grows_as_the_plain_rule_says(ages: list[int], bound: Bound) -> None:
    """In whichever order events come in, those are held that the bound lets stay, in their order."""
    terms, held = some_terms(bound), empty(TODAY)
    days = [TODAY - timedelta(days=age) for age in ages]
    for number, day in enumerate(days):
        happened = Happened(name="purchase", on=coarse(day, bound.grain), day=day, properties={"item": str(number)})
        held = take_in(held, Kept(happened=happened), terms=terms, message=bytes([number]), now=NOW)
    assert [event.properties["item"] for event in held.events] == plainly(days, bound)
