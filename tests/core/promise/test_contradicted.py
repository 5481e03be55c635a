"""What was measured against what is promised: an example that fails and one that passes for each code."""

from dataclasses import replace

import pytest

from fiel.core.promise.finding import WARNINGS, Code
from fiel.core.promise.lint.measured import contradicted
from fiel.core.promise.measured import Figure, Likely, figure, unknown
from fiel.core.promise.usecase import Level
from fiel.testing.builders import a_measured, a_promise, a_use_case

CASE = a_use_case()


def right(level: Level, share: float, *, people: int = 500) -> Figure:
    """A level that is right so often, give or take two hundredths."""
    return figure(level, people=people, right=Likely(share=share, low=share - 0.02, high=share + 0.02))


def found(*figures: Figure) -> list[tuple[Code, tuple[str, ...]]]:
    """The codes with their places within the use case."""
    measured = replace(a_measured(), figures=figures)
    remarks = contradicted(a_promise(CASE), {CASE.id: measured})
    assert all(remark.where[:2] == ("use_cases", CASE.id) for remark in remarks)
    return [(remark.code, remark.where[2:]) for remark in remarks]


def test_a_level_that_is_right_no_more_often_does_not_earn_its_data() -> None:
    """It is found where it is written, if a level that asks for less is right as often; not if it is surely better."""
    none, context = right(Level.NONE, 0.05), right(Level.CONTEXT, 0.2)
    fails = found(none, context, right(Level.OBSERVED, 0.15))
    assert fails == [(Code.UNEARNED_LEVEL, ("levels", "observed"))]
    assert found(none, context, right(Level.OBSERVED, 0.3)) == []


def test_a_benefit_that_nothing_bears_out_is_contradicted() -> None:
    """The person's benefit is found if all that is asked for is right no more often than nothing of theirs."""
    fails = found(right(Level.NONE, 0.2), right(Level.OBSERVED, 0.1))
    assert fails == [
        (Code.UNEARNED_LEVEL, ("levels", "observed")),
        (Code.CONTRADICTED_BENEFIT, ("benefit", "person")),
    ]
    assert found(right(Level.NONE, 0.1), right(Level.OBSERVED, 0.2)) == []


def test_what_cannot_be_told_is_no_finding() -> None:
    """Too few people, intervals that touch, and figures of another version say nothing against anybody."""
    assert found(right(Level.NONE, 0.2), unknown(Level.OBSERVED)) == []
    assert found(right(Level.NONE, 0.2), right(Level.OBSERVED, 0.22)) == []
    other = replace(CASE, retention=CASE.retention * 2)
    measured = replace(a_measured(), figures=(right(Level.NONE, 0.2), right(Level.OBSERVED, 0.1)))
    assert contradicted(a_promise(other), {CASE.id: measured}) == ()


@pytest.mark.parametrize("code", [Code.UNEARNED_LEVEL, Code.CONTRADICTED_BENEFIT])
def test_a_measurement_does_not_stop_a_server(code: Code) -> None:
    """Figures change without anybody editing a promise, so they only ask for a second thought."""
    assert code in WARNINGS
