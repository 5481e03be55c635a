"""Change: what a new version asks of those who agreed to an older one, and what both allow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import AreaId
from fiel.core.promise.change import GRAINS, Difference, Terms, Width, compare, covers, meet
from fiel.core.promise.usecase import (
    Bound,
    EventNeed,
    Grain,
    LegalBasis,
    Level,
    Minimum,
    Recipient,
    Rung,
    UseCase,
)
from fiel.core.promise.version import version_of
from fiel.testing.builders import a_text, a_use_case
from tests.core import drawn

DAY: Final = timedelta(days=1)
CASE: Final = a_use_case()
OBSERVED: Final = Level.OBSERVED
levels = st.sampled_from(Level)
pairs = st.tuples(drawn.use_cases(), drawn.use_cases())
MAIL: Final = Recipient(
    name="mail house", via="webhook:one", fields=frozenset({"item"}), why=a_text("why"), country="ES"
)


def with_need(need: Callable[[EventNeed], EventNeed], case: UseCase = CASE) -> UseCase:
    """The use case with its purchases needed otherwise."""
    rungs = (replace(rung, events=tuple(need(each) for each in rung.events)) for rung in case.rungs)
    return replace(case, rungs=tuple(rungs))


def with_bound(**changes: object) -> UseCase:
    """The use case with its purchases bounded otherwise."""
    return with_need(lambda need: replace(need, bound=replace(need.bound, **changes)))  # type: ignore[arg-type]  # by name


def with_rung(level: Level, **changes: object) -> UseCase:
    """The use case with one of its levels changed."""
    rungs = (replace(rung, **changes) if rung.level is level else rung for rung in CASE.rungs)  # type: ignore[arg-type]  # by name
    return replace(CASE, rungs=tuple(rungs))


def allows_no_more(terms: Terms, case: UseCase, level: Level) -> None:
    """Assert that the terms are nowhere wider than what this version alone allows up to the level."""
    theirs = case.minimum(level)
    ours = terms.minimum
    assert terms.level <= level
    assert ours.context <= theirs.context
    assert ours.attributes <= theirs.attributes
    assert ours.events.keys() <= theirs.events.keys()
    assert theirs.history or not ours.history
    assert terms.retention <= case.retention
    assert terms.consent_lasts <= case.consent_lasts
    assert terms.cap is None or (case.learn is not None and terms.cap <= case.learn.cap)
    assert not terms.lesson_attributes or (case.learn is not None and terms.lesson_attributes <= case.learn.attributes)
    assert terms.lesson_attributes <= ours.attributes
    assert not terms.measured or case.measure
    assert terms.infers_from <= case.infers_from
    for name, need in ours.events.items():
        assert need.event == name
        assert need.properties <= theirs.events[name].properties
        _is_bounded(need.bound, theirs.events[name].bound)


def _is_bounded(small: Bound, large: Bound) -> None:
    assert large.within is None or (small.within is not None and small.within <= large.within)
    assert small.or_visits <= large.or_visits
    assert large.keep is None or (small.keep is not None and small.keep <= large.keep)
    assert GRAINS.index(small.grain) >= GRAINS.index(large.grain)


@given(pairs, levels)
def test_a_meet_is_nowhere_wider_than_either(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """What both versions allow is allowed by each."""
    for case in versions:
        allows_no_more(meet(*versions, level=level), case, level)


@given(pairs, levels)
def test_a_meet_is_the_widest_of_those(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """What each version allows is allowed by both: nothing is lost that both still want."""
    (agreed, current), terms = versions, meet(*versions, level=level)
    first, second, both = agreed.minimum(level), current.minimum(level), terms.minimum
    assert both.context == first.context & second.context
    assert both.attributes == first.attributes & second.attributes
    assert both.events.keys() == first.events.keys() & second.events.keys()
    assert both.history == (first.history and second.history)
    assert terms.retention in {agreed.retention, current.retention}
    assert terms.consent_lasts in {agreed.consent_lasts, current.consent_lasts}
    assert terms.measured == bool(agreed.measure and current.measure)
    assert terms.infers_from == agreed.infers_from & current.infers_from
    caps = [case.learn.cap for case in versions if case.learn]
    assert terms.cap == (min(caps) if len(caps) == 2 else None)
    ages = [case.learn.within for case in versions if case.learn and case.learn.within]
    assert terms.lessons_within == min(ages, default=None)
    told = [case.learn.attributes if case.learn else frozenset() for case in versions]
    assert terms.lesson_attributes == told[0] & told[1] & both.attributes
    for name, need in both.events.items():
        bounds = first.events[name].bound, second.events[name].bound
        assert need.properties == first.events[name].properties & second.events[name].properties
        assert need.bound.within in {bound.within for bound in bounds}
        assert need.bound.or_visits in {bound.or_visits for bound in bounds}
        assert need.bound.keep in {bound.keep for bound in bounds}
        assert need.bound.grain in {bound.grain for bound in bounds}


@given(pairs, levels)
def test_a_meet_goes_as_far_as_the_current_version_offers(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """The level of what is left is the highest one still offered at or below what was agreed to, or none."""
    offered = [each for each in versions[1].levels if each <= level]
    assert meet(*versions, level=level).level == max(offered, default=Level.NONE)


@given(pairs, levels)
def test_a_meet_does_not_hang_on_the_order(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """Both versions allow the same, whichever of them was first; the level alone is the current one's."""
    (agreed, current) = versions
    one, other = meet(agreed, current, level=level), meet(current, agreed, level=level)
    assert replace(one, level=other.level) == other


@given(drawn.use_cases(), levels)
def test_one_version_alone_meets_itself(case: UseCase, level: Level) -> None:
    """Against itself a version has no differences, covers itself, and allows what it says."""
    assert compare(case, case, level=level) == ()
    assert covers(case, case, level=level)
    assert meet(case, case, level=level).minimum == case.minimum(level)


@given(pairs, levels)
def test_a_grant_covers_exactly_what_is_nowhere_wider(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """A grant still is one exactly if the meet allows all that the current version does, and nobody new is told."""
    agreed, current = versions
    both, now = meet(agreed, current, level=level), meet(current, current, level=level)
    learning: dict[str, object] = {"cap": None, "measured": False, "consent_lasts": DAY, "lessons_within": None}
    learning["control"] = 0.0
    if not (agreed.learn and current.learn):
        learning["lesson_attributes"] = frozenset()
    no_more_data = replace(both, **learning) == replace(now, **learning)  # type: ignore[arg-type]  # by name
    before, after = (
        {(each.name, each.via, each.country, name) for each in case.recipients for name in each.fields}
        for case in versions
    )
    heeded = current.heeds_gpc or not agreed.heeds_gpc
    assert covers(agreed, current, level=level) == (no_more_data and after <= before and heeded)


@given(pairs, levels)
def test_differences_are_told_from_both_sides(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """What is wider one way is narrower the other way, in the same part."""
    turned = {Width.WIDER: Width.NARROWER, Width.NARROWER: Width.WIDER, Width.UNDETERMINED: Width.UNDETERMINED}
    there, back = compare(*versions, level=level), compare(versions[1], versions[0], level=level)
    assert {(turned[each.width], each.part) for each in there} == {(each.width, each.part) for each in back}
    assert len(set(there)) == len(there)


def cut_down(case: UseCase, other: UseCase) -> UseCase:
    """The use case with nothing in it that the other one does not want too."""
    told = case.learn.attributes & other.learn.attributes if case.learn and other.learn else frozenset[str]()
    return replace(
        case,
        rungs=tuple(_cut_down(rung, case, other) for rung in case.rungs),
        retention=min(case.retention, other.retention),
        infers_from=case.infers_from & other.infers_from,
        learn=case.learn and replace(case.learn, attributes=told),
        recipients=tuple(each for each in case.recipients if each in other.recipients),
        heeds_gpc=case.heeds_gpc or other.heeds_gpc,
    )


def _cut_down(rung: Rung, case: UseCase, other: UseCase) -> Rung:
    both = meet(case, other, level=rung.level).minimum
    return replace(
        rung,
        context=rung.context & both.context,
        attributes=rung.attributes & both.attributes,
        events=tuple(both.events[need.event] for need in rung.events if need.event in both.events),
        history=rung.history and both.history,
    )


@given(pairs, levels)
def test_narrowing_asks_nobody(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """A version that only takes away covers every grant, and what is left is what it says."""
    case = versions[0]
    narrower = cut_down(*versions)
    assert {edit.width for edit in compare(case, narrower, level=level)} <= {Width.NARROWER}
    assert covers(case, narrower, level=level)
    assert meet(case, narrower, level=level).minimum == narrower.minimum(level)


@given(pairs, levels)
def test_widening_asks_everybody_it_concerns(versions: tuple[UseCase, UseCase], level: Level) -> None:
    """Taken back, what was narrower is wider, unless it differs in nothing up to the level that was agreed to."""
    case, narrower = versions[0], cut_down(*versions)
    assert covers(narrower, case, level=level) == (compare(case, narrower, level=level) == ())


@given(st.tuples(drawn.use_cases(), drawn.use_cases(), drawn.use_cases()), levels)
def test_covering_carries_over(versions: tuple[UseCase, UseCase, UseCase], level: Level) -> None:
    """Who agreed once is asked by no chain of narrower versions."""
    first, other, another = versions
    second = cut_down(first, other)
    third = cut_down(second, another)
    assert covers(first, second, level=level)
    assert covers(second, third, level=level)
    assert covers(first, third, level=level)


@given(drawn.use_cases(), levels, levels)
def test_a_lower_level_is_concerned_by_less(case: UseCase, one: Level, other: Level) -> None:
    """Who agreed to less is concerned by no edit of data that does not concern who agreed to more."""
    low, high = sorted((one, other))
    wider = replace(case, rungs=tuple(replace(rung, attributes=rung.attributes | {"more"}) for rung in case.rungs))
    assert set(compare(case, wider, level=low)) <= set(compare(case, wider, level=high))


EDITS: Final[tuple[tuple[UseCase, str], ...]] = (
    (replace(CASE, retention=CASE.retention + DAY), "retention"),
    (with_rung(OBSERVED, history=True), "history"),
    (with_rung(OBSERVED, context=frozenset({"page"})), "context.page"),
    (with_rung(Level.DECLARED, attributes=frozenset({"favourite_categories", "age"})), "attributes.age"),
    (with_need(lambda need: replace(need, properties=need.properties | {"price"})), "events.purchase.properties.price"),
    (with_bound(within=91 * DAY), "events.purchase.within"),
    (with_bound(within=None), "events.purchase.within"),
    (with_bound(or_visits=2), "events.purchase.or_visits"),
    (with_bound(keep=201), "events.purchase.keep"),
    (with_bound(keep=None), "events.purchase.keep"),
    (with_bound(grain=Grain.WEEK), "events.purchase.time"),
    (with_bound(grain=Grain.DAY), "events.purchase.time"),
    (
        with_rung(OBSERVED, events=(*CASE.rungs[2].events, replace(CASE.rungs[2].events[0], event="view"))),
        "events.view",
    ),
    (replace(CASE, infers_from=frozenset({"alcohol"})), "infers_from.alcohol"),
    (replace(CASE, recipients=(MAIL,)), "recipients.mail house.webhook:one.ES.item"),
    (replace(CASE, heeds_gpc=False), "signals.gpc"),
)
"""Edits that ask for more, each with the part that it touches; the other way round it asks for less."""


@pytest.mark.parametrize(("current", "part"), EDITS)
def test_each_edit_goes_its_way(current: UseCase, part: str) -> None:
    """An edit that asks for more is wider, and leaves a grant dormant; taken back it is narrower, and asks nobody."""
    assert compare(CASE, current, level=OBSERVED) == (Difference(Width.WIDER, part),)
    assert not covers(CASE, current, level=OBSERVED)
    assert compare(current, CASE, level=OBSERVED) == (Difference(Width.NARROWER, part),)
    assert covers(current, CASE, level=OBSERVED)


@pytest.mark.parametrize(
    ("current", "part"),
    [(replace(CASE, basis=LegalBasis.CONTRACT), "basis"), (replace(CASE, area=AreaId("marketing")), "area")],
)
def test_another_ground_is_wider_both_ways(current: UseCase, part: str) -> None:
    """Another legal basis and another area are wider, whichever way they go: one cannot be agreed to for the other."""
    for one, other in ((CASE, current), (current, CASE)):
        assert compare(one, other, level=OBSERVED) == (Difference(Width.WIDER, part),)
        assert not covers(one, other, level=OBSERVED)


@pytest.mark.parametrize(
    ("change", "covered"),
    [
        ({"name": "courier"}, False),
        ({"via": "file"}, False),
        ({"country": "US"}, False),
        ({"fields": frozenset({"item", "price"})}, False),
        ({"fields": frozenset()}, True),
        ({"why": a_text("other")}, True),
    ],
)
def test_each_thing_about_a_recipient_counts(change: dict[str, object], covered: bool) -> None:  # noqa: FBT001 - a table
    """Another recipient, another way, another country and another field are each new; another reason is none."""
    shared = replace(CASE, recipients=(MAIL,))
    current = replace(CASE, recipients=(replace(MAIL, **change),))  # type: ignore[arg-type]  # by name
    assert covers(shared, current, level=OBSERVED) == covered


def test_what_only_a_further_level_needs_concerns_nobody_below_it() -> None:
    """Who agreed to the context alone is not asked again because more is observed; the others are."""
    current = with_bound(within=None)
    assert [covers(CASE, current, level=level) for level in (Level.CONTEXT, Level.DECLARED, OBSERVED)] == [
        True,
        True,
        False,
    ]


def test_moving_a_need_down_is_wider_for_those_below() -> None:
    """A need that moves to a less invasive level is new to whoever agreed to that level only."""
    low, middle, high = CASE.rungs
    moved = replace(
        CASE, rungs=(low, replace(middle, attributes=middle.attributes, events=high.events), replace(high, events=()))
    )
    assert compare(CASE, moved, level=Level.DECLARED) == (Difference(Width.WIDER, "events.purchase"),)
    assert compare(CASE, moved, level=OBSERVED) == ()


def test_a_finer_purpose_is_undetermined_until_it_is_settled() -> None:
    """Nobody can tell by rule whether a purpose is wider: until the controller declares it the same it asks anew."""
    current = replace(CASE, purpose="dpv:ProvidePersonalisedRecommendations")
    assert compare(CASE, current, level=OBSERVED) == (Difference(Width.UNDETERMINED, "purpose"),)
    assert not covers(CASE, current, level=OBSERVED)
    settled = replace(current, compatible_with=("another version", version_of(CASE)))
    assert covers(CASE, settled, level=OBSERVED)
    assert not covers(CASE, replace(current, compatible_with=("another version",)), level=OBSERVED)


def test_what_is_settled_may_be_narrower_too() -> None:
    """A version with a settled purpose that also takes something away asks nobody."""
    current = replace(CASE, purpose="dpv:Marketing", retention=DAY, compatible_with=(version_of(CASE),))
    assert covers(CASE, current, level=OBSERVED)


def test_differences_are_told_in_one_order() -> None:
    """The same two versions are always told apart in the same words and order, part by part and name by name."""
    names = ("zeta", "alpha", "mu", "beta", "omega", "nu")
    need = CASE.rungs[2].events[0]
    many = with_rung(
        OBSERVED,
        attributes=frozenset(names),
        events=tuple(replace(need, event=name) for name in names),
    )
    short = with_rung(
        OBSERVED,
        attributes=frozenset(names),
        events=tuple(replace(need, event=name, bound=replace(need.bound, within=DAY)) for name in names),
    )
    parts = [f"{part}.{name}" for part in ("attributes", "events") for name in sorted(names)]
    assert [each.part for each in compare(CASE, many, level=OBSERVED) if each.width is Width.WIDER] == parts
    assert [each.part for each in compare(many, CASE, level=OBSERVED) if each.width is Width.NARROWER] == parts
    withins = [f"events.{name}.within" for name in sorted(names)]
    assert [each.part for each in compare(many, short, level=OBSERVED)] == withins


@pytest.mark.parametrize(("wider", "part"), EDITS)
def test_only_what_is_undetermined_can_be_settled(wider: UseCase, part: str) -> None:
    """No declaration makes a wider version the one that was agreed to, alone or beside a new purpose."""
    for purpose in (CASE.purpose, "dpv:Marketing"):
        current = replace(wider, purpose=purpose, compatible_with=(version_of(CASE),))
        assert part in {edit.part for edit in compare(CASE, current, level=OBSERVED)}
        assert not covers(CASE, current, level=OBSERVED)


def test_whoever_told_us_something_is_asked_before_it_teaches_others() -> None:
    """What taught nothing when somebody agreed is wider once it teaches, where their level has it, and only there."""
    assert CASE.learn is not None
    teaching = replace(CASE, learn=replace(CASE.learn, attributes=frozenset({"favourite_categories"})))
    (edit,) = compare(CASE, teaching, level=OBSERVED)
    assert edit == Difference(Width.WIDER, "learn.attributes.favourite_categories")
    assert not covers(CASE, teaching, level=Level.DECLARED)
    assert covers(CASE, teaching, level=Level.CONTEXT)
    assert covers(teaching, CASE, level=OBSERVED)
    assert meet(CASE, teaching, level=OBSERVED).lesson_attributes == frozenset()


def test_wording_strategy_and_silence_concern_nobody() -> None:
    """What is said, by what is ranked, how often and how long consent lasts make no grant dormant."""
    current = replace(
        CASE,
        title=a_text("another title"),
        benefit=replace(CASE.benefit, person=a_text("more")),
        attention=replace(CASE.attention, at_most=1),
        consent_lasts=2 * CASE.consent_lasts,
        learn=None,
        measure=None,
        rungs=tuple(replace(rung, strategy="popular") for rung in CASE.rungs),
    )
    assert compare(CASE, current, level=OBSERVED) == ()
    assert compare(current, CASE, level=OBSERVED) == ()


def test_nothing_is_allowed_below_the_first_level() -> None:
    """At level none the versions allow nothing, however alike they are."""
    assert meet(CASE, CASE, level=Level.NONE).minimum == Minimum(events={})


@given(drawn.bounds, drawn.bounds)
def test_two_bounds_meet_in_the_smaller_one(first: Bound, second: Bound) -> None:
    """Of each part of a bound the smaller holds, and none beats having none."""
    case = [with_need(lambda need, bound=bound: replace(need, bound=bound)) for bound in (first, second)]  # type: ignore[misc]  # bound now
    bound = meet(case[0], case[1], level=OBSERVED).minimum.events["purchase"].bound
    withins = [each.within for each in (first, second) if each.within is not None]
    keeps = [each.keep for each in (first, second) if each.keep is not None]
    assert bound.within == min(withins, default=None)
    assert bound.keep == min(keeps, default=None)
    assert bound.or_visits == min(first.or_visits, second.or_visits)
    assert bound.grain == max(first.grain, second.grain, key=("day", "week", "month").index)


def test_a_level_that_is_no_longer_offered_is_lowered() -> None:
    """Who agreed to a level that is gone keeps the next lower one that is still offered."""
    without = replace(CASE, rungs=CASE.rungs[:1])
    assert meet(CASE, without, level=OBSERVED).level is Level.CONTEXT
    assert meet(CASE, replace(CASE, rungs=()), level=OBSERVED).level is Level.NONE


@pytest.mark.parametrize(("level", "offered"), [*product(Level, repeat=2)])
def test_what_is_left_goes_no_further_than_agreed(level: Level, offered: Level) -> None:
    """A current version with a further level takes nobody there who agreed to less."""
    rung = Rung(level=offered, strategy="popular")
    assert meet(CASE, replace(CASE, rungs=(rung,)), level=level).level == (offered if offered <= level else Level.NONE)
