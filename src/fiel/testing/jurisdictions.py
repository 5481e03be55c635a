"""The laws of a law: whoever keeps these may be the jurisdiction of a promise or of a person.

    class TestMine(JurisdictionLaws):
        entry = "cl"

Collected by pytest, which must be installed. The law is loaded by its entry point, as Fiel itself does it. Whether a
figure is right is for whoever reads the article that it cites.
"""

import re
from importlib.metadata import entry_points
from typing import ClassVar, Final

import pytest

from fiel.core.law import Cited, Jurisdiction, Signal
from fiel.core.text import Text

LANGUAGES: Final = ("es", "en")
"""The languages that Fiel itself speaks."""

PLACE: Final = re.compile(r"https://w3id\.org/dpv/loc#[A-Z]{2,4}[0-9]{0,2}(-[A-Z0-9]{1,3})?")
"""A place of the Data Privacy Vocabulary: a country, a union, a region of a country."""

ADULT: Final = 18
"""Years: above this age no law of data protection asks anybody else for consent."""

LONGEST_REPLY: Final = 90
"""Days: no known law gives longer to answer a request without an extension."""


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

    def test_each_figure_names_its_article(self, law: Jurisdiction) -> None:
        """Each figure cites by number what sets it, or what comes nearest where no article does."""
        for figure in (law.consent_age, law.reply_days, law.blocks, law.honours):
            assert isinstance(figure, Cited)
            assert re.search(r"\d", figure.article), figure

    def test_its_figures_can_be(self, law: Jurisdiction) -> None:
        """An age is at most that of adults, a deadline has days, data are blocked or not, and signals are known."""
        assert type(law.consent_age.value) is int
        assert 0 < law.consent_age.value <= ADULT
        assert type(law.reply_days.value) is int
        assert 0 < law.reply_days.value <= LONGEST_REPLY
        assert type(law.blocks.value) is bool
        assert type(law.honours.value) is frozenset
        assert law.honours.value <= set(Signal)

    def test_its_place_has_a_name_for_machines(self, law: Jurisdiction) -> None:
        """Receipts name the place by its IRI in the Data Privacy Vocabulary."""
        assert PLACE.fullmatch(law.dpv), law.dpv


def _is_whole(text: Text) -> bool:
    return all(text.get(language, "").strip() for language in LANGUAGES)
