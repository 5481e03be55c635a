"""YAML read as version 1.2, within its caps, and whatever is in the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.promise.finding import Code
from fiel.registry.source import LARGEST, Node, parse
from tests.registry.sound import COMPANY, OFFERS


def plain(node: Node) -> object:
    """The node without its places."""
    if isinstance(node.value, dict):
        return {name: plain(part) for name, part in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(part) for part in node.value]
    return node.value


def read(text: str) -> object:
    """What a text without findings holds."""
    node, findings = parse("x.yaml", text)
    assert findings == ()
    assert node is not None
    return plain(node)


def codes(text: str) -> list[Code]:
    """The codes of a text's findings."""
    return [finding.code for finding in parse("x.yaml", text)[1]]


def test_words_stay_words() -> None:
    """`no`, `on` and a date are words, and 012 is twelve: YAML 1.2, in which Norwegian is a language."""
    assert read("{no: on, day: 2026-02-03, n: 012, x: 1.5, y: true, z: ~, '1': 'true', <<: w}") == {
        "no": "on",
        "day": "2026-02-03",
        "n": 12,
        "x": 1.5,
        "y": True,
        "z": None,
        "1": "true",
        "<<": "w",
    }


def test_a_value_knows_its_place() -> None:
    """A single value is pointed at itself, a larger one at its key, an entry of a list at its first key."""
    node, _ = parse("x.yaml", "a:\n  b: 'long text'\n  c: [1]\nd:\n  - e: 1\n")
    assert node is not None
    assert isinstance(node.value, dict)
    inner, listed = node.value["a"], node.value["d"]
    assert (inner.span.line, inner.span.column, inner.span.length) == (1, 1, 1)
    assert isinstance(inner.value, dict)
    assert [(part.span.line, part.span.column, part.span.length) for part in inner.value.values()] == [
        (2, 6, 11),
        (3, 3, 1),
    ]
    assert isinstance(listed.value, tuple)
    assert (listed.value[0].span.line, listed.value[0].span.column) == (5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "a: [",
        "a: b: c",
        "\ta: b",
        "a: 1\n---\nb: 2",
        "%YAML 9.9\n---\na: 1",
        "*x",
        "a: \x07",
        "!!python/x 1",
        "a: !t {}",
    ],
)
def test_what_is_no_yaml_is_found(text: str) -> None:
    """An empty file, broken syntax, two documents, an unknown alias, a control character and a tag are findings."""
    assert codes(text) == [Code.NOT_YAML]


def test_duplicate_keys_are_all_found() -> None:
    """Each further key of a name is found, at each depth, and the first one counts."""
    node, findings = parse("x.yaml", "a: 1\na: 2\nb: {c: 1, c: 2, c: 3}\n")
    assert [(finding.code, finding.line, finding.column) for finding in findings] == [
        (Code.DUPLICATE_KEY, 2, 1),
        (Code.DUPLICATE_KEY, 3, 11),
        (Code.DUPLICATE_KEY, 3, 17),
    ]
    assert node is not None
    assert plain(node) == {"a": 1, "b": {"c": 1}}


def test_growth_is_capped() -> None:
    """Aliases that multiply, an alias within itself, depth and size end in a finding, not in memory."""
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9)]
    bomb = "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x]", *levels])
    assert codes(bomb) == [Code.TOO_MUCH]
    assert codes("a: &a [*a]") == [Code.TOO_MUCH]
    assert codes("a: " + "[" * 5000) == [Code.TOO_MUCH]
    assert codes("a: " + "x" * LARGEST) == [Code.TOO_MUCH]


def test_an_alias_is_what_it_names() -> None:
    """An alias within the caps is read like the value written out."""
    assert read("a: &text {es: x}\nb: *text\n") == {"a": {"es": "x"}, "b": {"es": "x"}}


def test_no_finding_obeys_a_terminal() -> None:
    """What a terminal would obey instead of showing is never part of a message."""
    _, findings = parse("x.yaml", '"\\e[2J": 1\n"\\e[2J": 2\n')
    assert [finding.message for finding in findings] == ["`�[2J` stands here twice"]


@given(st.text(alphabet=st.sampled_from("ab:- \n\t[]{}'\"#&*!|>?%@,<~1.\x00\ufeff\u2028é"), max_size=60))
@settings(max_examples=400)
def test_any_text_is_a_tree_or_a_finding(text: str) -> None:
    """No text makes the reader fail, and none is silently lost."""
    node, findings = parse("x.yaml", text)
    assert node is not None or findings


@given(st.data())
@settings(max_examples=200)
def test_any_damage_is_a_tree_or_a_finding(data: st.DataObject) -> None:
    """A promise with a piece cut out, doubled or replaced is read or found wanting."""
    whole = data.draw(st.sampled_from([COMPANY, OFFERS]))
    start, end = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    piece = data.draw(st.sampled_from(["", whole[start:end] * 2, "\x00", "- ", ": ", "\n"]))
    node, findings = parse("x.yaml", whole[:start] + piece + whole[end:])
    assert node is not None or findings
