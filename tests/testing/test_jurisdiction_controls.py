"""The laws of laws find what they are for: each of these breaks one, and that one turns red."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from fiel.core.deadline import Term, Unit
from fiel.core.law import Cited, Confidence, Jurisdiction, Reply, Right, Signal
from fiel.testing.builders import a_law
from fiel.testing.jurisdictions import JurisdictionLaws, installed


class OfTheUnion(JurisdictionLaws):
    """The laws, for a made-up law."""

    entry = "eu"


WHOLE: Final = a_law()
ARTICLE: Final = "art. 1"

MONTH: Final = Reply(within=Term(1, Unit.MONTHS), extension=Term(2, Unit.MONTHS))


def _aged(age: Cited[int | None]) -> Jurisdiction:
    return replace(WHOLE, ages=replace(WHOLE.ages, sensitive=age))


def _replies(reply: Cited[Reply | None]) -> Jurisdiction:
    return replace(WHOLE, replies={**WHOLE.replies, Right.REVIEW: reply})


FAULTS: Final[Mapping[str, tuple[Jurisdiction, ...]]] = {
    "its_code_is_that_of_its_entry_point": (a_law("cl"),),
    "it_speaks_to_people": (
        replace(WHOLE, name={"en": "a law"}),
        replace(WHOLE, authority={"es": " ", "en": "the authority"}),
    ),
    "every_right_is_spoken_of": (replace(WHOLE, replies={Right.ACCESS: Cited(MONTH, ARTICLE)}),),
    "each_figure_names_its_article": (
        _aged(Cited(16, "")),
        _replies(Cited(MONTH, "the law says so")),
        replace(WHOLE, blocks=Cited(value=False, article=" ")),
        replace(WHOLE, honours=Cited(frozenset({Signal.GPC}), "good practice")),
    ),
    "what_was_not_read_is_not_said": (
        _aged(Cited(16, ARTICLE, Confidence.UNREAD)),
        _replies(Cited(MONTH, ARTICLE, Confidence.UNREAD)),
    ),
    "its_terms_can_be": (
        _replies(Cited(Reply(within=Term(91, Unit.DAYS)), ARTICLE)),
        _replies(Cited(Reply(within=Term(2, Unit.MONTHS), extension=Term(2, Unit.MONTHS)), ARTICLE)),
        _replies(Cited(Reply(within=Term(1.5, Unit.DAYS)), ARTICLE)),  # type: ignore[arg-type]  # the fault
        _replies(Cited(30, ARTICLE)),  # type: ignore[arg-type]  # the fault
        replace(WHOLE, complaint=Cited(30, ARTICLE)),  # type: ignore[arg-type]  # the fault
    ),
    "its_figures_can_be": (
        _aged(Cited(0, ARTICLE)),
        _aged(Cited(19, ARTICLE)),
        _aged(Cited(True, ARTICLE)),  # noqa: FBT003 - the fault
        replace(WHOLE, asks_again=Cited(0, ARTICLE)),
        replace(WHOLE, breach_hours=Cited(10_000, ARTICLE)),
        replace(WHOLE, blocks=Cited(0, ARTICLE)),  # type: ignore[arg-type]  # the fault
        replace(WHOLE, honours=Cited({Signal.GPC}, ARTICLE)),  # type: ignore[arg-type]  # the fault
        replace(WHOLE, honours=Cited(frozenset({"dnt"}), ARTICLE)),  # type: ignore[arg-type]  # the fault
    ),
    "its_days_can_be_counted": (replace(WHOLE, calendar="Chile"), replace(WHOLE, calendar="CL ")),
    "its_place_has_a_name_for_machines": (
        replace(WHOLE, dpv="loc:EU"),
        replace(WHOLE, dpv="https://w3id.org/dpv/loc#"),
        replace(WHOLE, dpv="https://w3id.org/dpv/loc#EU "),
    ),
}


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in FAULTS.items() for fault in faults])
def test_a_planted_fault_is_found(name: str, fault: Jurisdiction) -> None:
    """A law with one fault breaks the law that is about it."""
    with pytest.raises(AssertionError):
        getattr(OfTheUnion(), f"test_{name}")(fault)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("place", ["EU", "ES", "US-CA", "EEA30"])
def test_without_a_fault_every_law_is_kept(name: str, place: str) -> None:
    """The control of the control: the same law without its fault, wherever it holds."""
    getattr(OfTheUnion(), f"test_{name}")(replace(WHOLE, dpv=f"https://w3id.org/dpv/loc#{place}"))


def test_every_law_has_its_fault() -> None:
    """A law that nobody has seen broken proves nothing."""
    assert {f"test_{name}" for name in FAULTS} == {name for name in dir(JurisdictionLaws) if name.startswith("test_")}


def test_an_entry_that_is_not_installed_is_named() -> None:
    """Asking for the laws of a law that is not installed says which."""
    with pytest.raises(LookupError, match="nowhere"):
        installed("nowhere")
