"""The card over HTTP: what a person may say of themselves, and what only their shop can."""

import pytest

from tests.web.asking import AS_ANA, Asking

MINE = "/v1/subjects/me/card"


@pytest.fixture
def ask() -> Asking:
    """A house with its doors open."""
    return Asking()


def test_a_person_names_their_law_and_age(ask: Asking) -> None:
    """What is noted is answered, and a date of birth is nowhere."""
    told = ask("PUT", MINE, AS_ANA, json={"jurisdiction": "cl", "age": "14-15", "language": "en"}).json
    assert told == {"language": "en", "jurisdiction": "cl", "age": "14-15", "guardian": False}
    assert ask("GET", MINE, AS_ANA).json == told


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"guardian": True}, (403, "not_allowed")),
        ({"age": "15"}, (422, "malformed")),
        ({"jurisdiction": "atlantis"}, (422, "malformed")),
        ({"born": "2010-01-01"}, (422, "malformed")),
    ],
)
def test_what_cannot_be_noted_is_told(ask: Asking, body: dict[str, object], refused: tuple[int, str]) -> None:
    """A guardian's yes by the child, a single year, an unknown law, a date of birth: each is refused."""
    answer = ask("PUT", MINE, AS_ANA, json=body)
    assert (answer.status, answer.problem) == refused
