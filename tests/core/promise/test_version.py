"""Versions: two use cases have one version exactly if they allow the same, and one notice if they also say the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.ids import AreaId, UseCaseId
from fiel.core.promise.change import compare
from fiel.core.promise.usecase import (
    Area,
    Attention,
    Benefit,
    Bound,
    Controller,
    Grain,
    Learning,
    LegalBasis,
    Level,
    Mode,
    Recipient,
    UseCase,
)
from fiel.core.promise.version import material, notice_of, version_of
from fiel.testing.builders import a_text, a_use_case
from tests.core import drawn

MAIL: Final = Recipient(
    name="mail house", via="webhook:one", fields=frozenset({"item", "price"}), why=a_text("why"), country="ES"
)
CASE: Final = replace(a_use_case(basis=LegalBasis.LEGITIMATE_INTEREST), recipients=(MAIL,))
AREA: Final = Area(id=AreaId("sales"), title=a_text("sales"))
SHOP: Final = Controller(name="Almacén Sur", contact="a@example.com", address="Calle Sur 1", dpo="dpd@example.com")
OTHER: Final = a_text("something else")
NEED: Final = CASE.rungs[2].events[0]
DAY: Final = timedelta(days=1)


def observing(**changes: object) -> UseCase:
    """The use case with its observed level changed."""
    return replace(CASE, rungs=(*CASE.rungs[:2], replace(CASE.rungs[2], **changes)))  # type: ignore[arg-type]  # by name


def bounded(**changes: object) -> UseCase:
    """The use case with the bound of its purchases changed."""
    return observing(events=(replace(NEED, bound=replace(NEED.bound, **changes)),))  # type: ignore[arg-type]  # by name


def shared(**changes: object) -> UseCase:
    """The use case with its recipient changed."""
    return replace(CASE, recipients=(replace(MAIL, **changes),))  # type: ignore[arg-type]  # by name


def notice(case: UseCase = CASE, area: Area = AREA, controller: Controller = SHOP) -> str:
    """The notice of these."""
    return notice_of(case, area, controller=controller)


assert CASE.measure is not None
ALLOWS: Final = (
    replace(CASE, id=UseCaseId("picks")),
    replace(CASE, area=AreaId("marketing")),
    replace(CASE, purpose="dpv:Marketing"),
    replace(CASE, basis=LegalBasis.CONSENT),
    replace(CASE, rungs=CASE.rungs[:2]),
    observing(level=Level.INFERRED),
    observing(context=frozenset({"page"})),
    observing(attributes=frozenset({"age"})),
    observing(history=True),
    observing(events=()),
    observing(events=(replace(NEED, event="view"),)),
    observing(events=(replace(NEED, properties=NEED.properties | {"price"}),)),
    bounded(within=91 * DAY),
    bounded(within=None),
    bounded(or_visits=2),
    bounded(keep=199),
    bounded(keep=None),
    bounded(grain=Grain.WEEK),
    replace(CASE, learn=None),
    replace(a_use_case(basis=LegalBasis.LEGITIMATE_INTEREST, cap=49), recipients=(MAIL,)),
    replace(CASE, learn=Learning(why=a_text("others see it too"), cap=50, within=90 * DAY)),
    replace(CASE, learn=Learning(why=a_text("others see it too"), cap=50, within=91 * DAY)),
    replace(CASE, learn=Learning(why=a_text("others see it too"), cap=50, attributes=frozenset({"age"}))),
    replace(
        CASE, learn=Learning(why=a_text("others see it too"), cap=50, within=90 * DAY, attributes=frozenset({"b"}))
    ),
    replace(CASE, measure=None),
    replace(CASE, without_choice=Level.CONTEXT),
    replace(CASE, retention=CASE.retention + DAY),
    replace(CASE, consent_lasts=CASE.consent_lasts + DAY),
    replace(CASE, recipients=()),
    shared(name="courier"),
    shared(via="webhook:two"),
    shared(fields=frozenset({"item"})),
    shared(country="US"),
    replace(CASE, recipients=(MAIL, replace(MAIL, name="courier"))),
    replace(CASE, infers_from=frozenset({"alcohol"})),
    replace(CASE, heeds_gpc=False),
    replace(CASE, measure=replace(CASE.measure, control=0.5)),
    replace(CASE, measure=replace(CASE.measure, control=0.0)),
)
"""Use cases that differ from `CASE` in one thing that may be done."""

assert CASE.learn is not None
SAYS: Final = (
    replace(CASE, title=OTHER),
    replace(CASE, why=OTHER),
    replace(CASE, benefit=Benefit(person=OTHER, company=CASE.benefit.company)),
    replace(CASE, benefit=Benefit(person=CASE.benefit.person, company=OTHER)),
    observing(events=(replace(NEED, why=OTHER),)),
    replace(CASE, learn=replace(CASE.learn, why=OTHER)),
    replace(CASE, measure=replace(CASE.measure, why=OTHER)),
    shared(why=OTHER),
    replace(CASE, balancing=OTHER),
    replace(CASE, balancing=None),
    replace(CASE, title={"es": CASE.title["es"]}),
)
"""Use cases that differ from `CASE` in one thing that is said."""

NEITHER: Final = (
    replace(CASE, rungs=tuple(replace(rung, strategy="popular") for rung in CASE.rungs)),
    replace(CASE, attention=Attention(at_most=1, min_relevance=0.5)),
    replace(CASE, compatible_with=("another version",)),
    replace(CASE, mode=Mode.OBSERVE),
    replace(CASE, explicit=True),
    replace(CASE, title=dict(reversed(list(CASE.title.items())))),
)
"""Use cases that differ from `CASE` in what neither allows more nor was shown."""


def test_whatever_is_allowed_differently_is_another_version() -> None:
    """Each thing that decides what may be done is in the version, and each change of it makes a version of its own."""
    versions = [version_of(case) for case in (CASE, *ALLOWS)]
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize("case", [*SAYS, *NEITHER])
def test_what_is_said_or_ranked_is_not_in_the_version(case: UseCase) -> None:
    """Other words, another strategy and other company matters leave the version as it is."""
    assert version_of(case) == version_of(CASE)


def test_whatever_is_shown_differently_is_another_notice() -> None:
    """Each thing that was shown is in the notice: the material part, the texts, the area and the controller."""
    notices = [notice(case) for case in (CASE, *ALLOWS, *SAYS)]
    notices.append(notice(area=replace(AREA, title=OTHER)))
    notices += [notice(controller=replace(SHOP, **{part: "another"})) for part in ("name", "contact", "address", "dpo")]
    notices.append(notice(controller=replace(SHOP, dpo=None)))
    assert len(set(notices)) == len(notices)


@pytest.mark.parametrize("case", NEITHER)
def test_what_was_not_shown_is_not_in_the_notice(case: UseCase) -> None:
    """What a person does not see leaves the notice as it is."""
    assert notice(case) == notice()


@given(drawn.use_cases(), st.randoms(use_true_random=False))
def test_a_version_does_not_hang_on_the_order(case: UseCase, chance: object) -> None:
    """Events and recipients may be written in any order: they allow the same."""
    assert hasattr(chance, "shuffle")
    recipients = list(case.recipients)
    chance.shuffle(recipients)
    rungs = []
    for rung in case.rungs:
        events = list(rung.events)
        chance.shuffle(events)
        rungs.append(replace(rung, events=tuple(events)))
    assert version_of(replace(case, recipients=tuple(recipients), rungs=tuple(rungs))) == version_of(case)


@given(drawn.use_cases(), drawn.use_cases(), st.sampled_from(Level))
def test_one_version_has_no_differences(one: UseCase, other: UseCase, level: Level) -> None:
    """What has the same version differs in nothing that anybody agreed to, whatever else was changed."""
    if compare(one, other, level=level):
        assert version_of(one) != version_of(other)
    worded = replace(one, title=other.title, compatible_with=("v",), attention=Attention(at_most=3))
    assert version_of(worded) == version_of(one)
    assert compare(one, worded, level=level) == ()


def test_a_version_is_a_digest() -> None:
    """A version and a notice are 64 hexadecimal digits, and the same in every run: grants outlive the program."""
    for digest in (version_of(CASE), notice()):
        assert len(bytes.fromhex(digest)) == 32
    assert version_of(a_use_case()) == version_of(a_use_case())
    whole = Bound(within=90 * DAY, or_visits=1, keep=200, grain=Grain.MONTH)
    assert NEED.bound == whole
    assert material(CASE)["levels"] == [
        {"level": "context", "context": ["item"], "attributes": [], "events": [], "history": False},
        {"level": "declared", "context": [], "attributes": ["favourite_categories"], "events": [], "history": False},
        {
            "level": "observed",
            "context": [],
            "attributes": [],
            "events": [{"event": "purchase", "properties": ["item"], "bound": [7_776_000, 1, 200, "month"]}],
            "history": False,
        },
    ]
