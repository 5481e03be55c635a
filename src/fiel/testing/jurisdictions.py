"""The laws of a law: whoever keeps these may be the jurisdiction of a promise or of a person.

    class TestMine(JurisdictionLaws):
        entry = "cl"

Collected by pytest, which must be installed. The law is loaded by its entry point, as Fiel itself does it. Whether a
figure is right is for whoever reads the article that it cites.
"""

import re
from collections.abc import Iterator
from datetime import date
from importlib.metadata import entry_points
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

import pytest

from fiel.core.deadline import Term, Unit
from fiel.core.law import Cited, Confidence, Jurisdiction, Mode, Reply, Right, Signal
from fiel.core.text import Text

LANGUAGES: Final = ("es", "en")
"""The languages that Fiel itself speaks."""

PLACE: Final = re.compile(r"https://w3id\.org/dpv/loc#[A-Z]{2,4}[0-9]{0,2}(-[A-Z0-9]{1,3})?")
"""A place of the Data Privacy Vocabulary: a country, a union, a region of a country."""

ADULT: Final = 18
"""Years: above this age no law of data protection asks anybody else for consent."""

LONGEST_REPLY: Final = {Unit.DAYS: 90, Unit.WORKING_DAYS: 60, Unit.MONTHS: 3}
"""In each unit: no known law gives longer to answer a request, its extension included."""

LONGEST_REST: Final = 60
"""Months: no known law forbids longer to ask somebody again."""

CALENDAR: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
"""A country, or a region of one (ISO 3166-1 and -2)."""


def installed(entry: str) -> Jurisdiction:
    """The law behind an entry point; raises `LookupError` if there is none of that name."""
    for point in entry_points(group="fiel.jurisdictions", name=entry):
        law: Jurisdiction = point.load()
        return law
    raise LookupError(f"no law is installed as `{entry}`")


class JurisdictionLaws:
    """All laws. Say in `entry` how the jurisdiction's entry point is called."""

    entry: ClassVar[str]

    @pytest.fixture
    def law(self) -> Jurisdiction:
        """The law to be tested."""
        return installed(self.entry)

    def test_its_code_is_that_of_its_entry_point(self, law: Jurisdiction) -> None:
        """A promise and a person's card name a law as its entry point does."""
        assert isinstance(law, Jurisdiction)
        assert law.code == self.entry

    def test_it_speaks_to_people(self, law: Jurisdiction) -> None:
        """Its name and whom to complain to are there in every language that Fiel speaks."""
        for text in (law.name, law.authority):
            assert _is_whole(text), text

    def test_every_right_is_spoken_of(self, law: Jurisdiction) -> None:
        """Each right has its term, or says why there is none."""
        assert set(law.replies) == set(Right)

    def test_each_figure_names_its_article(self, law: Jurisdiction) -> None:
        """Each figure cites by number what sets it, or what comes nearest where no article does."""
        for figure in _figures(law):
            assert isinstance(figure, Cited)
            assert re.search(r"\d", figure.article), figure

    def test_what_was_not_read_is_not_said(self, law: Jurisdiction) -> None:
        """Where nobody verified a figure there is none: a person decides, never a default."""
        for figure in _figures(law):
            assert isinstance(figure.confidence, Confidence)
            assert figure.value is None or figure.confidence is not Confidence.UNREAD, figure

    def test_its_terms_can_be(self, law: Jurisdiction) -> None:
        """A term to answer, with all of its extension, is no longer than any law gives."""
        for reply in (each.value for each in law.replies.values()):
            if reply is None:
                continue
            assert isinstance(reply, Reply)
            terms = [term for term in (reply.within, reply.extension) if term is not None]
            for unit in Unit:
                assert sum(term.amount for term in terms if term.unit is unit) <= LONGEST_REPLY[unit], reply
            assert all(type(term.amount) is int for term in terms), reply
        for term in (law.blocks_within.value, law.complaint.value):
            assert term is None or isinstance(term, Term)

    def test_its_figures_can_be(self, law: Jurisdiction) -> None:
        """An age is at most that of adults, what is said by yes or no is, and signals are known."""
        for age in (law.ages.consent, law.ages.sensitive, law.ages.advertising):
            assert age.value is None or (type(age.value) is int and 0 < age.value <= ADULT), age
        for said in (law.blocks, law.last_day_moves):
            assert type(said.value) is bool
        for number, most in ((law.asks_again, LONGEST_REST), (law.breach_hours, 31 * 24)):
            assert number.value is None or (type(number.value) is int and 0 < number.value <= most), number
        assert type(law.since.value) is date
        assert isinstance(law.mode.value, Mode)
        assert type(law.honours.value) is frozenset
        assert law.honours.value <= set(Signal)

    def test_its_days_can_be_counted(self, law: Jurisdiction) -> None:
        """Its holidays are those of a country or a region, and its days begin in a zone; or both differ within it."""
        assert law.calendar is None or CALENDAR.fullmatch(law.calendar), law.calendar
        assert law.zone is None or ZoneInfo(law.zone).key == law.zone

    def test_its_place_has_a_name_for_machines(self, law: Jurisdiction) -> None:
        """Receipts name the place by its IRI in the Data Privacy Vocabulary."""
        assert PLACE.fullmatch(law.dpv), law.dpv


def _figures(law: Jurisdiction) -> Iterator[Cited[object]]:
    """Everything that the law was asked for."""
    yield from (law.since, law.mode, law.last_day_moves, law.ages.consent, law.ages.sensitive, law.ages.advertising)
    yield from (law.blocks, law.blocks_within, law.asks_again, law.honours, law.breach_hours, law.complaint)
    yield from law.replies.values()


def _is_whole(text: Text) -> bool:
    return all(text.get(language, "").strip() for language in LANGUAGES)
