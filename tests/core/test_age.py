"""Who decides alone: by law, by how sensitive it is, and for advertising; of nobody is more known than a band."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.age import AgeBand, is_barred, needs_guardian
from fiel.core.law import Ages, Cited, Jurisdiction
from fiel.core.permit import Card, Circumstances, Permit, Refusal, Refused, Subject, authorise
from fiel.core.promise.purpose import ADVERTISING, is_advertising
from fiel.core.promise.usecase import LegalBasis, UseCase
from fiel.testing.builders import a_law, a_place, a_use_case
from fiel.testing.jurisdictions import installed
from tests.core.drawn import NOW
from tests.core.scales import Scales

BANDS = st.sampled_from(AgeBand)


def ages(*, consent: int | None = 16, sensitive: int | None = 16, advertising: int | None = None) -> Ages:
    """The ages of a made-up law."""
    return Ages(
        consent=Cited(consent, "art. 1"), sensitive=Cited(sensitive, "art. 2"), advertising=Cited(advertising, "art. 3")
    )


def ruling(card: Card, case: UseCase, law: Jurisdiction) -> Permit | Refusal:
    """What the needle says of somebody with that card."""
    scales = Scales(use_case=case)
    return authorise(
        Subject(place=a_place(), card=card),
        scales.agreement,
        standing=scales.standing,
        act=scales.act,
        circumstances=Circumstances(law=law, now=NOW),
    )


def is_refused(code: str, years: AgeBand, *, guardian: bool = False, **about: object) -> bool:
    """Whether somebody of that age is told that they are too young, under an installed law."""
    case = replace(a_use_case(), **about)  # type: ignore[arg-type]  # whatever the test is about
    card = Card(language="es", jurisdiction=code, age=years, guardian=guardian)
    found = ruling(card, case, installed(code))
    return isinstance(found, Refusal) and found.why is Refused.UNDER_AGE


def test_each_band_has_its_word() -> None:
    """A band is written in one way, and found by it."""
    assert [AgeBand.named(band.word) for band in AgeBand] == list(AgeBand)
    with pytest.raises(ValueError, match="15"):
        AgeBand.named("15")


@given(BANDS, st.integers(1, 18))
def test_whoever_may_be_too_young_is(band: AgeBand, age: int) -> None:
    """A band with one year below the law's age counts as below, and none that begins at it."""
    assert needs_guardian(band, ages(consent=age), sensitive=False) == (band < age)


@given(st.booleans())
def test_nobody_is_taken_for_a_child(sensitive: bool) -> None:  # noqa: FBT001 - drawn
    """Where no age is known, or the law names none, nobody is refused for it."""
    assert not needs_guardian(None, ages(), sensitive=sensitive)
    assert not needs_guardian(AgeBand.CHILD, ages(consent=None, sensitive=None), sensitive=sensitive)
    assert not is_barred(None, ages(advertising=18))
    assert not is_barred(AgeBand.CHILD, ages(advertising=None))


@pytest.mark.parametrize(
    ("code", "band", "refused"),
    [
        ("es", AgeBand.FROM_13, True),
        ("es", AgeBand.FROM_14, False),
        ("eu", AgeBand.FROM_14, True),
        ("eu", AgeBand.FROM_16, False),
        ("uk", AgeBand.FROM_12, True),
        ("uk", AgeBand.FROM_13, False),
        ("cl", AgeBand.FROM_14, False),
        ("co", AgeBand.FROM_16, True),
        ("co", AgeBand.ADULT, False),
        ("mx", AgeBand.CHILD, False),
    ],
)
def test_the_age_hangs_on_the_law(code: str, band: AgeBand, *, refused: bool) -> None:
    """The same age decides alone under one law and not under another, by their articles."""
    assert is_refused(code, band) == refused


def test_sensitive_data_may_ask_for_more_years() -> None:
    """In Chile somebody of fourteen decides alone, but not on sensitive data (Law 19.628 art. 16 quater)."""
    assert not is_refused("cl", AgeBand.FROM_14)
    assert is_refused("cl", AgeBand.FROM_14, explicit=True)


def test_a_guardian_agrees_for_a_child() -> None:
    """Where whoever answers for a child agreed, the yes counts."""
    assert is_refused("es", AgeBand.CHILD)
    assert not is_refused("es", AgeBand.CHILD, guardian=True)


def test_nobody_agrees_to_advertising_profiles_of_minors() -> None:
    """In Brazil no profile for advertising is made of a minor, on whatever basis and whoever agrees (Law 15.211)."""
    for basis in (LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST):
        assert is_refused("br", AgeBand.FROM_16, guardian=True, purpose="dpv:DirectMarketing", basis=basis)
    assert not is_refused("br", AgeBand.FROM_16, purpose="dpv:CustomerCare")


def test_a_purpose_is_known_in_both_spellings() -> None:
    """A purpose of advertising is one whether it is written in short or in full."""
    for purpose in ADVERTISING:
        assert is_advertising(purpose)
        assert is_advertising(purpose.replace("dpv:", "https://w3id.org/dpv#"))
    assert not is_advertising("dpv:CustomerCare")


def test_the_control_lets_an_adult_through() -> None:
    """The same person without a card of a child is not refused."""
    assert isinstance(ruling(Card(language="es", jurisdiction="eu"), a_use_case(), a_law()), Permit)
