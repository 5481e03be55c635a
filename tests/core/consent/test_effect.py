"""Effects: what must follow from a choice, in the order in which it must be done, and nothing that need not."""

from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.choice import Entry, Standing, Status, fold, stand
from fiel.core.consent.effect import Effect, Upkeep, holds, plan, upkeep
from fiel.core.ids import Position, Version
from fiel.core.permit import Permit
from fiel.core.promise.usecase import LegalBasis, Level
from fiel.testing.builders import a_place, a_use_case
from tests.core import drawn
from tests.core.drawn import an_entry
from tests.core.scales import Scales

CONSENT = LegalBasis.CONSENT
SET_ASIDE = frozenset({Status.RESTRICTED, Status.BLOCKED})
ENDS = (Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED, Status.INVALIDATED, Status.ERASED)
ALL_GONE = (Effect.FORGET, Effect.SHRED)

bases = st.sampled_from(LegalBasis)
standings = st.lists(drawn.entries, max_size=5).map(
    lambda entries: fold((Position(place), entry) for place, entry in enumerate(entries))
)


def standing(
    status: Status, *, level: Level = Level.OBSERVED, contributes: bool = False, version: str | None = "v1"
) -> Standing:
    """Somebody who stands so."""
    named = None if version is None else Version(version)
    return Standing(status=status, level=level, contributes=contributes, version=named)


@pytest.mark.parametrize(("status", "basis", "level"), [*product(Status, LegalBasis, (Level.NONE, Level.CONTEXT))])
def test_where_data_may_lie(status: Status, basis: LegalBasis, level: Level) -> None:
    """Data may lie where there is a yes, where nobody objected to what needs none, and where it is set aside."""
    on_consent = basis is CONSENT
    expected = {
        Status.GIVEN: level > Level.NONE or not on_consent,
        Status.OBJECTED: level > Level.NONE and not on_consent,
        Status.RESTRICTED: True,
        Status.BLOCKED: True,
        Status.UNKNOWN: not on_consent,
        Status.REQUESTED: not on_consent,
    }
    assert holds(standing(status, level=level), basis) == expected.get(status, False)


@given(standings, bases)
def test_what_is_permitted_may_lie(said: Standing, basis: LegalBasis) -> None:
    """A use is permitted exactly where data may lie that are not set aside, if nothing else stands in the way."""
    case = a_use_case(basis=basis)
    ruling = Scales(use_case=case, standing=said).ruling
    if isinstance(ruling, Permit) and ruling.level > Level.NONE:
        assert holds(said, basis)
    if holds(said, basis) and said.status not in SET_ASIDE:
        assert isinstance(ruling, Permit)


@given(standings, drawn.entries, bases)
def test_effects_come_in_their_order(before: Standing, entry: Entry, basis: LegalBasis) -> None:
    """Forget comes first, for what is shredded cannot be subtracted any more; nothing is narrowed and shredded."""
    effects = plan(before, stand(before, entry, position=Position(9)), basis=basis)
    assert list(effects) == [effect for effect in Effect if effect in effects]
    assert effects in {
        (),
        (Effect.FORGET,),
        (Effect.NARROW,),
        (Effect.FORGET, Effect.NARROW),
        (Effect.FORGET, Effect.SHRED),
    }


@given(standings, st.sampled_from(ENDS), bases)
def test_nothing_is_held_after_an_ending(before: Standing, status: Status, basis: LegalBasis) -> None:
    """After a no of any kind all is forgotten and shredded, if anything could lie there; and then nothing more can."""
    after = stand(before, an_entry(status), position=Position(9))
    assert not holds(after, basis)
    assert plan(before, after, basis=basis) == (ALL_GONE if holds(before, basis) else ())
    assert plan(after, stand(after, an_entry(status), position=Position(10)), basis=basis) == ()


@given(standings, bases)
def test_objecting_in_full_leaves_nothing(before: Standing, basis: LegalBasis) -> None:
    """An objection without a level ends it, on every basis; on consent, where there is none to make, also one with."""
    for level in (None, Level.NONE, Level.CONTEXT):
        after = stand(before, an_entry(Status.OBJECTED, level=level), position=Position(9))
        if not level or basis is CONSENT:
            assert plan(before, after, basis=basis) == (ALL_GONE if holds(before, basis) else ())


@given(standings, standings, bases)
def test_who_no_longer_teaches_is_forgotten(before: Standing, after: Standing, basis: LegalBasis) -> None:
    """Whoever taught and does not any more is subtracted, whatever else follows."""
    effects = plan(before, after, basis=basis)
    if before.contributes and not after.contributes and holds(before, basis):
        assert effects[0] is Effect.FORGET
    if Effect.FORGET in effects and Effect.SHRED not in effects:
        assert before.contributes
        assert not after.contributes


@given(standings, bases)
def test_what_stays_as_it_is_has_no_effect(before: Standing, basis: LegalBasis) -> None:
    """Nothing follows from saying the same again."""
    assert plan(before, before, basis=basis) == ()


GIVEN = standing(Status.GIVEN)
INTEREST = LegalBasis.LEGITIMATE_INTEREST


CHANGES: Final[tuple[tuple[Standing, Standing, LegalBasis, tuple[Effect, ...]], ...]] = (
    (Standing(), GIVEN, CONSENT, ()),  # a first yes
    (standing(Status.GIVEN, level=Level.DECLARED), GIVEN, CONSENT, ()),  # raised
    (GIVEN, standing(Status.GIVEN, level=Level.DECLARED), CONSENT, (Effect.NARROW,)),
    (GIVEN, standing(Status.GIVEN, version="v2"), CONSENT, (Effect.NARROW,)),  # to another version
    (GIVEN, standing(Status.GIVEN, contributes=True), CONSENT, ()),
    (standing(Status.GIVEN, contributes=True), GIVEN, CONSENT, (Effect.FORGET,)),
    (standing(Status.GIVEN, contributes=True), standing(Status.RESTRICTED, contributes=True), CONSENT, ()),
    (
        standing(Status.GIVEN, contributes=True),
        standing(Status.GIVEN, contributes=True, level=Level.CONTEXT),
        CONSENT,
        (Effect.NARROW,),
    ),
    (
        standing(Status.GIVEN, contributes=True),
        standing(Status.GIVEN, level=Level.CONTEXT),
        CONSENT,
        (Effect.FORGET, Effect.NARROW),
    ),
    (GIVEN, standing(Status.RESTRICTED), CONSENT, ()),  # set aside
    (GIVEN, standing(Status.BLOCKED, level=Level.CONTEXT), CONSENT, ()),
    (standing(Status.RESTRICTED), GIVEN, CONSENT, ()),  # lifted
    (standing(Status.RESTRICTED), standing(Status.GIVEN, level=Level.CONTEXT), CONSENT, (Effect.NARROW,)),
    (standing(Status.BLOCKED), Standing(status=Status.WITHDRAWN), CONSENT, ALL_GONE),
    (Standing(), Standing(status=Status.REFUSED), CONSENT, ()),
    (Standing(), Standing(status=Status.REQUESTED), CONSENT, ()),
    (Standing(status=Status.REFUSED), GIVEN, CONSENT, ()),
    (Standing(), Standing(status=Status.OBJECTED), INTEREST, ALL_GONE),  # there may be something without a choice
    (Standing(), standing(Status.OBJECTED, level=Level.CONTEXT), INTEREST, (Effect.NARROW,)),
    (standing(Status.OBJECTED), standing(Status.OBJECTED, level=Level.CONTEXT), INTEREST, (Effect.NARROW,)),
    (standing(Status.OBJECTED, level=Level.CONTEXT), standing(Status.OBJECTED), INTEREST, ()),
    (
        standing(Status.OBJECTED, version=None),
        standing(Status.OBJECTED, version=None),
        INTEREST,
        (),
    ),
    (Standing(status=Status.OBJECTED), standing(Status.OBJECTED, level=Level.CONTEXT), INTEREST, ()),
    (standing(Status.GIVEN, version=None), standing(Status.OBJECTED, version=None), INTEREST, (Effect.NARROW,)),
    (Standing(), Standing(status=Status.REQUESTED), INTEREST, ()),
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_follows(change: tuple[Standing, Standing, LegalBasis, tuple[Effect, ...]]) -> None:
    """From each of these changes exactly this follows."""
    before, after, basis, effects = change
    assert plan(before, after, basis=basis) == effects


def test_upkeep_is_for_one_place() -> None:
    """The machine's mandate names the one compartment that it is for."""
    assert upkeep(a_place()) == Upkeep(place=a_place())
