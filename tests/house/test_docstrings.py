"""Every test says in one sentence which rule it keeps."""

import ast
import re

from tests.house.tree import ROOT, Source, source, sources

SECOND_SENTENCE = re.compile(r"[.!?][`\")]?\s+[A-ZÁÉÍÓÚÑ¡¿`]")
SHORTEST = 20  # characters: what is shorter names a test, it does not state a rule


def unexplained(tests: Source) -> list[str]:
    """The tests of a file whose docstring is not one sentence."""
    return [
        f"{tests.name}:{function.lineno} {function.name}"
        for function in tests.functions
        if function.name.startswith("test_") and not _is_one_sentence(ast.get_docstring(function) or "")
    ]


def _is_one_sentence(text: str) -> bool:
    whole = text.endswith((".", "!", "?")) and len(text) >= SHORTEST
    return whole and "\n\n" not in text and not SECOND_SENTENCE.search(text)


def test_every_test_states_its_rule() -> None:
    """A test's docstring is one whole sentence: the rule that it keeps."""
    assert [finding for tests in sources(ROOT / "tests", "test_*.py") for finding in unexplained(tests)] == []


def test_a_test_without_a_rule_is_found() -> None:
    """A missing docstring, a mere name, an unfinished sentence and a second sentence are each found."""
    planted = '''
def test_silent(): pass
def test_named():
    """Works."""
def test_unfinished():
    """What is refused stays refused"""
class TestInside:
    async def test_talkative(self):
        """What is refused stays refused. What is given may be withdrawn."""
def test_sound():
    """What is refused (see `core/permit.py`) stays refused, whatever 1.5 people say."""
'''
    found = unexplained(source("test_planted.py", planted))
    assert [finding.split()[1] for finding in found] == [
        "test_silent",
        "test_named",
        "test_unfinished",
        "test_talkative",
    ]
