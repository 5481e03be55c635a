"""Who is singled out, held against a slow count of sets."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.usecase import Bound
from fiel.numeric.frontier import Step, kept, log_of, places
from fiel.numeric.unicity import prepare, singled_out

CUT = date(2026, 3, 31)
CHANCE = Random(1).random  # noqa: S311 - an attacker of a test
EVENT = st.tuples(st.integers(0, 6), st.integers(0, 40))


def a_log(people: list[list[tuple[int, int]]]) -> list[list[Step]]:
    """Everybody's steps, oldest first."""
    return [
        [Step(f"i{item}", CUT - timedelta(days=age), 0) for item, age in sorted(events, key=lambda each: -each[1])]
        for events in people
    ]


@given(
    people=st.lists(st.lists(EVENT, max_size=8), min_size=1, max_size=6),
    days=st.integers(1, 40),
    knows=st.sampled_from([2, 3, 5]),
    dated=st.booleans(),
)
def test_bits_find_whom_sets_find(*, people: list[list[tuple[int, int]]], days: int, knows: int, dated: bool) -> None:
    """Somebody is singled out exactly if theirs is the only kept record that holds all that is known of them."""
    histories = a_log(people)
    log = log_of(histories, cut=CUT)
    attack = prepare(log, draw=CHANCE, dated=dated)
    mask = kept(log, Bound(within=timedelta(days=days)))

    def thing(step: Step) -> int:
        number = log.items.index(step.item)
        return number + len(log.items) * (CUT - step.on).days if dated else number

    records = [{thing(histories[person][place]) for place in places(log, mask, person)} for person in range(log.people)]
    found = 0
    for person, row in zip(attack.people.tolist(), attack.known[:, :knows].tolist(), strict=True):
        known = {each for each in row if each >= 0}
        found += [other for other, record in enumerate(records) if known <= record] == [person]
    told = singled_out(log, mask, attack, knows=knows)
    assert told == (found / len(attack.people) if len(attack.people) else 0.0)


def test_what_is_not_kept_hides() -> None:
    """Two people who differ only long ago are told apart by everything, and by nothing of the last days."""
    log = log_of(a_log([[(0, 1), (1, 30)], [(0, 1), (2, 30)]]), cut=CUT)
    attack = prepare(log, draw=CHANCE, dated=False)
    assert singled_out(log, kept(log, Bound()), attack, knows=2) == 1.0
    assert singled_out(log, kept(log, Bound(within=timedelta(days=10))), attack, knows=2) == 0.0
