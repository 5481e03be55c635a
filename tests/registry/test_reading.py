"""A promise read whole: what it becomes, and that no finding hides or breeds another one."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiel.core.ids import AreaId, UseCaseId
from fiel.core.promise.finding import Code, Severity
from fiel.core.promise.usecase import Grain, LegalBasis, Level, UseCase, ValueType
from fiel.registry import Reading, check_promise, check_texts, read_promise, read_texts
from tests.house.tree import PACKAGE
from tests.registry.sound import COMPANY, FILE, LAWS, OFFERS, READS, SOUND, USE_CASE, added, edited

SHOP = PACKAGE / "demo" / "promise"
GREEDY = PACKAGE / "demo" / "greedy"
STARTER = PACKAGE / "cli" / "starter"


def offers(texts: dict[str, str]) -> UseCase:
    """The use case of texts without an error."""
    reading = read_texts(texts)
    assert reading.findings == ()
    assert reading.promise is not None
    return reading.promise.use_cases[UseCaseId("offers")]


def codes(reading: Reading) -> list[Code]:
    """The codes of a reading, in order."""
    return [finding.code for finding in reading.findings]


def checked(texts: dict[str, str]) -> Reading:
    """The texts read and judged."""
    return check_texts(texts, reads=READS, laws=LAWS)


def test_what_is_written_is_what_is_promised() -> None:
    """Each part of the files arrives in the promise."""
    promise = read_texts(SOUND).promise
    assert promise is not None
    assert promise.controller.name == "La Tienda"
    assert promise.languages == ("es", "en")
    assert promise.areas[AreaId("service")].title == {"es": "Ayuda", "en": "Help"}
    assert promise.attributes["likes"].type is ValueType.STRINGS
    assert promise.events["purchase"].properties == {"item": ValueType.STRING, "quantity": ValueType.INTEGER}
    assert promise.sensitive == {"alcohol", "health"}
    use_case = promise.use_cases[UseCaseId("offers")]
    assert use_case.basis is LegalBasis.CONSENT
    assert use_case.levels == (Level.CONTEXT, Level.DECLARED, Level.OBSERVED)
    assert use_case.retention == timedelta(days=400)
    assert use_case.consent_lasts == timedelta(days=720)


def test_a_level_may_have_its_own_strategy() -> None:
    """The use case's strategy holds for each level that does not name another one."""
    assert [rung.strategy for rung in offers(SOUND).rungs] == ["similar_items", "rules", "similar_items"]


def test_a_bound_by_visits_alone_has_no_age() -> None:
    """`or_visits` without `within` keeps the last visits and nothing else."""
    need = offers(edited(("within: 90d", "or_visits: 2\n        time: month"))).rungs[-1].events[0]
    assert (need.bound.within, need.bound.or_visits, need.bound.keep) == (timedelta(0), 2, None)
    assert need.bound.grain is Grain.MONTH


def test_what_is_not_said_has_the_mildest_meaning() -> None:
    """No learning, no measuring, no recipient, nothing before a choice, signals heeded, no history."""
    use_case = offers(SOUND)
    assert (use_case.learn, use_case.measure, use_case.recipients) == (None, None, ())
    assert use_case.without_choice is Level.NONE
    assert use_case.heeds_gpc
    assert not any(rung.history for rung in use_case.rungs)
    assert not use_case.explicit


def test_all_findings_of_all_files_come_at_once() -> None:
    """A file that is no YAML, a misspelt key in another and a broken rule in a third are found together, in order."""
    reading = checked(
        edited(("within: 90d", "witin: 90d"), (OFFERS[OFFERS.index("benefit:") : OFFERS.index("strategy:")], ""))
        | {FILE: COMPANY.replace("type: number", "type: money"), "use_cases/a.yaml": "a: b: c"}
    )
    assert [(finding.file, finding.code) for finding in reading.findings] == [
        (FILE, Code.NOT_ONE_OF),
        ("use_cases/a.yaml", Code.NOT_YAML),
        (USE_CASE, Code.NO_BENEFIT),
        (USE_CASE, Code.NO_BOUND),
        (USE_CASE, Code.UNKNOWN_KEY),
    ]
    assert reading.promise is None


def test_a_finding_points_at_the_word() -> None:
    """Line, column and length cover exactly the word that is wrong, and the hint names the likely one."""
    reading = checked(edited(("attributes: [likes]}", "attributes: [likes, incom]}")))
    finding = next(finding for finding in reading.findings if finding.code is Code.UNDECLARED_ATTRIBUTE)
    line = reading.sources[USE_CASE].split("\n")[finding.line - 1]
    assert line[finding.column - 1 : finding.column - 1 + finding.length] == "incom"
    assert finding.hint == "did you mean `income`?"


def test_a_shared_strategy_is_named_where_it_stands() -> None:
    """An unknown strategy that several levels share is one finding, at the line that names it."""
    reading = checked(edited(("strategy: similar_items", "strategy: similar_item")))
    assert [(finding.code, finding.line) for finding in reading.findings] == [(Code.UNKNOWN_STRATEGY, 10)]


@pytest.mark.parametrize("section", ["areas", "attributes", "events", "languages"])
def test_a_broken_section_breeds_no_other_finding(section: str) -> None:
    """What cannot be looked up in a section that cannot be read is not called undeclared."""
    start = COMPANY.index(f"{section}:")
    rest = COMPANY[start:].split("\n")
    after = next(index for index, line in enumerate(rest[1:], start=1) if not line.startswith(" "))
    broken = COMPANY[:start] + "\n".join([f"{section}: 7", *rest[after:]])
    assert codes(checked(SOUND | {FILE: broken})) == [Code.WRONG_TYPE]


def test_a_promise_without_its_first_file_is_not_judged() -> None:
    """Without a readable `fiel.yaml` the use cases are read for their own sake, and no rule speaks."""
    assert codes(checked({USE_CASE: OFFERS})) == [Code.UNREADABLE]
    assert codes(checked({FILE: "a: b: c", USE_CASE: OFFERS + "nope: 1\n"})) == [Code.NOT_YAML, Code.UNKNOWN_KEY]


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    """A folder without a promise tells which files one has."""
    reading = read_promise(tmp_path)
    assert [(finding.code, finding.file) for finding in reading.findings] == [
        (Code.UNREADABLE, FILE),
        (Code.UNREADABLE, "use_cases"),
    ]


def test_a_file_that_cannot_be_opened_is_found(tmp_path: Path) -> None:
    """A folder in a file's place is a finding, not a failure."""
    (tmp_path / FILE).write_text(COMPANY)
    (tmp_path / USE_CASE).mkdir(parents=True)
    assert [(finding.code, finding.file) for finding in read_promise(tmp_path).findings] == [
        (Code.UNREADABLE, USE_CASE)
    ]


def test_a_reading_holds_no_name_that_leads_nowhere() -> None:
    """Reading alone finds undeclared names, though it knows no strategy, law or other rule."""
    reading = read_texts(edited(("area: sales", "area: sale"), ("strategy: rules", "strategy: none_such")))
    assert codes(reading) == [Code.UNDECLARED_AREA]
    assert reading.promise is None


def test_warnings_alone_leave_a_promise() -> None:
    """A promise with nothing but warnings can be served."""
    reading = checked(edited(("        within: 90d\n", "        keep: 200\n")))
    assert [finding.severity for finding in reading.findings] == [Severity.WARNING]
    assert reading.promise is not None
    assert (reading.errors, reading.warnings) == (0, 1)


def test_a_language_may_be_called_no() -> None:
    """Norwegian is a language like any other."""
    norwegian = COMPANY.replace("languages: [es, en]", "languages: [es, en, no]")
    reading = checked(added("") | {FILE: norwegian})
    assert set(codes(reading)) == {Code.MISSING_TRANSLATION}
    assert "`title` has no text in `no`" in {finding.message for finding in reading.findings}


@pytest.mark.parametrize("folder", [SHOP, STARTER], ids=["shop", "starter"])
def test_what_is_shipped_to_start_from_is_sound(folder: Path) -> None:
    """The starter and the shop's promise have no finding at all."""
    reading = check_promise(folder, reads=READS, laws=LAWS)
    assert reading.findings == ()
    assert reading.promise is not None


def test_the_shop_is_what_the_demo_needs() -> None:
    """Three areas, six use cases, more than one legal basis, each text in Spanish and English."""
    promise = read_promise(SHOP).promise
    assert promise is not None
    assert len(promise.areas) == 3
    assert {use_case.area for use_case in promise.use_cases.values()} == set(promise.areas)
    assert set(promise.use_cases) == {
        "suggestions",
        "buy_again",
        "newsletter_picks",
        "new_arrivals",
        "order_help",
        "gift_ideas",
    }
    assert len({use_case.basis for use_case in promise.use_cases.values()}) == 3


def test_the_greedy_use_case_is_refused() -> None:
    """A use case that wants everything breaks many rules, and each of them is told."""
    reading = check_promise(GREEDY, reads=READS, laws=LAWS)
    assert reading.promise is None
    assert len(set(codes(reading))) >= 8
    assert {Code.COPIED_BENEFIT, Code.SPECIAL_CATEGORY, Code.NO_BOUND, Code.NO_COUNTRY} <= set(codes(reading))


@given(st.data())
@settings(max_examples=150)
def test_any_damage_is_found_or_harmless(data: st.DataObject) -> None:
    """Whatever word of a promise is replaced by whatever value, reading and judging end in findings or a promise."""
    file = data.draw(st.sampled_from([FILE, USE_CASE]))
    words = SOUND[file].split(" ")
    index = data.draw(st.integers(0, len(words) - 1))
    words[index] = data.draw(
        st.sampled_from(["", "7", "-1", "[]", "{}", "[a, a]", "{a: {b: 1}}", "''", "~", "1.5", "x: y"])
    )
    reading = checked(SOUND | {file: " ".join(words)})
    assert (reading.promise is None) == (reading.errors > 0)
    for finding in reading.findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.length >= 1
