"""The sentences: the same keys and slots in every language, and one for everything that can happen."""

import string

import pytest

from fiel.core.consent.choice import Attestation, Status
from fiel.core.consent.effect import Effect
from fiel.core.permit import Refused
from fiel.core.promise.usecase import Grain, LegalBasis, Level, Source
from fiel.core.use.decision import Degraded, Silent
from fiel.core.use.gate import DropReason
from tests.core.consent.receipts import phrases

LANGUAGES = ("es", "en")
SAYING = ("because", "none", "silent", "status", "drop", "effect")
"""The tables whose entries are whole sentences."""


def slots(sentence: str) -> set[str]:
    """The names within braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_all_languages_say_the_same_things() -> None:
    """Every language has the same keys, and each sentence the same slots."""
    spanish, english = (phrases(language) for language in LANGUAGES)
    assert {key: slots(sentence) for key, sentence in spanish.items()} == {
        key: slots(sentence) for key, sentence in english.items()
    }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("none", [*(refused.value for refused in Refused), *(degraded.value for degraded in Degraded)]),
        ("silent", [silent.value for silent in Silent]),
        ("level", [level.word for level in Level]),
        ("status", [status.value for status in Status]),
        ("drop", [reason.value for reason in DropReason]),
        ("effect", [effect.value for effect in Effect]),
        ("basis", [basis.value for basis in LegalBasis]),
        ("receipt.attested", [by.value for by in Attestation]),
        ("receipt.origin", [source.value for source in Source]),
        ("receipt.grain", [grain.value for grain in Grain]),
        ("because", ["event", "context", "attribute", "fact", "level"]),
        ("month", [str(month) for month in range(1, 13)]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_can_happen_can_be_said(language: str, table: str, words: list[str]) -> None:
    """Every closed outcome has its sentence, and there is none for what cannot happen."""
    said = {key.removeprefix(f"{table}.") for key in phrases(language) if key.startswith(f"{table}.")}
    assert said == set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_one_sentence(language: str) -> None:
    """What stands alone before a person is one whole sentence."""
    for key, sentence in phrases(language).items():
        if key.partition(".")[0] in SAYING or key == "destroyed":
            assert sentence.endswith("."), key
            assert sentence.count(". ") == 0, key
            assert sentence[0].isupper(), key


def test_explanations_ask_for_what_is_there_to_fill_them() -> None:
    """An explanation is filled with what a reason is about and its value, and with nothing else."""
    for language in LANGUAGES:
        said = phrases(language)
        assert slots(said["because.event"]) == slots(said["because.attribute"]) == {"kind", "value"}
        assert slots(said["because.context"]) == {"value"}
        assert slots(said["control.decision"]) == slots(said["control.notice"]) == {"share"}
        unfilled = [key for key in said if key.startswith(("none.", "silent.", "because.level", "destroyed"))]
        assert [key for key in unfilled if slots(said[key])] == []
