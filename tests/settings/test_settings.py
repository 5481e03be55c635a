"""What is set in the environment is taken as it was meant, or refused with what to write."""

from pathlib import Path

import pytest

from fiel.core.errors import SettingsInvalid
from fiel.egress import PUBLIC, Reach
from fiel.settings import Settings, reach_of

HERE = Path("promise")


def test_requests_go_to_the_public_internet_alone_unless_it_is_said() -> None:
    """The door out opens no further than the words in `FIEL_EGRESS` say."""
    assert Settings.of(HERE, environ={}).reach == PUBLIC == reach_of("")
    assert Settings.of(HERE, environ={"FIEL_EGRESS": "private"}).reach == Reach(private=True)
    assert reach_of(" loopback , private,") == Reach(private=True, loopback=True)


@pytest.mark.parametrize("words", ["all", "private loopback", "true", "Private"])
def test_a_word_that_opens_nothing_is_refused(words: str) -> None:
    """What nobody can have meant opens no door and closes none in silence."""
    with pytest.raises(SettingsInvalid, match="FIEL_EGRESS"):
        Settings.of(HERE, environ={"FIEL_EGRESS": words})
