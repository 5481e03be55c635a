"""What lies in the clear: instants as numbers, and values as JSON, both without loss."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.errors import Tampered
from fiel.core.promise.usecase import Attention, Bound, EventNeed, Grain, LegalBasis, Level, Measuring, Rung, UseCase
from fiel.core.promise.version import version_of
from fiel.stores.sqlite.moments import instant, micros
from fiel.stores.sqlite.papers import API_KEY, ITEM, PROMISE, VERSION, Ordered
from fiel.testing.builders import a_promise, a_published_version, a_use_case, an_api_key, an_item
from fiel.testing.stores.promises import whole_promise

zones = st.integers(-1_439, 1_439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=zones | st.just(UTC)))  # noqa: DTZ001 - the zone is drawn beside it
def test_instants_are_exact(at: datetime) -> None:
    """An instant is itself again to the microsecond, in UTC, and later ones have larger numbers."""
    assert instant(micros(at)) == at
    assert instant(micros(at)).tzinfo is UTC
    assert micros(at + timedelta(microseconds=1)) == micros(at) + 1


names = st.text(max_size=8)
some = st.frozensets(names, max_size=3)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9_000))
bounds = st.builds(
    Bound,
    within=st.none() | spans,
    or_visits=st.integers(0, 9),
    keep=st.none() | st.integers(0, 2**53 - 1),
    grain=st.sampled_from(Grain),
)
needs = st.builds(EventNeed, event=names, properties=some, bound=bounds, why=st.dictionaries(names, names, max_size=2))
rungs = st.builds(
    Rung,
    level=st.sampled_from(Level),
    strategy=names,
    context=some,
    attributes=some,
    events=st.lists(needs, max_size=2).map(tuple),
    history=st.booleans(),
)
use_cases = st.builds(
    replace,
    st.builds(a_use_case, names, area=names, basis=st.sampled_from(LegalBasis), cap=st.none() | st.integers(1, 99)),
    rungs=st.lists(rungs, max_size=3).map(tuple),
    retention=spans,
    consent_lasts=spans,
    attention=st.builds(
        Attention, at_most=st.none() | st.integers(0, 2**53 - 1), period=spans, min_relevance=st.floats(0, 1)
    ),
    infers_from=some,
    compatible_with=st.lists(names, max_size=2).map(tuple),
    measure=st.none() | st.builds(Measuring, why=st.just({}), control=st.floats(0, 1)),
)


@settings(max_examples=50)
@given(use_cases)
def test_any_use_case_comes_back_equal(case: UseCase) -> None:
    """Whatever a use case says, its paper says the same, and so it is the same version."""
    version = a_published_version(case)
    again = VERSION.read(VERSION.write(version))
    assert again == version
    assert version_of(again.use_case) == version_of(case)


def test_the_same_promise_is_the_same_bytes() -> None:
    """Equal promises have equal bytes, in whatever order their sets came out of memory."""
    one, other = PROMISE.write(Ordered.of(whole_promise())), PROMISE.write(Ordered.of(whole_promise()))
    assert one == other
    assert PROMISE.read(one).restored() == whole_promise()


def test_the_order_of_parts_is_kept() -> None:
    """Parts stand as they were written down, not as the alphabet has them."""
    promise = a_promise(*(a_use_case(name, area=name) for name in ("zeta", "alpha", "mu")))
    again = PROMISE.read(PROMISE.write(Ordered.of(promise))).restored()
    assert [*again.use_cases, *again.areas] == ["zeta", "alpha", "mu"] * 2


def test_a_part_without_a_place_comes_last() -> None:
    """A promise whose noted order lacks a part still has the part."""
    promise = a_promise(a_use_case("one"), a_use_case("two"))
    partly = Ordered(promise=promise, areas=(), attributes=(), events=(), use_cases=("two",))
    assert list(partly.restored().use_cases) == ["two", "one"]
    assert partly.restored() == promise


@given(st.binary(max_size=40))
def test_noise_is_no_paper(noise: bytes) -> None:
    """Bytes that are no such document are refused as tampered and as nothing else."""
    for paper in (PROMISE, VERSION, ITEM, API_KEY):
        with pytest.raises(Tampered):
            paper.read(noise)


def test_the_kinds_that_are_stored_are_all_here() -> None:
    """Items and keys of callers are read as they were written."""
    assert ITEM.read(ITEM.write(an_item())) == an_item()
    assert API_KEY.read(API_KEY.write(an_api_key())) == an_api_key()
