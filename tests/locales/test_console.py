"""The console's sentences: the same keys and slots in every language, and one for everything that can happen."""

import pytest

from fiel.bootstrap import LANGUAGES, load_phrases
from fiel.core.law import Right
from fiel.core.promise.usecase import LegalBasis
from fiel.core.rights import Move, State
from fiel.core.scope import RESERVED, Verb
from fiel.core.staff import Role, Weak, Why
from fiel.web.console.rooms import ALL
from tests.locales.test_locales import slots

TABLES: dict[str, set[str]] = {
    "role": {role.value for role in Role},
    "team.may": {role.value for role in Role},
    "tab": {room.tab for room in ALL if room.tab},
    "basis": {basis.value for basis in LegalBasis},
    "look.whys": {why.value for why in Why},
    "join.weak": {*(weak.value for weak in Weak), "again"},
    "requests.right": {right.value for right in Right},
    "requests.states": {state.value for state in State},
    "requests.move": {move.value for move in Move},
    "requests.did": {move.value for move in Move},
    "keys.verb": {verb.value for verb in frozenset(Verb) - RESERVED},
}


def told(language: str) -> dict[str, str]:
    """The console's sentences in one language."""
    return {key: text for key, text in load_phrases()[language].items() if key.startswith("console.")}


def test_all_languages_say_the_same_things() -> None:
    """Every language has the same keys, and each sentence the same slots."""
    first, *others = (told(language) for language in LANGUAGES)
    assert first
    for other in others:
        assert {key: slots(text) for key, text in first.items()} == {key: slots(text) for key, text in other.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_whatever_can_happen_can_be_said(language: str, table: str) -> None:
    """Every closed outcome has its sentence, and there is none for what cannot happen."""
    head = f"console.{table}."
    assert {key.removeprefix(head) for key in told(language) if key.startswith(head)} == TABLES[table]
