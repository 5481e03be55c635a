"""Choices: which status may follow which, and that a standing is what the entries add up to, step by step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.consent.choice import FOLLOWS, UNDECIDED, Entry, Standing, Status, fold, may_follow, stand
from fiel.core.ids import Position
from fiel.core.promise.usecase import Level
from tests.core import drawn
from tests.core.drawn import NOW, an_entry

S = Status
HOUR = timedelta(hours=1)
GRANTS = frozenset({S.GIVEN, S.OBJECTED})
SET_ASIDE = frozenset({S.RESTRICTED, S.BLOCKED})
histories = st.lists(drawn.entries, max_size=8)


def numbered(entries: Sequence[Entry]) -> list[tuple[Position, Entry]]:
    """Entries at their places in the ledger."""
    return [(Position(3 * place), entry) for place, entry in enumerate(entries)]


def after(*entries: Entry) -> Standing:
    """Where these entries lead."""
    return fold(numbered(entries))


def given_at(hours: int, level: Level = Level.OBSERVED) -> Entry:
    """A yes after so many hours."""
    return an_entry(S.GIVEN, at=NOW + hours * HOUR, level=level)


MATRIX = """
from         unknown requested refused given withdrawn expired invalidated objected restricted blocked erased
unknown      -       x         x       x     x         -       -           x        x          x       x
requested    -       x         x       x     x         -       -           x        x          x       x
refused      -       -         x       x     x         -       -           x        x          x       x
given        -       -         x       x     x         x       x           x        x          x       x
withdrawn    -       -         x       x     x         -       -           x        x          x       x
expired      -       x         x       x     x         -       -           x        x          x       x
invalidated  -       x         x       x     x         -       -           x        x          x       x
objected     -       -         -       -     -         -       -           x        x          x       x
restricted   -       -         x       x     x         x       x           x        x          x       x
blocked      -       -         x       -     x         -       -           x        -          -       x
erased       -       -         x       x     x         -       -           x        -          -       -
"""


def test_the_machine_is_this_table() -> None:
    """What may follow what is written down twice, here for reading, and the two are the same."""
    head, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    assert set(head[1:]) == {row[0] for row in rows} == set(Status)
    for before, *cells in rows:
        for follower, cell in zip(head[1:], cells, strict=True):
            assert may_follow(Status(before), Status(follower)) == (cell == "x"), (before, follower)


def test_the_machine_keeps_its_promises() -> None:
    """Nobody becomes unknown again; a yes follows neither an objection nor a block; a no is always possible."""
    assert FOLLOWS.keys() == set(Status)
    for before in Status:
        assert not may_follow(before, S.UNKNOWN)
        assert may_follow(before, S.OBJECTED)
        assert may_follow(before, S.WITHDRAWN) or before is S.OBJECTED
    for before in (S.OBJECTED, S.BLOCKED):
        assert not may_follow(before, S.GIVEN)
    for ending in (S.EXPIRED, S.INVALIDATED):
        assert {before for before in Status if may_follow(before, ending)} == {S.GIVEN, S.RESTRICTED}


def test_no_entry_means_undecided() -> None:
    """Before the first entry nobody has said anything, and nothing follows from it."""
    assert fold([]) == UNDECIDED
    assert (UNDECIDED.status, UNDECIDED.level, UNDECIDED.contributes) == (S.UNKNOWN, Level.NONE, False)
    assert (UNDECIDED.version, UNDECIDED.at, UNDECIDED.since, UNDECIDED.position) == (None, None, None, None)


def test_a_yes_is_not_one_to_teaching_unless_it_says_so() -> None:
    """An entry in which nothing is said about teaching gives no leave to it."""
    entry = an_entry()
    fields = {name: getattr(entry, name) for name in entry.__slots__ if name not in {"contributes", "level"}}
    plain = Entry(**fields)
    assert (plain.contributes, plain.level) == (False, None)


@given(histories, histories)
def test_the_fold_is_made_of_its_steps(first: list[Entry], more: list[Entry]) -> None:
    """Where all entries lead is where the later ones lead from where the earlier ones led."""
    whole = numbered([*first, *more])
    standing = fold(whole[: len(first)])
    for position, entry in whole[len(first) :]:
        standing = stand(standing, entry, position=position)
    assert standing == fold(whole)


@given(histories, drawn.entries)
def test_a_standing_is_the_latest_entrys(history: list[Entry], entry: Entry) -> None:
    """Status, time and place are those of the latest entry."""
    standing = stand(after(*history), entry, position=Position(99))
    assert (standing.status, standing.at, standing.position) == (entry.status, entry.at, 99)


BEFORE = (
    UNDECIDED,
    after(given_at(1)),
    after(replace(given_at(1, Level.CONTEXT), contributes=True)),
    after(an_entry(S.OBJECTED, level=Level.DECLARED)),
    after(an_entry(S.WITHDRAWN)),
)


@pytest.mark.parametrize(("before", "status", "level"), [*product(BEFORE, Status, (None, *Level))])
def test_only_a_yes_or_a_partial_objection_reaches_a_level(
    before: Standing, status: Status, level: Level | None
) -> None:
    """A grant has the level it names, what is set aside keeps the one it had, and every other no has none."""
    standing = stand(before, an_entry(status, level=level, version="v7"), position=Position(99))
    if status in GRANTS:
        assert standing.level == (level or Level.NONE)
        assert standing.version == ("v7" if standing.level > Level.NONE else None)
    elif status in SET_ASIDE:
        assert (standing.level, standing.version) == (before.level, before.version)
    else:
        assert (standing.level, standing.version, standing.since) == (Level.NONE, None, None)


@pytest.mark.parametrize(("before", "status"), [*product(BEFORE, Status)])
def test_only_a_yes_teaches(before: Standing, status: Status) -> None:
    """Whether a person's data may teach is said with a yes, kept while set aside, and gone with anything else."""
    for contributes in (False, True):
        standing = stand(before, an_entry(status, contributes=contributes), position=Position(99))
        if status is S.GIVEN:
            assert standing.contributes == contributes
        else:
            assert standing.contributes == (before.contributes and status in SET_ASIDE)


@given(histories)
def test_nothing_older_than_its_grant_may_enter(history: list[Entry]) -> None:
    """A level has a beginning exactly where there is a level, and it is the time of one of the entries."""
    standing = after(*history)
    assert (standing.since is None) == (standing.level == Level.NONE)
    assert standing.since is None or standing.since in {entry.at for entry in history}


@pytest.mark.parametrize(
    ("entries", "since"),
    [
        ([given_at(1)], 1),
        ([given_at(1), given_at(5)], 1),  # said again
        ([given_at(1), given_at(5, Level.DECLARED)], 1),  # lowered
        ([given_at(1, Level.DECLARED), given_at(5)], 5),  # raised
        ([given_at(1), given_at(5, Level.DECLARED), given_at(9)], 9),  # lowered and raised again
        ([given_at(1), an_entry(S.WITHDRAWN, at=NOW + 5 * HOUR), given_at(9)], 9),
        ([given_at(1), an_entry(S.EXPIRED, at=NOW + 5 * HOUR), given_at(9)], 9),
        ([given_at(1), an_entry(S.RESTRICTED, at=NOW + 5 * HOUR)], 1),  # set aside, and still the same grant
        ([given_at(1), an_entry(S.BLOCKED, at=NOW + 5 * HOUR)], 1),
        ([given_at(1), an_entry(S.RESTRICTED, at=NOW + 5 * HOUR), given_at(9)], 9),  # said anew
        ([an_entry(S.OBJECTED, at=NOW + HOUR, level=Level.CONTEXT)], 1),
        ([given_at(1), an_entry(S.OBJECTED, at=NOW + 5 * HOUR, level=Level.CONTEXT)], 5),
        ([given_at(1, Level.NONE), given_at(5)], 5),
    ],
)
def test_a_level_begins_where_it_was_reached_without_a_break(entries: list[Entry], since: int) -> None:
    """Saying yes again or lowering it is no new beginning; raising it, or coming back to it, is one."""
    assert after(*entries).since == NOW + since * HOUR


@given(histories, st.sampled_from((S.REFUSED, S.WITHDRAWN, S.EXPIRED, S.INVALIDATED, S.ERASED)))
def test_a_no_leaves_nothing_of_what_was(history: list[Entry], status: Status) -> None:
    """Whatever was said before, after a no the standing is that of the no alone."""
    no = an_entry(status, at=NOW + 99 * HOUR, level=Level.OBSERVED, contributes=True)
    standing = stand(after(*history), no, position=Position(99))
    assert standing == stand(UNDECIDED, no, position=Position(99))
    assert standing == Standing(status=status, at=no.at, position=Position(99))


@given(histories)
def test_setting_aside_changes_nothing_but_the_status(history: list[Entry]) -> None:
    """A restriction or a block keeps level, version, beginning and teaching as they are, so that it can be lifted."""
    before = after(*history)
    for status, level in product(SET_ASIDE, (None, Level.ACQUIRED)):
        aside = an_entry(status, at=NOW + 99 * HOUR, level=level, contributes=True, version="v9")
        standing = stand(before, aside, position=Position(99))
        assert standing == replace(before, status=status, at=aside.at, position=Position(99))
