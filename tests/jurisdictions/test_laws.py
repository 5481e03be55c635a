"""Every law that Fiel brings: the laws of laws, over its entry point."""

from importlib.metadata import entry_points

import pytest

from fiel.core.law import Jurisdiction
from fiel.testing.jurisdictions import JurisdictionLaws, installed

CODES = sorted(
    point.name for point in entry_points(group="fiel.jurisdictions") if point.value.startswith("fiel.jurisdictions.")
)


@pytest.mark.parametrize("code", CODES)
class TestEach(JurisdictionLaws):
    """Every law of laws, for each."""

    @pytest.fixture(autouse=True)
    def _named(self, code: str) -> None:
        type(self).entry = code

    @pytest.fixture
    def law(self, code: str) -> Jurisdiction:
        """The law to be tested."""
        return installed(code)


def test_all_that_are_promised_are_there() -> None:
    """The laws of our users: the Union, Spain, the United Kingdom, Switzerland, nine of the Americas."""
    assert CODES == ["ar", "br", "ch", "cl", "co", "cr", "es", "eu", "mx", "pe", "uk", "us-ca", "uy"]
