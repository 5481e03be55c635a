"""A draft is read and judged as if it stood in the promise, by the same reader and the same rules."""

from itertools import pairwise

import pytest

from fiel.core.ids import UseCaseId
from fiel.core.promise.finding import Code
from fiel.core.promise.usecase import Promise
from fiel.registry import DRAFT, Draft, check_draft, check_texts
from tests.registry.sound import LAWS, OFFERS, READS, SOUND


def the_promise() -> Promise:
    """A promise without a finding."""
    promise = check_texts(SOUND, reads=READS, laws=LAWS).promise
    assert promise is not None
    return promise


def drafted(text: str) -> Draft:
    """A draft within it."""
    return check_draft(text, within=the_promise(), reads=READS, laws=LAWS)


def codes(draft: Draft) -> list[tuple[int, Code]]:
    """What was found, by line."""
    return [(finding.line, finding.code) for finding in draft.reading.findings]


def test_what_is_published_is_a_sound_draft() -> None:
    """The text of a published use case has no finding, and is that use case."""
    draft = drafted(OFFERS)
    assert draft.reading.findings == ()
    assert draft.use_case == the_promise().use_cases[UseCaseId("offers")]
    assert draft.promise == the_promise()


def test_a_draft_stands_in_for_the_use_case_of_its_name() -> None:
    """Another name is one more; the same name takes the place of what is published."""
    more = drafted(OFFERS.replace("use_case: offers", "use_case: more"))
    assert more.promise is not None
    assert set(more.promise.use_cases) == {"offers", "more"}
    instead = drafted(OFFERS.replace("400d", "300d"))
    assert instead.promise is not None
    assert list(instead.promise.use_cases.values()) == [instead.use_case]


def test_a_rule_that_says_no_leaves_something_to_look_at() -> None:
    """Without a gain of the person it may not be published, and can still be shown; no promise comes of the reading."""
    gain = "  person: {es: Ves antes lo que buscas., en: You see sooner what you look for.}\n"
    draft = drafted(OFFERS.replace(gain, ""))
    assert Code.NO_BENEFIT in [code for _, code in codes(draft)]
    assert draft.reading.promise is None
    assert draft.use_case is not None


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("use_case: offers\n  area: sales\n", 2, Code.NOT_YAML),
        ("use_case: [\n", 2, Code.NOT_YAML),
        ("", 1, Code.NOT_YAML),
        (OFFERS.replace("area: sales", "area: nowhere"), 2, Code.UNDECLARED_AREA),
        (OFFERS.replace("retention: 400d", "retention: for ever"), 20, Code.BAD_DURATION),
        (OFFERS + "retention: 30d\n", 22, Code.DUPLICATE_KEY),
        (OFFERS + "x: !!python/object/apply:os.system [ls]\n", 22, Code.NOT_YAML),
    ],
)
def test_what_cannot_be_read_is_found_in_its_line(text: str, line: int, code: Code) -> None:
    """Broken YAML and names that lead nowhere are each found where they stand, and nothing is made of the draft."""
    draft = drafted(text)
    assert (line, code) in codes(draft)
    assert (draft.promise, draft.use_case) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        + "".join(f"{name}: &{name} [{', '.join([f'*{each}'] * 10)}]\n" for each, name in pairwise("abcdef")),
        "x: " + "[" * 300 + "]" * 300,
        "x" * 300_000,
    ],
    ids=["aliases that grow", "too deep", "too long"],
)
def test_a_draft_has_the_caps_of_a_file(text: str) -> None:
    """Aliases that grow, depth and length are cut off with a finding."""
    assert Code.TOO_MUCH in [code for _, code in codes(drafted(text))]


def test_what_is_wrong_elsewhere_is_no_finding_of_the_draft() -> None:
    """What the rules say of the promise without the draft is not said of the draft."""
    untitled = OFFERS.replace("title: {es: Elegir ofertas para ti, en: Choose offers for you}", "title: {en: Offers}")
    odd = check_draft(untitled, within=the_promise(), reads=READS, laws=LAWS)
    assert Code.MISSING_TRANSLATION in [code for _, code in codes(odd)]
    assert odd.promise is not None
    beside = OFFERS.replace("use_case: offers", "use_case: beside")
    draft = check_draft(beside, within=odd.promise, reads=READS, laws=LAWS)
    assert Code.MISSING_TRANSLATION not in [code for _, code in codes(draft)]
    assert {finding.file for finding in draft.reading.findings} <= {DRAFT, "fiel.yaml"}
