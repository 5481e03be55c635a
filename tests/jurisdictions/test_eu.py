"""The law of the Union: the laws of laws, and its own figures."""

from fiel.core.law import Signal
from fiel.jurisdictions.eu import LAW
from fiel.testing.jurisdictions import JurisdictionLaws


class TestEu(JurisdictionLaws):
    """Every law of laws."""

    entry = "eu"


def test_it_says_what_the_regulation_says() -> None:
    """Sixteen years, a month, no blocking: each from its article."""
    assert (LAW.consent_age.value, "8(1)" in LAW.consent_age.article) == (16, True)
    assert (LAW.reply_days.value, "12(3)" in LAW.reply_days.article) == (30, True)
    assert (LAW.blocks.value, "17" in LAW.blocks.article) == (False, True)


def test_it_does_not_claim_that_the_signal_is_law() -> None:
    """GPC is honoured, and the citation says that no article obliges anybody to."""
    assert LAW.honours.value == {Signal.GPC}
    assert "no article obliges" in LAW.honours.article
