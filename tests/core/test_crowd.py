"""What is told of how many people there are: nothing under ten can be had of it, by any arithmetic."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fiel.core.crowd import TEN, Counts, Crowd, Told, tell, told
from fiel.core.promise.usecase import Level

SAID = ("yes", "asleep", "expired", "no")
LEVELS = (Level.CONTEXT, Level.DECLARED, Level.OBSERVED)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """People who stand somewhere, and are reached so far."""
    said = {name: draw(st.integers(0, 60)) for name in SAID}
    people = sum(said.values()) + draw(st.integers(0, 60))
    reached = sorted((draw(st.integers(0, people)) for _ in LEVELS), reverse=True)
    return Counts(people=people, reach=dict(zip(LEVELS, reached, strict=True)), **said)


def is_possible(world: Counts) -> bool:
    """Whether there can be such people: nobody said two things, and who is reached further is reached nearer too."""
    heard = world.yes + world.asleep + world.expired + world.no
    near, far = max(world.reach.values()), [*world.reach.values()]
    return heard <= world.people and near <= world.people and all(a >= b for a, b in pairwise(far))


def fewest(crowd: Crowd) -> int:
    """The fewest that are told so."""
    return crowd.least


def most(crowd: Crowd) -> int:
    """The most that are told so."""
    return crowd.least + TEN - 1


def roomy(seen: Told) -> Counts:
    """A world that is told so, with as many people as can be and as few of each kind."""
    said = {name: fewest(getattr(seen, name)) for name in SAID}
    reach = {level: fewest(crowd) for level, crowd in seen.reach.items()}
    return Counts(people=most(seen.people), reach=reach, **said)


def worlds(seen: Told) -> Iterator[tuple[str, Counts]]:
    """For each number told and each of its ten values, one world in which that is the count."""
    room = roomy(seen)
    for count in range(TEN):
        yield "yes", replace(room, yes=room.yes + count)
        yield "asleep", replace(room, asleep=room.asleep + count)
        yield "expired", replace(room, expired=room.expired + count)
        yield "no", replace(room, no=room.no + count)
    for count in range(fewest(seen.people), most(seen.people) + 1):
        yield "people", replace(room, people=count)
    for level, crowd in seen.reach.items():
        for count in range(fewest(crowd), most(crowd) + 1):
            nearer = {each: most(seen.reach[each]) for each in seen.reach if each < level}
            yield level.word, replace(room, reach={**room.reach, **nearer, level: count})


@given(counts())
def test_every_count_may_be_any_of_ten(real: Counts) -> None:
    """Whatever else is told, behind each number lie ten counts that all can be so, few or many."""
    seen = tell(real)
    built = list(worlds(seen))
    assert all(is_possible(world) and tell(world) == seen for _, world in built)
    assert len(built) == TEN * (1 + len(SAID) + len(LEVELS))


@given(counts())
def test_a_difference_of_two_levels_is_no_count_either(real: Counts) -> None:
    """Who is reached at one level and no further is the difference of two told numbers, and ten or more can be so."""
    seen = tell(real)
    for near, far in pairwise(LEVELS):
        exactly = {
            first - second
            for first in range(fewest(seen.reach[near]), most(seen.reach[near]) + 1)
            for second in range(fewest(seen.reach[far]), most(seen.reach[far]) + 1)
            if first >= second
        }
        assert len(exactly) >= TEN


@given(counts(), st.sampled_from(SAID))
def test_one_more_choice_shows_only_where_a_ten_is_passed(real: Counts, where: str) -> None:
    """Two looks, one before and one after a choice, tell the same unless a count came to the next ten."""
    said = {name: getattr(real, name) + (name == where) for name in SAID}
    grown = Counts(people=real.people + 1, reach=real.reach, **said)
    before, after = tell(real), tell(grown)
    passed = {name for name in ("people", *SAID) if getattr(grown, name) % TEN == 0}
    assert {name for name in ("people", *SAID) if getattr(before, name) != getattr(after, name)} <= passed


def narrowest(show: Callable[[int, int, int], object]) -> int:
    """Of a count under ten, how few values it can have at worst for whoever is shown a total and two parts of it."""
    found: dict[object, set[int]] = defaultdict(set)
    for people in range(40):
        for yes in range(people + 1):
            for no in range(min(TEN, people - yes + 1)):
                found[show(people, yes, no)].add(no)
    return min(len(values) for values in found.values())


def test_no_arithmetic_gets_back_a_small_cell() -> None:
    """Over all small worlds, whoever is told a total and its parts has ten possible values for a part under ten."""
    assert narrowest(lambda people, yes, no: (told(people), told(yes), told(no))) == TEN


def test_blanking_small_cells_would_give_them_away() -> None:
    """The control: a blank in a row whose total is told is got back to the last person, and the hunt sees it."""

    def blanked(people: int, yes: int, no: int) -> object:
        rest = people - yes - no
        return (people, *(count if count >= TEN else None for count in (yes, no, rest)))

    assert narrowest(blanked) == 1


def test_who_has_not_decided_is_what_told_numbers_leave() -> None:
    """The undecided are worked out of what is told, so they tell nothing more; they are never fewer than nobody."""
    real = Counts(people=57, yes=21, asleep=0, expired=3, no=12, reach={Level.CONTEXT: 21})
    assert tell(real).undecided == Crowd(50 - 20 - 10)
    assert told(9).is_few
    assert not told(10).is_few
