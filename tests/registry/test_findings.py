"""Every code of `fiel check`: an example that fails with it at the right line, one that passes, and its explanation."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from fiel.core.ids import UseCaseId
from fiel.core.promise.finding import Code, Finding
from fiel.core.promise.revision import overreaching
from fiel.core.promise.version import version_of
from fiel.registry import check_promise, read_texts
from tests.house.tree import ROOT
from tests.registry.findings import files, law, names, needs
from tests.registry.findings.example import Example
from tests.registry.sound import LAWS, READS, SOUND, edited

EXAMPLES = (*files.EXAMPLES, *names.EXAMPLES, *needs.EXAMPLES, *law.EXAMPLES)
NOT_ALONE = {Code.WIDER_THAN_COMPATIBLE, Code.CONTRADICTED_BENEFIT, Code.UNEARNED_LEVEL}
"""The codes that one promise alone cannot have: of two versions (below), of a measurement (tests/core/promise)."""

DOCUMENTS = [ROOT / "docs" / "reference" / f"findings.{language}.md" for language in ("es", "en")]
HEADING = re.compile(r"^### (FIEL\d{3}) ", re.MULTILINE)


def found(texts: Mapping[str, str | bytes], folder: Path) -> tuple[Finding, ...]:
    """What `fiel check` finds in these files."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_promise(folder, reads=READS, laws=LAWS).findings


def _named(example: Example) -> str:
    return example.code.name


@pytest.mark.parametrize("example", EXAMPLES, ids=_named)
def test_a_breach_is_found_where_it_is(example: Example, tmp_path: Path) -> None:
    """The example that fails gives its code at each marked line, and no other finding."""
    findings = found(example.fails, tmp_path)
    assert [(finding.code, finding.file, finding.line) for finding in findings] == [
        (example.code, file, line) for file, line in example.places
    ]
    assert example.places


@pytest.mark.parametrize("example", EXAMPLES, ids=_named)
def test_what_is_no_breach_passes(example: Example, tmp_path: Path) -> None:
    """The example near it that passes gives no finding."""
    assert found(example.passes, tmp_path) == ()


def test_the_promise_they_all_depart_from_is_sound(tmp_path: Path) -> None:
    """The promise that the examples change has no finding, so what they find is what they changed."""
    assert found(SOUND, tmp_path) == ()


def test_compatible_with_cannot_widen() -> None:
    """A wider use case that calls an agreed version compatible is found; a merely undetermined one is settled."""
    before = read_texts(SOUND).promise
    assert before is not None
    agreed = version_of(before.use_cases[UseCaseId("offers")])
    line = f"compatible_with: [{agreed}]\n"
    finer = edited(
        ("ProvideProductRecommendations", "ProvidePersonalisedRecommendations"), ("retention:", f"{line}retention:")
    )
    wider = edited(("within: 90d", "within: 91d"), ("retention:", f"{line}retention:"))
    for texts, codes in ((finer, []), (wider, [Code.WIDER_THAN_COMPATIBLE])):
        after = read_texts(texts)
        assert after.promise is not None
        findings = [after.located(remark) for remark in overreaching(before, after.promise)]
        assert [finding.code for finding in findings] == codes
        assert all(finding.length == len(agreed) for finding in findings)


def test_every_code_has_its_examples() -> None:
    """No code is without an example, and none has two."""
    assert sorted([*(example.code for example in EXAMPLES), *NOT_ALONE]) == sorted(Code)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_code_is_explained(document: Path) -> None:
    """The reference explains each code once, in order, and no other."""
    assert HEADING.findall(document.read_text()) == sorted(Code)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_explanation_says_what_why_and_how(document: Path) -> None:
    """Each explanation has its three parts: what was found, why it is a rule, how to fix it."""
    parts = {"es": ["Qué", "Por qué", "Qué hacer"], "en": ["What", "Why", "Fix"]}[document.suffixes[0][1:]]
    sections = re.split(r"^### ", document.read_text(), flags=re.MULTILINE)[1:]
    assert [re.findall(r"^- \*\*(.+?)\.\*\*", section, re.MULTILINE) for section in sections] == [parts] * len(sections)
