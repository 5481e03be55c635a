"""The needle: who stands how, on which basis, for which act. Whatever is not a yes is a no, and a no has its reason."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.choice import Standing, Status, stand
from fiel.core.ids import Position
from fiel.core.law import Cited, Signal
from fiel.core.permit import (
    Act,
    Card,
    Permit,
    Refusal,
    Refused,
    Subject,
    reach,
)
from fiel.core.promise.change import covers, meet
from fiel.core.promise.usecase import LegalBasis, Level, Mode, Recipient, Rung, UseCase
from fiel.core.promise.version import version_of
from fiel.testing.builders import a_law, a_place, a_text, a_use_case, wider
from tests.core import drawn
from tests.core.drawn import NOW, an_entry
from tests.core.scales import Scales

CONSENT, INTEREST = LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST
OTHERS = tuple(basis for basis in LegalBasis if basis is not CONSENT)
GPC = frozenset({Signal.GPC})
MAIL_HOUSE = Recipient(
    name="mail house", via="webhook:one", fields=frozenset({"item"}), why=a_text("why"), country="ES"
)


def standing(status: Status, *, level: Level = Level.OBSERVED, contributes: bool = True) -> Standing:
    """Somebody who stands so, with a grant of the builder's use case behind it, used or not."""
    return replace(drawn.given(a_use_case(), level, contributes=contributes), status=status)


ON_EVERY_BASIS = {
    Status.REFUSED: Refused.REFUSED,
    Status.WITHDRAWN: Refused.WITHDRAWN,
    Status.EXPIRED: Refused.EXPIRED,
    Status.INVALIDATED: Refused.CHANGED,
    Status.RESTRICTED: Refused.RESTRICTED,
    Status.BLOCKED: Refused.BLOCKED,
    Status.ERASED: Refused.SUPPRESSED,
}
ON_CONSENT = ON_EVERY_BASIS | {
    Status.UNKNOWN: Refused.NEVER_ASKED,
    Status.REQUESTED: Refused.NEVER_ASKED,
    Status.OBJECTED: Refused.OBJECTED,
    Status.GIVEN: None,
}
ON_OTHERS = ON_EVERY_BASIS | {Status.UNKNOWN: None, Status.REQUESTED: None, Status.OBJECTED: None, Status.GIVEN: None}


@pytest.mark.parametrize(("status", "basis", "act"), [*product(Status, LegalBasis, Act)])
def test_the_matrix(status: Status, basis: LegalBasis, act: Act) -> None:
    """Each status on each basis for each act has its answer, and the table leaves none out."""
    case = a_use_case(basis=basis)
    expected = (ON_CONSENT if basis is CONSENT else ON_OTHERS)[status]
    ruling = Scales(use_case=case, standing=standing(status), agreed=case, act=act).ruling
    assert ruling.act is act
    if expected is None:
        assert isinstance(ruling, Permit)
    else:
        assert ruling == Refusal(act=act, why=expected)


@pytest.mark.parametrize(("status", "basis", "act"), [*product(Status, LegalBasis, Act)])
def test_the_matrix_of_those_who_reach_nothing(status: Status, basis: LegalBasis, act: Act) -> None:
    """A standing without a level, never heard of or objected in full, opens nothing that consent would have to open."""
    nobody = Standing(status=status)
    case = a_use_case(basis=basis)
    scales = Scales(use_case=case, standing=nobody, act=act)
    ruling = scales.ruling
    if basis is CONSENT:
        assert isinstance(ruling, Refusal)
    elif status in {Status.UNKNOWN, Status.REQUESTED, Status.GIVEN}:
        assert isinstance(ruling, Permit) == (act is not Act.LEARN)
    else:
        assert ruling == Refusal(act=act, why=Refused.OBJECTED if status is Status.OBJECTED else ON_EVERY_BASIS[status])


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("basis", LegalBasis)
def test_an_erased_person_is_refused(basis: LegalBasis, act: Act) -> None:
    """Whoever was erased is refused on every basis, also if a yes were still found."""
    scales = Scales(use_case=a_use_case(basis=basis), suppressed=True, act=act)
    assert scales.why is Refused.SUPPRESSED


def test_who_is_too_young_cannot_consent() -> None:
    """Below the law's age one's own consent does not count; what rests on another basis is not decided by it."""
    assert Scales(under_age=True).why is Refused.UNDER_AGE
    for basis in OTHERS:
        assert Scales(use_case=a_use_case(basis=basis), under_age=True).why is None


def test_nobody_is_young_or_erased_until_it_is_known() -> None:
    """Unless a card says so its owner is of age, and nobody is erased who was not."""
    subject = Subject(place=a_place(), card=Card(language="es", jurisdiction="eu"))
    assert (subject.card.age, subject.card.guardian, subject.suppressed) == (None, False, False)


def test_a_use_case_that_only_watches_itself_uses_nothing() -> None:
    """In the mode that only observes, every answer is a no, whoever asks."""
    for basis, status in product(LegalBasis, Status):
        paused = replace(a_use_case(basis=basis), mode=Mode.OBSERVE)
        assert Scales(use_case=paused, standing=standing(status)).why is Refused.PAUSED


def test_a_wider_version_puts_a_grant_to_sleep() -> None:
    """Consent to a version is none to a wider one; a narrower one asks nobody."""
    case = a_use_case()
    assert Scales(use_case=wider(case), agreed=case).why is Refused.CHANGED
    narrower = Scales(use_case=case, agreed=wider(case))
    assert isinstance(narrower.ruling, Permit)
    assert narrower.ruling.terms == meet(wider(case), case, level=Level.OBSERVED)
    assert narrower.ruling.version == version_of(case)
    for basis in OTHERS:
        other = a_use_case(basis=basis)
        assert Scales(use_case=wider(other), agreed=other, standing=standing(Status.UNKNOWN)).why is None


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("basis", OTHERS)
def test_a_yes_does_not_become_something_that_nobody_asks_for(basis: LegalBasis, act: Act) -> None:
    """Who consented is not used on another basis that took its place, however little of it: their yes sleeps."""
    case = a_use_case()
    moved = a_use_case(basis=basis)
    assert Scales(use_case=moved, agreed=case, act=act).why is Refused.CHANGED
    for status, expected in ON_EVERY_BASIS.items():
        assert Scales(use_case=moved, agreed=case, standing=standing(status), act=act).why is expected
    fresh = Scales(use_case=moved, agreed=moved, standing=standing(Status.OBJECTED, level=Level.CONTEXT)).ruling
    assert isinstance(fresh, Permit)
    assert fresh.level is Level.CONTEXT


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (timedelta(0), None),
        (timedelta(days=730) - timedelta(microseconds=1), None),
        (timedelta(days=730), Refused.EXPIRED),
    ],
)
def test_consent_lasts_as_long_as_promised(after: timedelta, why: Refused | None) -> None:
    """At the very instant at which its time is over a consent is over, counted from the latest yes."""
    assert Scales(now=NOW + after).why is why
    for basis in OTHERS:
        assert Scales(use_case=a_use_case(basis=basis), now=NOW + 9 * timedelta(days=730)).why is None


def test_consent_lasts_as_long_as_the_shorter_promise() -> None:
    """If either version lets consent last shorter, it is over sooner."""
    case = a_use_case()
    short = replace(case, consent_lasts=timedelta(days=30))
    for agreed, current in ((case, short), (short, case)):
        assert Scales(use_case=current, agreed=agreed, now=NOW + timedelta(days=29)).why is None
        assert Scales(use_case=current, agreed=agreed, now=NOW + timedelta(days=30)).why is Refused.EXPIRED


def test_a_yes_without_a_time_is_none() -> None:
    """A consent of which nobody knows when it was given is over."""
    assert Scales(standing=replace(standing(Status.GIVEN), at=None)).why is Refused.EXPIRED


SHARING = replace(a_use_case(), recipients=(MAIL_HOUSE,))
BOUGHT_IN = replace(a_use_case(), rungs=(*a_use_case().rungs, Rung(level=Level.ACQUIRED, strategy="rules")))


@pytest.mark.parametrize(
    ("weighed", "why"),
    [
        (Scales(use_case=SHARING, signals=GPC), Refused.SIGNAL),
        (Scales(use_case=BOUGHT_IN, signals=GPC), Refused.SIGNAL),
        (Scales(signals=GPC), None),
        (Scales(use_case=SHARING), None),
        (Scales(use_case=SHARING, signals=GPC, law=replace(a_law(), honours=Cited(frozenset(), "art. 1"))), None),
        (Scales(use_case=replace(SHARING, heeds_gpc=False), signals=GPC), None),
    ],
)
def test_a_signal_stops_what_is_shared_or_acquired(weighed: Scales, why: Refused | None) -> None:
    """Under the signal, where law and promise honour it, nothing is passed on and nothing bought in is used."""
    assert weighed.why is why


def test_teaching_is_a_yes_of_its_own() -> None:
    """Only who said yes to teaching teaches, on any basis, and only a use case that learns learns."""
    silent = standing(Status.GIVEN, contributes=False)
    for basis in LegalBasis:
        case = a_use_case(basis=basis)
        assert Scales(use_case=case, standing=silent, act=Act.LEARN).why is Refused.REFUSED
        assert Scales(use_case=case, standing=silent, act=Act.USE).why is None
        dull = a_use_case(basis=basis, cap=None)
        assert Scales(use_case=dull, act=Act.LEARN).why is Refused.REFUSED
    assert Scales(use_case=a_use_case(cap=None), agreed=a_use_case(), act=Act.LEARN).why is Refused.REFUSED
    assert Scales(use_case=a_use_case(), agreed=a_use_case(cap=None), act=Act.LEARN).why is Refused.REFUSED


def test_measuring_is_declared_or_not_done() -> None:
    """Only what both versions say is measured is measured."""
    unmeasured = replace(a_use_case(), measure=None)
    assert Scales(use_case=unmeasured, act=Act.MEASURE).why is Refused.NEVER_ASKED
    assert Scales(use_case=unmeasured, agreed=a_use_case(), act=Act.MEASURE).why is Refused.NEVER_ASKED
    assert Scales(use_case=a_use_case(), agreed=unmeasured, act=Act.MEASURE).why is Refused.NEVER_ASKED
    assert Scales(act=Act.MEASURE).why is None


def test_the_first_reason_is_told() -> None:
    """Where several reasons stand in the way the same one is told always: pause, choice, age, lapse, signal, act."""
    case = a_use_case()
    worst = Scales(
        use_case=replace(wider(SHARING), mode=Mode.OBSERVE, measure=None),
        agreed=case,
        standing=standing(Status.WITHDRAWN),
        act=Act.MEASURE,
        suppressed=True,
        under_age=True,
        signals=GPC,
        now=NOW + timedelta(days=1000),
    )
    better = [worst]
    better.append(replace(better[-1], use_case=replace(wider(SHARING), measure=None)))
    better.append(replace(better[-1], suppressed=False))
    better.append(replace(better[-1], standing=standing(Status.GIVEN)))
    better.append(replace(better[-1], under_age=False))
    better.append(replace(better[-1], use_case=replace(SHARING, measure=None), agreed=SHARING))
    better.append(replace(better[-1], now=NOW))
    better.append(replace(better[-1], signals=frozenset()))
    better.append(replace(better[-1], act=Act.USE))
    assert [each.why for each in better] == [
        Refused.PAUSED,
        Refused.SUPPRESSED,
        Refused.WITHDRAWN,
        Refused.UNDER_AGE,
        Refused.CHANGED,
        Refused.EXPIRED,
        Refused.SIGNAL,
        Refused.NEVER_ASKED,
        None,
    ]


def test_a_permit_carries_what_it_rests_on() -> None:
    """A permit names its place, terms, current version, the entry behind it, and since when things may enter."""
    said = replace(standing(Status.GIVEN, level=Level.DECLARED), since=NOW - timedelta(days=9), position=Position(7))
    ruling = Scales(standing=said).ruling
    assert isinstance(ruling, Permit)
    assert (ruling.place, ruling.position, ruling.since) == (a_place(), 7, said.since)
    assert ruling.version == version_of(a_use_case())
    assert ruling.level is ruling.terms.level is Level.DECLARED
    assert "purchase" not in ruling.terms.minimum.events


def test_a_yes_to_nothing_opens_nothing() -> None:
    """Who consents up to level none lets nothing in and nothing be used, whatever the verdict is called."""
    ruling = Scales(standing=standing(Status.GIVEN, level=Level.NONE)).ruling
    assert isinstance(ruling, Permit)
    needs = ruling.terms.minimum
    assert ruling.level is Level.NONE
    assert [*needs.context, *needs.attributes, *needs.events] == []


def test_where_no_choice_is_needed_there_is_no_beginning() -> None:
    """On another basis things may enter from any time, and the whole is allowed unless somebody objected in part."""
    case = a_use_case(basis=INTEREST)
    for each in (Standing(), standing(Status.GIVEN, level=Level.CONTEXT)):
        ruling = Scales(use_case=case, standing=each).ruling
        assert isinstance(ruling, Permit)
        assert ruling.since is None
        assert ruling.level is Level.OBSERVED
    partly = Scales(use_case=case, standing=standing(Status.OBJECTED, level=Level.CONTEXT)).ruling
    assert isinstance(partly, Permit)
    assert partly.level is Level.CONTEXT


@pytest.mark.parametrize(("status", "level"), [*product(Status, (Level.NONE, Level.CONTEXT, Level.OBSERVED))])
def test_who_said_nothing_may_be_left_at_the_context(status: Status, level: Level) -> None:
    """A promise that stops at the context until somebody chooses stops there, and it lifts nobody's own limit."""
    case = a_use_case(basis=INTEREST)
    shy = replace(case, without_choice=Level.CONTEXT)
    said = standing(status, level=level)
    silent = status in {Status.UNKNOWN, Status.REQUESTED}
    assert reach(shy, said) == (Level.CONTEXT if silent else reach(case, said))
    consent = a_use_case()
    assert reach(replace(consent, without_choice=Level.CONTEXT), said) == reach(consent, said)


@given(drawn.use_cases() | drawn.use_cases(basis=INTEREST), st.sampled_from(Status), st.sampled_from(Level))
def test_nobody_is_taken_further_than_they_said(case: UseCase, status: Status, level: Level) -> None:
    """A reach ends where the use case ends and, on consent or after objecting in part, where the person said."""
    reached = reach(case, standing(status, level=level))
    if case.basis is CONSENT or status is Status.OBJECTED:
        assert reached == min(level, case.highest)
    elif case.without_choice is Level.CONTEXT and status in {Status.UNKNOWN, Status.REQUESTED}:
        assert reached <= Level.CONTEXT
    else:
        assert reached == case.highest


def test_withdrawing_counts_from_that_instant() -> None:
    """After a withdrawal, a refusal or an objection in full no act is permitted at any time, before or after."""
    for basis, act in product(LegalBasis, Act):
        case = a_use_case(basis=basis)
        before = drawn.given(case, Level.OBSERVED)
        assert Scales(use_case=case, standing=before, act=act).why is None
        for status in (Status.WITHDRAWN, Status.REFUSED, Status.OBJECTED):
            entry = an_entry(status, at=NOW, level=None)
            after = stand(before, entry, position=Position(2))
            for now in (NOW, NOW + timedelta(microseconds=1), NOW + timedelta(days=3650), NOW - timedelta(days=1)):
                assert isinstance(Scales(use_case=case, standing=after, act=act, now=now).ruling, Refusal)


scales = st.builds(
    Scales,
    use_case=drawn.use_cases() | drawn.use_cases(basis=INTEREST),
    agreed=st.none() | drawn.use_cases(),
    standing=st.builds(standing, st.sampled_from(Status), level=st.sampled_from(Level), contributes=st.booleans()),
    act=st.sampled_from(Act),
    suppressed=st.booleans(),
    under_age=st.booleans(),
    signals=st.sampled_from((frozenset(), GPC)),
    now=st.integers(0, 120).map(lambda days: NOW + timedelta(days=days)),
)


@given(scales)
def test_a_permit_needs_everything(weighed: Scales) -> None:
    """There is a permit only if nothing at all stands in its way, and it goes no further than was said."""
    ruling, case, said = weighed.ruling, weighed.use_case, weighed.standing
    if isinstance(ruling, Refusal):
        return
    assert not weighed.suppressed
    assert case.mode is Mode.ENFORCE
    assert said.status not in ON_EVERY_BASIS
    assert ruling.terms.level <= case.highest
    if case.basis is CONSENT:
        assert said.status is Status.GIVEN
        assert not weighed.under_age
        assert covers(weighed.agreed or case, case, level=reach(case, said))
        assert said.at is not None
        assert weighed.now < said.at + case.consent_lasts
        assert ruling.terms.level <= said.level
        assert ruling.since == said.since
    if said.status is Status.GIVEN:
        assert covers(weighed.agreed or case, case, level=reach(case, said))
    if said.status is Status.OBJECTED:
        assert said.level > Level.NONE
        assert ruling.terms.level <= said.level
    shares = case.recipients or Level.ACQUIRED in case.levels
    assert not (weighed.signals and case.heeds_gpc and shares)
    assert weighed.act is not Act.LEARN or (said.contributes and case.learn)
    assert weighed.act is not Act.MEASURE or case.measure


@given(scales)
def test_a_refusal_is_true(weighed: Scales) -> None:
    """The reason that is told for a no is one that there is."""
    case, said = weighed.use_case, weighed.standing
    on_consent = case.basis is CONSENT
    level = reach(case, said)
    agreed = weighed.agreed or case
    there_is = {
        None: True,
        Refused.PAUSED: case.mode is Mode.OBSERVE,
        Refused.SUPPRESSED: weighed.suppressed or said.status is Status.ERASED,
        Refused.REFUSED: said.status is Status.REFUSED or weighed.act is Act.LEARN,
        Refused.WITHDRAWN: said.status is Status.WITHDRAWN,
        Refused.CHANGED: said.status is Status.INVALIDATED
        or ((on_consent or said.status is Status.GIVEN) and not covers(agreed, case, level=level)),
        Refused.EXPIRED: said.status is Status.EXPIRED or (on_consent and weighed.now > NOW),
        Refused.RESTRICTED: said.status is Status.RESTRICTED,
        Refused.BLOCKED: said.status is Status.BLOCKED,
        Refused.OBJECTED: said.status is Status.OBJECTED,
        Refused.NEVER_ASKED: said.status in {Status.UNKNOWN, Status.REQUESTED} or weighed.act is Act.MEASURE,
        Refused.UNDER_AGE: weighed.under_age and on_consent,
        Refused.SIGNAL: bool(weighed.signals),
    }
    assert there_is[weighed.why]
