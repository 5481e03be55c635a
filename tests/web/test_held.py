"""What is held about somebody is told to them whole."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from fiel.core.ids import UseCaseId
from fiel.core.use.compartment import Compartment
from fiel.operations.show import Holding
from fiel.testing.builders.use import a_compartment, a_lesson
from fiel.web.api.held import HoldingAnswer
from fiel.web.api.rights import holding_answer

HELD = replace(a_compartment("tea", "cup", contributed=["tea"]), mark=None)
DAY = timedelta(days=1)

OTHER: dict[str, Compartment] = {
    "alive": replace(HELD, alive=HELD.alive + DAY),
    "facts": replace(HELD, facts={}),
    "events": replace(HELD, events=HELD.events[1:]),
    "visits": replace(HELD, visits=9),
    "last_visit": replace(HELD, last_visit=None),
    "contributed": replace(HELD, contributed=a_lesson("cup")),
    "seen": replace(HELD, seen=HELD.seen[1:]),
    "mark": replace(HELD, mark=HELD.alive.replace(day=1)),
    "shown": replace(HELD, shown=()),
    "off": replace(HELD, off=("drinks",)),
}


def told(held: Compartment | None, *, readable: bool = True) -> HoldingAnswer:
    """What its owner is told."""
    return holding_answer(Holding(use_case=UseCaseId("suggestions"), held=held, readable=readable))


@pytest.mark.parametrize("part", [field.name for field in fields(Compartment)])
def test_no_part_of_what_is_held_is_left_untold(part: str) -> None:
    """Whichever part of a compartment is another, its owner is told something else (GDPR art. 15)."""
    assert told(OTHER[part]) != told(HELD)


def test_what_cannot_be_read_is_told_to_be_so() -> None:
    """Where the key is gone the answer says that something is there, and makes up nothing about it."""
    answer = told(None, readable=False)
    assert (answer.readable, answer.attributes, answer.events, answer.activity, answer.contributed) == (
        False,
        [],
        [],
        None,
        [],
    )
